"""Parameters of travel by timetable: laid over each other, every fault named."""

import pytest
import yaml

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import load_country
from geo.sources.transit import load_transit

PLACE = {
    "id": "market", "centre": "raion", "days": [6], "opens": "08:00", "closes": "13:00",
    "stay_minutes": 30, "label": {"ru": "рынок"},
}  # fmt: skip


@pytest.fixture
def laid(tmp_path):
    """Return Belarus with a transit.yaml of its own laid over the project's."""

    def lay(**keys):
        folder = tmp_path / "countries" / "by"
        folder.mkdir(parents=True)
        (folder / "transit.yaml").write_text(yaml.safe_dump(keys), encoding="utf-8")
        return load_country("by", [DECLARATIONS, tmp_path])

    return lay


def test_keys_of_a_country_take_the_place_of_the_project_s(laid):
    transit = load_transit(laid(walk_km=1.0, destinations=[PLACE]))
    assert transit.walk_km == 1.0
    assert [one.id for one in transit.destinations] == ["market"]
    assert transit.leave == 5 * 3600  # as everywhere
    shown = transit.described()
    assert shown["destinations"][0]["closes"] == "13:00"
    assert shown["home"] == "22:00"
    assert shown["weeks"] == {"stray_load": 0.1, "low_load": 0.5, "rare": 0.125}


def test_the_29th_of_february_is_a_day_of_the_year(laid):
    season = {"id": "s", "from": "02-29", "to": "08-31", "label": {"ru": "x"}}
    (read,) = load_transit(laid(seasons=[season])).seasons
    assert read.begins == (2, 29)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"leave": "5 o'clock"}, "key 'leave': write a time as \"07:30\""),
        ({"leave": 300}, "key 'leave': write a time as \"07:30\""),
        ({"home": "04:00"}, "window, leave and home must each go forward in time"),
        ({"destinations": [PLACE, PLACE]}, "destinations: an id stands twice"),
        ({"destinations": [PLACE | {"kind": "shop"}]}, "give either kind or centre"),
        ({"destinations": [PLACE | {"closes": "07:00"}]}, "it closes before it opens"),
        ({"destinations": [PLACE | {"days": [8]}]}, "less than or equal to 7"),
        (
            {"seasons": [{"id": "s", "from": "6-1", "to": "08-31", "label": {}}]},
            'write a day of the year as "06-01"',
        ),
        (
            {"seasons": [{"id": "s", "from": "02-30", "to": "08-31", "label": {}}]},
            "no year has the day 02-30",
        ),
        ({"walk_km": "nan"}, "key 'walk_km': input should be a finite number"),
        (
            {"weeks": {"stray_load": 0.1, "low_load": 1, "rare": 0.1}},
            "key 'weeks.low_load': input should be less than 1",
        ),
        ({"weeks": {"rare": 0.1}}, "key 'weeks.stray_load': field required"),
        ({"speed": 3}, "key 'speed': extra inputs are not permitted"),
    ],
)
def test_a_fault_is_named_with_file_key_and_value(laid, keys, words):
    with pytest.raises(DeclarationError) as caught:
        load_transit(laid(**keys))
    assert words in str(caught.value)
    assert "countries/by/transit.yaml" in str(caught.value)
    assert "docs/timetables.md" in str(caught.value)
