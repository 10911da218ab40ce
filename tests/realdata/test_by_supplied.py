"""What a ministry adds to Belarus works without a line of code."""

import csv
import shutil

import pytest

from geo.settings import DECLARATIONS
from geo.sources.registry import COLUMNS
from tests.realdata.conftest import make

pytestmark = pytest.mark.realdata

REGISTER = """id,kind,name,lon,lat,settlement,address,hours,staff_days,services,remark
f1,primary_care,Амбулатория (пример),24.35,52.21,,,,,,
f2,primary_care,ФАП (пример),27.56,53.90,,,,,,
f3,pharmacy,Аптека (пример),30.34,53.90,,,,,,
"""
HEALTH = {
    "primary_care": "health.primary_care_minutes",
    "pharmacy": "health.pharmacy_minutes",
    "hospital": "health.hospital_minutes",
    "ambulance": "health.ambulance_minutes",
}


@pytest.fixture(scope="module")
def supplied(mirror, tmp_path_factory):
    """Belarus with a register of facilities and the assumption switched off."""
    base = tmp_path_factory.mktemp("ministry")
    data, laid = base / "data", base / "mirror"
    country = data / "countries" / "by"
    country.mkdir(parents=True)
    said = (DECLARATIONS / "countries/by/assumptions.yaml").read_text(encoding="utf-8")
    assert said.count("enabled: true") == 1
    off = said.replace("enabled: true", "enabled: false")
    (country / "assumptions.yaml").write_text(off, encoding="utf-8")
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "by-facilities",
        "version": "example",
        "date": "2026-10-01",
        "title": "Facilities (an example made by hand)",
        "mirror": "ministry/facilities.csv",
        "spdx": "CC0-1.0",
        "share_alike": "no",
        "redistribute": "yes",
    }
    with (data / "sources.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerow(row)
    for folder in ("by", "transit"):
        # copied, for a mirror follows no link that leads out of it
        shutil.copytree(mirror / folder, laid / folder, copy_function=shutil.copyfile)
        (laid / folder).chmod(0o755)
    (laid / "ministry").mkdir()
    (laid / "ministry/facilities.csv").write_text(REGISTER, encoding="utf-8")
    return make("by", laid, base, data)


@pytest.mark.parametrize("kind", ["primary_care", "pharmacy"])
def test_a_register_makes_its_facilities_known(supplied, kind):
    values = supplied.values(HEALTH[kind])
    assert "unknown" not in set(values["status"])
    # the nearest, of this register or of the list of 2023
    others = {"by-health-facilities-2023"} if kind == "primary_care" else set()
    assert set(values["source"]) <= {"by-facilities"} | others
    # an incomplete list is an upper bound of the way: it may prove kept, never
    # breached; only of a flagged duplicate, whose people are counted with its other
    # self, is none known
    places = supplied["settlements"].set_index("id")
    twins = set(places.index[places["duplicate_of"].notna()])
    assert set(values.index[values["high"].isna()]) <= twins
    assert values["low"].isna().all()


@pytest.mark.parametrize("kind", ["hospital", "ambulance"])
def test_without_the_assumption_only_listed_hospitals_are_known(supplied, kind):
    values = supplied.values(HEALTH[kind])
    assert set(values["status"]) == {"modelled"}
    assert set(values["source"]) == {"by-health-facilities-2023"}
    facilities = supplied["facilities"]
    assert not facilities["id"].str.startswith("assumed:").any()


def test_the_manifest_names_overlay_and_register(supplied):
    declared = supplied.manifest["parameters"]["declarations"]
    assert sorted(declared) == ["overlay", "project"]
    assert [a["enabled"] for a in supplied.manifest["assumptions"]] == [False]
    named = {entry["source"]: entry for entry in supplied.manifest["inputs"]}
    assert named["by-facilities"]["reader"] == "facility_register"
    text = (supplied.path / "manifest.json").read_text(encoding="utf-8")
    assert str(supplied.path.parents[2]) not in text
