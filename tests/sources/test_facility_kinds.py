"""Kinds of facility are declared once, and every kind is."""

import pytest

from geo.errors import DeclarationError
from geo.sources.facility_kinds import declared_kinds
from geo.types import FacilityKind


def test_every_kind_is_declared_in_the_order_of_the_program():
    assert [kind.id for kind in declared_kinds()] == list(FacilityKind)


def test_a_tag_means_one_kind():
    tags = [tag for kind in declared_kinds() for tag in kind.tags]
    assert len(set(tags)) == len(tags)
    (pharmacy,) = [kind for kind in declared_kinds() if kind.id == "pharmacy"]
    assert pharmacy.tags == [("amenity", "pharmacy"), ("healthcare", "pharmacy")]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{id: bazaar, osm: [], choice: {}, way: {}}", "entry bazaar: key 'id'"),
        ("{id: shop, osm: [shop], choice: {}, way: {}}", "entry shop: key 'osm.0'"),
        ("{id: shop, osm: [a=b], way: {}}", "entry shop: key 'choice': field required"),
    ],
)
def test_an_entry_that_is_none_is_named(tmp_path, entry, words):
    path = tmp_path / "facility_kinds.yaml"
    path.write_text(f"facility_kinds: [{entry}]", encoding="utf-8")
    with pytest.raises(DeclarationError, match=words):
        declared_kinds(path)
