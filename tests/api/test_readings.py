"""What the map joins to its tiles: one entry per settlement, in the order of ids."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from api.readings import reading
from api.store import Store
from geo.layers.schema import SCHEMA_VERSION, TABLES
from tests.api.tiny_manifest import MOBILE, TRIPS


def read(client, of):
    return client.get(f"/v1/readings?of={of}").json()


def test_places_are_in_the_order_of_the_table(client):
    told = client.get("/v1/places?language=be").json()
    assert told["ids"] == [f"zz:{n:02}" for n in range(1, 13)]
    # where there is no name in the language, the first one stands
    assert told["names"][:3] == ["Бярозаўка", "Зялёны Бор", "Новое Берёзово"]


def test_a_verdict_is_a_number_of_its_word(client):
    told = read(client, f"verdict:{TRIPS}")
    assert told["release"] == "zz/2026-11-22.1"
    words = [told["words"][one] for one in told["coded"]]
    assert words[:4] == ["no_norm", "kept", "unknown", "breached"]
    assert "values" not in told


#: status, value, low, high, day
VALUES = [
    ("measured", 4.04, 4.04, 4.04, date(2026, 5, 1)),
    ("modelled", 44.4, 44.4, None, date(2020, 1, 1)),  # there may be more
    ("modelled", 4.0, None, 4.0, date(2026, 5, 1)),  # or less
    ("modelled", 9.96, 3.0, None, None),  # its low bound is another number
    ("unknown", None, None, None, None),
]


def test_a_value_has_status_bound_and_day():
    """Whole from ten on, below to one decimal; the bound is the value itself."""
    ids = [f"zz:{n}" for n in range(6)]
    columns = dict(
        zip(
            ("status", "value", "low", "high", "date"),
            zip(*VALUES, strict=True),
            strict=True,
        )
    )
    rows = {"settlement_id": ids[:5], "indicator": ["a.km"] * 5, **columns}
    types = {field.name: field.type for field in TABLES["values"].schema}
    table = pa.table({name: pa.array(row, types[name]) for name, row in rows.items()})
    manifest = {"schema_version": SCHEMA_VERSION, "indicators": [{"code": "a.km"}]}
    settlements = pa.Table.from_pylist(
        [{"id": one} for one in ids], schema=TABLES["settlements"].schema
    )
    held = {name: one.schema.empty_table() for name, one in TABLES.items()}
    held |= {"values": table, "settlements": settlements}
    assert reading(Store(Path(), manifest, held), "value:a.km") == {
        "words": ["measured", "modelled", "unknown"],
        "coded": [0, 1, 1, 1, 2, None],
        "values": [4, 44, 4, 10, None, None],
        "bound": [0, 1, 2, 0, 0, 0],
        "days": ["2020-01-01", "2026-05-01"],
        "day": [1, 0, 1, None, None, None],
    }


def test_a_score_is_null_where_nothing_is_known(client):
    told = read(client, "score:overall")["values"]
    assert len(told) == 12
    assert told[3] == 0.5
    assert told[4] is None


def test_people_are_a_reading(client):
    assert read(client, "people")["values"][:5] == [30_000, 1200, 300, 60, None]


@pytest.mark.parametrize(
    "of", ["verdict:none", f"value:{MOBILE}", "colour:red", "", "verdict"]
)
def test_what_is_not_there_is_refused_with_what_is(client, of):
    answer = client.get(f"/v1/readings?of={of}")
    assert answer.status_code == 422
    detail = answer.json()["detail"]
    assert detail.startswith(f"the parameter 'of' is {of!r}. It must be one of ")
