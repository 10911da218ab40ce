"""What changed between two releases, and why: each cause alone, and together."""

import json
from datetime import date
from fractions import Fraction

import pyarrow.parquet as pq
import pytest

from geo.errors import ComparisonError, NotFoundError
from geo.layers.schema import SCHEMA_VERSION
from geo.release.read import open_release
from geo.reports.diff.compare import compare
from geo.reports.diff.records import document, records
from tests.release import pair
from tests.release.pair import TRIPS, WAIT, known, norm, place, release, trips, wait

BUS = "transport.trips_per_week"
AMBULANCE = "health.ambulance_minutes"
OLD, NEW = date(2026, 1, 20), date(2026, 6, 1)
NORM = trips(norm("ty.trips.v", 16))


def one(value, *, norms=NORM, on=OLD, where=None, **manifest):
    """Return a release of one place with one value."""
    return release(
        {"toy:0": where or place()}, {BUS: {"toy:0": value}}, [norms], on, **manifest
    )


def only(before, after):
    """Return the one row of a comparison."""
    diff = compare(before, after)
    (row,) = records(diff, diff.select().tolist())
    return row


def test_a_release_against_itself_has_no_difference():
    made = one(known(12.0))
    diff = compare(made, made)
    assert len(diff.select()) == 0
    assert diff.sums() == []
    assert diff.notes == diff.norms == []
    assert diff.count_bounds_only() == 0
    assert all(split.before == split.after for split in diff.scores())


def test_service_alone_got_worse():
    row = only(one(known(20.0)), one(known(12.0), on=NEW))
    assert row["causes"] == ["value"]
    assert (row["service"], row["norm_change"]) == ("worse", None)
    assert (row["before"]["verdict"], row["after"]["verdict"]) == ("kept", "breached")
    assert row["parts"] == {"value": 0.25}
    assert row["gap_change"] == 0.25


def test_the_norm_alone_got_stricter():
    stricter = trips(norm("ty.trips.v", 20, valid_from="2026-03-01"))
    row = only(one(known(16.0)), one(known(16.0), norms=stricter, on=NEW))
    assert row["causes"] == ["norm"]
    assert (row["service"], row["norm_change"]) == (None, "stricter")
    assert row["parts"] == {"norm": pytest.approx(0.2)}


def test_fewer_minutes_are_better_service_and_fewer_allowed_are_stricter():
    before, after = (
        release(
            {"toy:0": place()},
            {AMBULANCE: {"toy:0": known(minutes)}},
            [wait(norm("ty.wait.all", limit, "<="))],
            on,
        )
        for minutes, limit, on in ((50.0, 40, OLD), (45.0, 30, NEW))
    )
    row = only(before, after)
    assert (row["service"], row["norm_change"]) == ("better", "stricter")
    # g = 1 - n/x: g00 = 1/5, g10 = 1/9, g01 = 2/5, g11 = 1/3
    value = (Fraction(1, 9) - Fraction(1, 5) + Fraction(1, 3) - Fraction(2, 5)) / 2
    law = (Fraction(2, 5) - Fraction(1, 5) + Fraction(1, 3) - Fraction(1, 9)) / 2
    assert row["parts"]["value"] == pytest.approx(float(value))
    assert row["parts"]["norm"] == pytest.approx(float(law))
    assert value + law == Fraction(1, 3) - Fraction(1, 5)


def test_value_and_norm_are_split_exactly():
    stricter = trips(norm("ty.trips.v", 20))
    row = only(one(known(16.0)), one(known(12.0), norms=stricter, on=NEW))
    # g00 = 0, g10 = 1/4, g01 = 1/5, g11 = 2/5
    assert row["causes"] == ["value", "norm"]
    assert row["parts"]["value"] == pytest.approx(float(Fraction(9, 40)))
    assert row["parts"]["norm"] == pytest.approx(float(Fraction(7, 40)))


def test_a_range_is_not_split_between_value_and_norm():
    before = one(known(10.0, 9.0, 11.0))
    after = one(known(8.0, 7.0, 9.0), norms=trips(norm("ty.trips.v", 20)), on=NEW)
    row = only(before, after)
    assert row["causes"] == ["value", "norm"]
    assert row["parts"] == {"unsplit": pytest.approx(row["gap_change"])}


def test_people_across_a_band_are_population_not_service():
    bands = trips(
        norm("ty.trips.big", 8, applies={"population": ">50"}),
        norm("ty.trips.small", 4, applies={"population": "20-50"}),
    )
    row = only(
        one(known(4.0), norms=bands, where=place(population=60)),
        one(known(4.0), norms=bands, where=place(population=40), on=NEW),
    )
    assert row["causes"] == ["population"]
    assert row["norm_change"] == "looser"
    assert row["parts"] == {"population": -0.5}


