"""A norm that was not read may be any: unknown, and never "no norm"."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.standards.judge import judge
from geo.standards.model import Standard, Unread
from tests.standards import toy
from tests.standards.oracle import outcome
from tests.standards.test_judge import AREAS, TRIPS, _judge
from tests.standards.test_properties import FEW, INDICATOR, OBLASTS, norms, places

WAIT = "health.ambulance_minutes"
AGRO, RURAL = {"kind": "agrogorodok"}, {"kind": "rural"}
EITHER = {"kinds_possible": ["agrogorodok", "rural"]}


def lost(**more):
    return {"id": "t.lost"} | more


def seen(row, day):
    return row | {"valid_from": None, "source": {"act": "toy", "seen": day}}


def said(found, *columns):
    return (
        found[list(columns)].astype(object).where(found.notna(), None).values.tolist()
    )


def test_a_class_that_may_have_a_norm_that_was_not_read_is_unknown():
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 8, "applies": {"kind": ["raion_city"]}},
        unread=[lost(applies={"kind": ["agrogorodok"]})],
    )
    rows = [AGRO, EITHER, RURAL, {"kind": "raion_city"}]
    found = _judge(standard, rows, [1000, None, 0, 9])
    assert said(found, "verdict", "reason") == [
        ["unknown", "norm_not_read"],
        ["unknown", "norm_not_read"],
        ["no_norm", None],
        ["kept", None],
    ]
    assert said(found, "norm", "norm_low", "norm_high", "gap_low", "gap_high")[0] == [
        None, None, None, 0.0, 1.0,
    ]  # fmt: skip
    assert found["norms_possible"].tolist() == [(), (), (), ("t.0",)]


def test_beside_it_a_row_that_was_read_is_broken_for_certain_and_never_kept():
    standard = toy.standard(
        "t", TRIPS, {"value": 8}, unread=[lost(applies={"kind": ["agrogorodok"]})]
    )
    found = _judge(standard, [AGRO, AGRO, RURAL], [6, 1000, 1000])
    assert said(found, "verdict", "reason") == [
        ["breached", None],
        ["unknown", "norm_not_read"],
        ["kept", None],
    ]
    # at least 8, and nobody knows up to what; the breach has no single gap
    assert said(found, "norm_low", "norm_high", "gap", "gap_low", "gap_high")[0] == [
        8.0, None, None, 0.25, 1.0,
    ]  # fmt: skip
    assert found["norms_possible"].tolist()[0] == ("t.0",)
    lower = toy.standard("t", WAIT, {"op": "<=", "value": 40}, unread=[lost()])
    known = toy.values(
        ("toy:0", WAIT, 50.0), ("toy:1", WAIT, 5.0), ("toy:2", WAIT, 0.0)
    )
    table = judge(toy.settlements({}, {}, {}), known, [lower], toy.ON, {})
    assert table["verdict"].tolist() == ["breached", "unknown", "kept"]
    assert table["gap_high"].tolist() == [1.0, 1.0, 0.0]
    assert table["norm_high"].tolist() == [40.0] * 3
    assert table["norm_low"].isna().all()


def test_a_service_that_is_there_keeps_whatever_was_not_read():
    net = "digital.fixed_broadband"
    standard = toy.standard(
        "t", net, {"op": "has", "applies": AGRO | {"kind": ["agrogorodok"]}},
        unread=[lost()],
    )  # fmt: skip
    known = toy.values(("toy:0", net, 1.0), ("toy:1", net, 0.0))
    table = judge(toy.settlements(RURAL, RURAL), known, [standard], toy.ON, {})
    assert table["verdict"].tolist() == ["kept", "unknown"]


@pytest.mark.parametrize(
    ("on", "verdict", "reason"),
    [
        (date(2025, 5, 30), "unknown", "norm_not_read"),
        (date(2025, 5, 31), "breached", None),
        (date(2026, 1, 1), "no_norm", None),
    ],
)
def test_without_a_first_day_a_row_holds_from_the_day_it_was_seen(on, verdict, reason):
    row = seen({"value": 8, "valid_to": "2025-12-31"}, "2025-05-31")
    found = _judge(toy.standard("t", TRIPS, row), [{}], [4], on=on)
    assert said(found, "verdict", "reason") == [[verdict, reason]]


def test_before_its_first_day_there_is_no_norm():
    row = {"value": 8, "valid_from": "2025-05-31"}
    found = _judge(toy.standard("t", TRIPS, row), [{}], [4], on=date(2025, 5, 30))
    assert said(found, "verdict", "reason") == [["no_norm", None]]


def test_a_stretch_ends_with_its_last_day():
    standard = toy.standard(
        "t", TRIPS, {"value": 8, "valid_from": "2026-01-01"},
        unread=[lost(valid_from="2025-03-01", valid_to="2025-06-30")],
    )  # fmt: skip
    days = ["2025-02-28", "2025-03-01", "2025-06-30", "2025-07-01"]
    found = [
        _judge(standard, [{}], [4], on=date.fromisoformat(day))["verdict"].tolist()[0]
        for day in days
    ]
    assert found == ["no_norm", "unknown", "unknown", "no_norm"]


def test_an_oblast_list_that_was_not_read_may_take_the_national_row_off():
    here = {"territory": ["o1"]}
    standard = toy.standard(
        "t", TRIPS, {"value": 8}, unread=[lost(list="oblast", applies=here)]
    )
    rows = [{"oblast_id": "o1"}, {"oblast_id": "o2"}, {}]
    found = _judge(standard, rows, [4, 4, 4], AREAS)
    assert found["verdict"].tolist() == ["unknown", "breached", "unknown"]
    assert found["norm_national"].tolist() == [8.0] * 3
    # and one that was read takes off a national norm that was not
    standard = toy.standard(
        "t", TRIPS, {"value": 8, "list": "oblast", "applies": here}, unread=[lost()]
    )
    found = _judge(standard, rows, [4, 4, 4], AREAS)
    assert found["verdict"].tolist() == ["breached", "unknown", "unknown"]
    assert found["norm_national"].isna().all()
    assert found["norm_oblast"].tolist()[0] == 8.0


def test_a_list_that_was_read_in_part_has_no_certain_limit():
    rows = [
        {"value": 8},
        seen({"value": 12, "applies": {"kind": ["rural"]}}, "2026-12-31"),
        {"value": 6, "list": "oblast", "applies": {"territory": ["o1"]}},
    ]
    standard = toy.standard("t", TRIPS, *rows)
    places = [RURAL | {"oblast_id": "o1"}, AGRO | {"oblast_id": "o1"}]
    found = _judge(standard, places, [7, 7], AREAS)
    assert said(found, "verdict", "norm_national", "norm_oblast") == [
        ["kept", None, 6.0],
        ["kept", 8.0, 6.0],
    ]


def test_a_target_that_was_not_read_does_not_wait():
    row = seen({"value": 8, "due": "2030-12-31"}, "2026-11-23")
    standard = toy.standard("t", TRIPS, row, force="target")
    found = _judge(standard, [{}], [4])
    assert said(found, "verdict", "reason") == [["unknown", "norm_not_read"]]
    found = _judge(standard, [{}], [4], on=date(2026, 11, 23))
    assert found["verdict"].tolist() == ["not_due"]
    # nor does one beside which something else may bind already
    both = toy.standard(
        "t", TRIPS, {"value": 8, "due": "2030-12-31"}, force="target", unread=[lost()]
    )
    found = _judge(both, [{}], [4])
    assert said(found, "verdict", "reason") == [["unknown", "norm_not_read"]]


def test_not_read_is_said_before_any_other_reason():
    standard = toy.standard("t", TRIPS, {"value": 8}, unread=[lost()])
    old = {"value": 9.0, "low": 9.0, "high": 9.0, "date": "2014-01-01"}
    guess = {"value": 9.0, "low": 9.0, "high": 9.0, "status": "assumed"}
    found = _judge(standard, [{}] * 3, [old, guess, None], freshness={TRIPS: 2})
    assert found["reason"].tolist() == ["norm_not_read"] * 3
    assert found["verdict_if_fresh"].isna().all()


def test_a_kind_that_the_text_may_mean_as_another_has_the_rows_of_both():
    standard = toy.standard(
        "t",
        WAIT,
        {"op": "<=", "value": 20, "applies": {"kind": ["raion_city"]}},
        {"op": "<=", "value": 35, "applies": {"kind": ["urban_settlement", "rural"]}},
        may_count_as={"urban_settlement": ["raion_city"]},
    )
    kinds = ["urban_settlement", "raion_city", "rural"]
    known = toy.values(*((f"toy:{n}", WAIT, 30.0) for n in range(3)))
    rows = [{"kind": kind} for kind in kinds]
    table = judge(toy.settlements(*rows), known, [standard], toy.ON, {})
    assert table["verdict"].tolist() == ["unknown", "breached", "kept"]
    assert table["reason"].tolist()[0] == "class"
    assert table["norms_possible"].tolist() == [("t.0", "t.1"), ("t.0",), ("t.1",)]


def test_the_manifest_names_what_was_not_read_on_the_day():
    row = seen({"value": 8, "valid_to": "2025-12-31"}, "2025-05-31")
    later = lost(valid_from="2026-01-01", applies={"population": ">50"})
    standard = toy.standard("t", TRIPS, row, unread=[later])
    early, now, after = (
        standard.describe(date.fromisoformat(day))
        for day in ("2025-05-30", "2025-05-31", "2026-01-01")
    )
    assert [len(one["norms"]) for one in (early, now, after)] == [0, 1, 0]
    assert [one["id"] for one in early["unread"]] == ["t.0"]
    assert now["unread"] == []
    assert after["unread"][0]["applies"] == {"population": ">50"}
    assert now["norms"][0]["source"]["seen"] == "2025-05-31"


@st.composite
def laws(draw):
    """A standard some of whose rows were not read."""
    op = draw(st.sampled_from([">=", "<="]))
    rows = draw(st.lists(norms(op), min_size=1, max_size=3))
    hidden = draw(st.lists(norms(op), min_size=1, max_size=2))
    unread = [
        {key: row[key] for key in ("applies", "list") if key in row} | {"id": f"t.x{n}"}
        for n, row in enumerate(hidden)
    ]
    return toy.standard("t", INDICATOR[op], *rows, unread=unread)


def _as_if_read(standard: Standard, guesses) -> Standard:
    """Return the law if the rows that were not read asked for this; None: nothing."""

    def row(hidden: Unread, value: float):
        asked = {"applies": hidden.applies, "list": hidden.list, "value": value}
        return standard.norms[0].model_copy(update=asked)

    found = [
        row(hidden, value)
        for hidden, value in zip(standard.unread, guesses, strict=True)
        if value is not None
    ]
    return standard.model_copy(
        update={"norms": (*standard.norms, *found), "unread": ()}
    )


@FEW
@given(laws(), places(), st.integers(1, 15), st.data())
def test_whatever_the_text_says_no_verdict_is_overturned(standard, place, value, data):
    low, high = value, value + data.draw(st.sampled_from([0, 3]))
    known = toy.values(("toy:0", standard.indicator, {"low": low, "high": high}))
    table = judge(toy.settlements(place), known, [standard], toy.ON, {}, OBLASTS)
    row = table.iloc[0]
    guesses = [data.draw(st.sampled_from([None, 0.5, 5, 1e6])) for _ in standard.unread]
    read = outcome(_as_if_read(standard, guesses), place, low, high)
    if row["verdict"] == "kept":
        assert read.verdict in {"kept", "no_norm"}
    elif row["verdict"] != "unknown":
        assert read.verdict == row["verdict"]
    if read.verdict != "no_norm" and row["verdict"] != "no_norm":
        assert row["gap_low"] - 1e-12 <= read.gap_low
        assert read.gap_high <= row["gap_high"] + 1e-12
    if row["reason"] != "norm_not_read" and row["verdict"] != "breached":
        # none of them may bind: the rows that were read decide alone
        assert row["verdict"] == outcome(standard, place, low, high).verdict
