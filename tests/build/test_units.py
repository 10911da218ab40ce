"""A norm of a raion stays with the raion: what it states moves no village."""

import pandas as pd

from geo.pipeline import build
from geo.synthetic.mirror import write_mirror
from tests.build.conftest import DAY
from tests.build.small import contents, settings_of

OF_SETTLEMENTS = (
    "settlements",
    "values",
    "judgements",
    "scores",
    "area_scores",
    "parity",
    "evidence",
)


def released(small, folder, change):
    """Build the small demo from a mirror whose register of units is changed."""
    write_mirror(folder / "mirror", 7, 200)
    register = folder / "mirror" / "demo" / "units.csv"
    told = pd.read_csv(register, dtype=str, keep_default_na=False)
    change(told).to_csv(register, index=False)
    settings = settings_of(folder, small.data, cache=small.settings.cache)
    built = build("demo", settings=settings, on=DAY, mirror=str(folder / "mirror"))
    return built.published.path


def worse(told):
    queue = told["indicator"] == "digital.telephone_queue"
    return told.assign(value=told["value"].mask(queue, "99"))


def test_verdicts_and_scores_of_settlements_do_not_move(small, tmp_path):
    before = released(small, tmp_path / "before", lambda told: told)
    after = released(small, tmp_path / "after", worse)
    one, other = contents(before), contents(after)
    for table in OF_SETTLEMENTS:
        assert one[f"{table}.parquet"] == other[f"{table}.parquet"], table
    tiles = [name for name in one if name.startswith("tiles/")]
    assert tiles
    assert [one[name] for name in tiles] == [other[name] for name in tiles]
    assert one["unit_judgements.parquet"] != other["unit_judgements.parquet"]
    judged = pd.read_parquet(after / "unit_judgements.parquet")
    queue = judged[judged["standard"] == "by.telecom.telephone_queue"]
    assert "breached" in set(queue["verdict"])
    of_villages = pd.read_parquet(after / "judgements.parquet", columns=["standard"])
    assert not set(judged["standard"]) & set(of_villages["standard"])


def test_the_demo_shows_every_verdict_of_a_unit(small):
    judged = pd.read_parquet(small.built.published.path / "unit_judgements.parquet")
    assert set(judged["verdict"]) == {
        "kept",
        "breached",
        "unknown",
        "no_norm",
        "not_due",
    }
    levels = judged.groupby("unit_of_assessment")["verdict"].agg(set)
    assert levels["raion"] == {"kept", "breached", "unknown"}
    assert levels["operator"] >= {"kept", "breached", "unknown", "not_due"}
    manifest = small.built.manifest
    counted = manifest["verdicts"]["by.telecom.telephone_queue"]
    rows = judged[judged["standard"] == "by.telecom.telephone_queue"]
    assert sum(counted.values()) == len(rows)
    assert manifest["country"]["synthetic"]