def test_a_class_that_became_known_is_the_cause():
    rows = trips(
        norm("ty.trips.agro", 20, applies={"kind": ["agrogorodok"]}),
        norm("ty.trips.rural", 8, applies={"kind": ["rural"]}),
    )
    row = only(
        one(known(10.0), norms=rows, where=place(None)),
        one(known(10.0), norms=rows, where=place("agrogorodok"), on=NEW),
    )
    assert row["causes"] == ["class"]
    assert (row["before"]["verdict"], row["after"]["verdict"]) == (
        "unknown",
        "breached",
    )
    assert row["parts"] is None


def test_a_value_that_grew_old_is_a_matter_of_the_source():
    row = only(
        one(known(20.0, date=date(2024, 3, 1))),
        one(known(20.0, date=date(2024, 3, 1)), on=NEW),
    )
    assert row["causes"] == ["source"]
    assert row["after"]["reason"] == "stale"
    assert row["after"]["verdict_if_fresh"] == "kept"
    assert row["service"] is None


def test_what_another_source_says_is_no_change_of_service():
    row = only(one(known(20.0)), one(known(8.0, source="other"), on=NEW))
    assert row["causes"] == ["source"]
    assert row["service"] is None
    assert row["parts"] == {"source": 0.5}


def test_what_became_known_is_no_change_of_service():
    row = only(one({}), one(known(8.0), on=NEW))
    assert row["causes"] == ["source"]
    assert (row["service"], row["gap_change"]) == (None, None)


def test_another_method_is_no_change_of_service():
    row = only(
        one(known(20.0, status="modelled", method="straight line")),
        one(known(8.0), on=NEW),
    )
    assert row["causes"] == ["method"]
    assert row["parts"] == {"method": 0.5}


def test_other_parameters_on_the_same_file_are_method():
    inputs = [{"source": "toy-register", "sha256": "same", "title": "x"}]
    before = one(known(20.0), inputs=inputs)
    after = one(known(8.0), on=NEW, inputs=inputs, parameters={"stop_radius_km": 2.0})
    diff = compare(before, after)
    (row,) = records(diff, diff.select().tolist())
    assert row["causes"] == ["method"]
    assert [(note.what, note.name) for note in diff.notes] == [
        ("parameter", "coverage_floor"),
        ("parameter", "stop_radius_km"),
    ]
    assert not document(diff)["comparable"]


def test_a_new_file_that_says_the_same_is_only_a_newer_source():
    row = only(one(known(20.0)), one(known(20.0, date=date(2026, 5, 1)), on=NEW))
    assert row["causes"] == ["source"]
    assert row["parts"] == {}


def test_a_wider_range_without_consequence_is_counted_and_not_told():
    diff = compare(one(known(20.0, 17.0, 24.0)), one(known(20.0, 16.5, 25.0), on=NEW))
    assert len(diff.select()) == 0
    assert diff.count_bounds_only() == 1
    assert diff.count_bounds_only(standard=TRIPS) == 1


def test_a_lost_way_is_worse_service():
    before, after = (
        release(
            {"toy:0": place()},
            {AMBULANCE: {"toy:0": value}},
            [wait(norm("ty.wait.all", 30, "<="))],
            on,
        )
        for value, on in ((known(20.0), OLD), (pair.UNREACHABLE, NEW))
    )
    row = only(before, after)
    assert (row["causes"], row["service"]) == (["value"], "worse")
    assert row["parts"] == {"value": 1.0}
    assert row["after"]["status"] == "unreachable"


def test_the_day_of_a_target_is_a_change_of_the_norm():
    target = trips(norm("ty.trips.v", 16, due="2026-03-01"), force="target")
    before, after = (known(8.0, date=on) for on in (OLD, NEW))
    row = only(one(before, norms=target), one(after, norms=target, on=NEW))
    # only a figure of the day tells, so it is a newer one
    assert set(row["causes"]) == {"norm", "source"}
    assert (row["before"]["verdict"], row["after"]["verdict"]) == (
        "not_due",
        "breached",
    )


def test_places_and_standards_that_come_and_go():
    before = release(
        {"toy:0": place(), "toy:1": place(population=70)},
        {BUS: {"toy:0": known(20.0), "toy:1": known(8.0)}},
        [NORM],
        OLD,
    )
    after = release(
        {"toy:0": place(), "toy:2": place(population=30)},
        {BUS: {"toy:0": known(20.0)}, AMBULANCE: {"toy:0": known(10.0)}},
        [NORM, wait(norm("ty.wait.all", 30, "<="))],
        NEW,
    )
    diff = compare(before, after)
    rows = {
        (row["settlement"], row["standard"]): row
        for row in records(diff, diff.select().tolist())
    }
    assert rows["toy:1", TRIPS]["causes"] == ["gone"]
    assert rows["toy:1", TRIPS]["after"] is None
    assert rows["toy:1", TRIPS]["people"] == 70.0
    assert rows["toy:2", TRIPS]["causes"] == ["new"]
    assert rows["toy:0", WAIT]["causes"] == ["new"]
    assert ("toy:0", TRIPS) not in rows


