"""Every settlement is in exactly one member of each partition."""

import numpy as np
import pytest

from geo.errors import DeclarationError
from geo.scores.groups import group_members, subgroup_masks
from geo.sources.country import load_country
from tests.standards import country, toy

BANDS = (0, 50, 1000)
PARTITIONS = ("town_village", "kind", "size")


def partition_of(subgroup: str) -> str:
    """Return the partition that a subgroup is a member of."""
    kind, parted, _ = subgroup.partition(":")
    if parted:
        return kind
    towns = ("town", "village", "unclassified")
    return PARTITIONS[0] if subgroup in towns else subgroup


def _rows():
    return toy.settlements(
        {"kind": "raion_city", "urban": "yes", "population": 1000.0},
        {"kind": None, "urban": "no", "population": 49.0},
        {"kind": "rural", "urban": "no", "population_low": 20, "population_high": 60},
        {"kind": None, "urban": "unknown", "population": 50.0},
    )


def test_three_partitions_hold_everybody_once():
    masks = subgroup_masks(_rows(), BANDS, 1500)
    for partition in PARTITIONS:
        members = [
            mask for name, mask in masks.items() if partition_of(name) == partition
        ]
        assert sum(mask.astype(int) for mask in members).tolist() == [1, 1, 1, 1]
    assert masks["unclassified"].tolist() == [False, False, False, True]
    assert masks["kind:unknown"].tolist() == [False, True, False, True]


def test_small_towns_are_towns_that_are_certainly_small():
    rows = _rows()
    assert subgroup_masks(rows, (), 1001)["small_town"].tolist() == [True] + [False] * 3
    assert not subgroup_masks(rows, (), 1000)["small_town"].any()
    rows.loc["toy:0", "population_high"] = None
    assert not subgroup_masks(rows, (), 1001)["small_town"].any()


def test_a_band_needs_the_whole_range():
    masks = subgroup_masks(_rows(), BANDS, 1500)
    assert masks["size:0-49"].tolist() == [False, True, False, False]
    assert masks["size:50-999"].tolist() == [False, False, False, True]
    assert masks["size:1000+"].tolist() == [True, False, False, False]
    # 20 to 60 people: either band
    assert masks["size:unknown"].tolist() == [False, False, True, False]


def test_selsovets_have_no_size_bands():
    rows = country.settlements().assign(selsovet_id="s")
    areas = country.areas()
    areas.loc[len(areas), ["id", "level"]] = ["s", "selsovet"]
    frame = group_members(rows, np.ones(len(rows), bool), areas, BANDS, 0).frame
    mine = frame.loc[frame["area_id"] == "s", "subgroup"]
    assert "kind:rural" in set(mine)
    assert not mine.str.startswith("size:").any()
    assert (frame.loc[frame["area_id"] == "a", "subgroup"] == "size:1000+").any()


@pytest.mark.parametrize(
    ("key", "given", "said"),
    [
        ("size_bands", "[20, 50]", "the first number must be 0"),
        ("size_bands", "[0, 50, 50]", "the numbers must rise, each once"),
        ("deprivation_curve", "[0, 1]", "extra inputs are not permitted"),
    ],
)
def test_wrong_parameters_are_named(tmp_path, key, given, said):
    source = toy.ROOT / "data" / "countries" / "by" / "country.yaml"
    folder = tmp_path / "countries" / "by"
    folder.mkdir(parents=True)
    text = source.read_text(encoding="utf-8")
    assert "\n  coverage_floor: 0.6\n" in text
    text = text.replace(
        "\n  coverage_floor: 0.6\n", f"\n  coverage_floor: 0.6\n  {key}: {given}\n"
    )
    (folder / "country.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=said) as caught:
        load_country("by", [toy.ROOT / "data", tmp_path])
    assert key in str(caught.value)
