"""Settlements by class, on six settlements that fit on paper; the last two by marks."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from geo.errors import NotFoundError
from geo.layers.schema import SCHEMA_VERSION, TABLES
from geo.release.read import Release
from geo.reports.classed import classed

IDS = [f"zz:{n}" for n in range(6)]
NEW, OLD = date(2021, 11, 30), date(2021, 11, 29)
MANIFEST = {
    "schema_version": SCHEMA_VERSION,
    "release": "zz/2026-11-30.1",
    "on": "2026-11-30",
    "indicators": [
        {"code": "a.km", "freshness_years": 5, "classes": [1, 5]},
        {"code": "b.share"},
    ],
    "standards": [{"id": "s", "indicator": "a.km"}, {"id": "empty"}],
    "estimates": {
        "models": [
            {"indicator": "e.found", "bands": [{"id": "probably"}], "beside": ["a.km"]},
            {"indicator": "e.km", "beside": ["b.share", "a.km"]},
        ]
    },
}


def table(name, **columns):
    """Return a table with these columns, the rest null."""
    many = len(next(iter(columns.values())))
    fields = [
        pa.array(columns.get(field.name, [None] * many), field.type)
        for field in TABLES[name].schema
    ]
    return pa.table(fields, schema=TABLES[name].schema)


def release(**tables):
    """Return a release of six settlements that holds these tables."""
    held = {name: one.schema.empty_table() for name, one in TABLES.items()}
    people = [0, 49, 50, 10_000, None, 300]
    held["settlements"] = table(
        "settlements",
        id=IDS,
        population=people,
        duplicate_of=[None] * 5 + ["zz:0"],
    )
    return Release(Path(), MANIFEST, held | tables)


def told(found):
    """Return the word of each settlement, a star where it is out of date."""
    assert found.old[found.code < 0].sum() == 0
    return [
        None if code < 0 else found.classes[code] + "*" * old
        for code, old in zip(found.code.tolist(), found.old.tolist(), strict=True)
    ]


def values(status, value, day):
    return table(
        "values",
        settlement_id=IDS[: len(status)],
        indicator=["a.km"] * len(status),
        status=status,
        value=value,
        date=day,
    )


KNOWN = values(
    ["measured", "assumed", "declared", "unreachable", "modelled", "measured"],
    [0.99, 1.0, 5.0, None, None, 7.0],
    [NEW, OLD, OLD, NEW, None, OLD],
)


def test_a_value_on_a_limit_is_of_the_upper_class_and_an_old_one_keeps_its_own():
    found = classed(release(values=KNOWN), "value:a.km")
    assert found.classes == ("0", "1", "2", "unreachable", "unknown")
    # modelled by bounds alone is no value; who is counted nowhere has no class
    assert told(found) == ["0", "1*", "2*", "unreachable", "unknown", None]


def test_a_value_without_limits_is_one_class():
    found = classed(release(), "value:b.share")
    assert found.classes == ("0", "unknown")
    assert told(found) == ["unknown"] * 5 + [None]


def test_a_status_is_its_word_and_old_with_its_value():
    found = classed(
        release(values=values(["measured", "unknown"], [1, None], [OLD, None])),
        "status:a.km",
    )
    assert found.classes == ("measured", "unknown")
    assert told(found) == ["measured*", *["unknown"] * 4, None]


def test_a_verdict_is_old_where_its_value_is_and_nothing_else_is_said():
    judged = table(
        "judgements",
        settlement_id=IDS[:4],
        standard=["s"] * 4,
        verdict=["kept", "unknown", "unknown", "breached"],
    )
    held = values(["measured"] * 4, [1, 1, 1, 1], [OLD, OLD, NEW, NEW])
    found = classed(release(judgements=judged, values=held), "verdict:s")
    # a breach first: of equally many it is the one that is shown
    assert found.classes == ("breached", "kept", "unknown")
    assert told(found) == ["kept", "unknown*", "unknown", "breached", "unknown", None]


def test_a_verdict_on_an_assumed_value_of_an_older_release_is_a_class_of_its_own():
    judged = table(
        "judgements", settlement_id=IDS[:2], standard=["s"] * 2, verdict=["kept"] * 2
    )
    held = values(["assumed", "measured"], [1, 1], [NEW, NEW])
    found = classed(release(judgements=judged, values=held), "verdict:s")
    assert told(found)[:2] == ["kept:assumed", "kept"]


def test_an_estimate_is_found_or_its_band_or_none():
    rows = table(
        "estimates",
        settlement_id=IDS[:3],
        indicator=["e.found"] * 3,
        band=["open", "probably", None],
        found=[True, False, False],
    )
    found = classed(release(estimates=rows), "estimate:e.found")
    assert told(found) == ["found", "probably", *["none"] * 3, None]


def test_estimated_values_have_the_limits_of_what_they_stand_beside():
    rows = table(
        "estimates",
        settlement_id=IDS[:2],
        indicator=["e.km"] * 2,
        estimate=[4.9, 5.0],
        band=["value"] * 2,
    )
    found = classed(release(estimates=rows), "estimate:e.km")
    assert told(found) == ["1", "2", *["unknown"] * 3, None]


def test_scores_and_people_have_the_limits_of_the_declarations():
    rows = table(
        "scores", settlement_id=IDS[:3], group=["overall"] * 3, score=[0.0, 0.05, 0.5]
    )
    held = release(scores=rows)
    assert told(classed(held, "score:overall")) == [
        "0",
        "1",
        "4",
        "unknown",
        "unknown",
        None,
    ]
    # nobody lives there: the lowest class; nobody knows: none
    assert told(classed(held, "people")) == ["0", "0", "1", "4", "unknown", None]


def test_a_standard_without_a_verdict_is_unknown_everywhere():
    assert told(classed(release(), "verdict:empty")) == ["unknown"] * 5 + [None]


@pytest.mark.parametrize("of", ["value:none", "people:all", "colour:red", ""])
def test_what_is_not_there_is_refused(of):
    with pytest.raises(NotFoundError, match=r"zz/2026-11-30\.1: no reading "):
        classed(release(), of)