def four(values, norms=NORM, on=OLD, third=300.0):
    places = {
        "toy:0": place(population=100),
        "toy:1": place(population=None),
        "toy:2": place(population=third),
        "toy:3": place("raion_city", population=5000),
    }
    named = dict(zip(places, (known(value) for value in values), strict=True))
    return release(places, {BUS: named}, [norms], on)


def test_sums_count_people_first_and_unknown_people_apart():
    diff = compare(four((16.0, 16.0, 16.0, 40.0)), four((8.0, 8.0, 8.0, 20.0), on=NEW))
    lines = {(line.level, line.before, line.after): line for line in diff.sums()}
    worse = lines["raion", "kept", "breached"]
    assert (worse.people, worse.settlements, worse.unknown_people) == (400.0, 3, 1)
    assert (worse.villages, worse.towns, worse.service) == (3, 0, -1)
    still = lines["country", "kept", "kept"]
    assert (still.people, still.towns, still.gap) == (5000.0, 1, 0)
    for level in ("country", "oblast", "raion"):
        mine = [line for line in diff.sums() if line.level == level]
        assert sum(line.settlements for line in mine) == 4
        assert sum(line.people for line in mine) == 5400.0
    assert diff.sums(area="toy:raion", standard=TRIPS) == diff.sums()


def test_sums_weigh_with_the_newer_population():
    diff = compare(four((16.0,) * 4), four((8.0,) * 4, on=NEW, third=700.0))
    assert sum(line.people for line in diff.sums() if line.level == "raion") == 5800.0


def test_the_score_of_an_area_is_split_without_a_rest():
    stricter = trips(norm("ty.trips.v", 20))
    diff = compare(
        four((16.0, 16.0, 8.0, 20.0)),
        four((12.0, 16.0, 8.0, 20.0), norms=stricter, on=NEW, third=600.0),
    )
    (raion,) = diff.scores("toy:raion")
    # before: 300 people with gap 1/2 of 5,400; after: 100 with 2/5, 600 with 3/5
    # of 5,700. The place of unknown population weighs nothing.
    before, after = Fraction(150, 5400), Fraction(40 + 360, 5700)
    assert raion.before == pytest.approx(float(before))
    assert raion.after == pytest.approx(float(after))
    q = [Fraction(p, t) for p, t in ((100, 5400), (300, 5400))]
    r = [Fraction(p, t) for p, t in ((100, 5700), (600, 5700))]
    mean = [(a + b) / 2 for a, b in zip(q, r, strict=True)]
    value = mean[0] * Fraction(9, 40)
    law = mean[0] * Fraction(7, 40) + mean[1] * Fraction(1, 10)
    people = (r[0] - q[0]) * Fraction(1, 5) + (r[1] - q[1]) * Fraction(11, 20)
    assert raion.parts["value"] == pytest.approx(float(value))
    assert raion.parts["norm"] == pytest.approx(float(law))
    assert raion.parts["population"] == pytest.approx(float(people))
    assert raion.parts["composition"] == pytest.approx(0.0)
    assert value + law + people == after - before
    assert sum(raion.parts.values()) == pytest.approx(raion.after - raion.before)


def test_a_score_below_the_floor_is_not_split():
    diff = compare(one({}), one(known(8.0), on=NEW))
    (raion,) = diff.scores("toy:raion")
    assert raion.before is None
    assert raion.parts == {}


def test_releases_of_two_countries_are_not_compared():
    other = one(known(1.0))
    other.manifest["country"]["code"] = "tz"
    with pytest.raises(ComparisonError) as error:
        compare(one(known(1.0)), other)
    assert str(error.value) == (
        "'ty/2026-01-20.1' and 'ty/2026-01-20.1' are of different countries. "
        "Compare two releases of one country."
    )


def test_an_unknown_area_or_standard_is_named_with_the_remedy():
    diff = compare(one(known(1.0)), one(known(2.0), on=NEW))
    with pytest.raises(NotFoundError, match="no area 'nowhere' with settlements"):
        diff.select(area="nowhere")
    with pytest.raises(NotFoundError, match=r"judged by 'x' .* Known: ty\.trips\."):
        diff.select(standard="x")


def test_a_release_of_the_version_before_is_compared_too(tmp_path):
    before, after = one(known(20.0)), one(known(12.0), on=NEW)
    folder = pair.write(tmp_path, before)
    values = before.held["values"].drop_columns(["origin"])
    pq.write_table(values, folder / "values.parquet")
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    older = json.loads(text) | {"schema_version": SCHEMA_VERSION - 1, "checksums": {}}
    (folder / "manifest.json").write_text(json.dumps(older), encoding="utf-8")
    row = only(open_release(folder), after)
    assert (row["causes"], row["service"]) == (["value"], "worse")
    assert (row["before"]["origin"], row["after"]["origin"]) == (
        None,
        "register.csv:7",
    )
