"""What is known, how old, from whom, and what to send first."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from geo.errors import NotFoundError, ReleaseError
from geo.layers.schema import TABLES
from geo.release.tables import arrow_table
from geo.reports.check import check
from geo.reports.check_report import Wanted
from tests.workbook import toy


def test_sheets_are_ranked_by_the_people_they_would_settle(release):
    report = check(release, "Озёрский")
    assert report.wanted == (
        Wanted("trips", "Рейсы", 5900.0, 2, 5900.0, 160.0),
        Wanted("facilities", "Объекты", 940.0, 3, 940.0, 0.0),
        Wanted("settlements", "Населённые пункты", 120.0, 1, 120.0, 0.0),
    )
    assert report.outside == (("digital.mobile_mbps", 6060.0),)
    assert (report.settlements, report.people) == (5, 6060.0)
    assert report.settlements_without_people == 1
    assert report.missing == ()


def test_known_age_and_origin(release):
    found = {said.code: said for said in check(release, toy.RAION).indicators}
    mobile = found["digital.generation.red"]
    assert mobile.known == 0  # all of 2017, history by now
    assert (mobile.first, mobile.last) == (date(2017, 3, 1), date(2017, 3, 1))
    assert mobile.sources == ("cells",)
    assert [
        (part.status, part.settlements, part.people, part.people_stale)
        for part in mobile.statuses
    ] == [("modelled", 2, 5120.0, 5120.0), ("unknown", 3, 940.0, 0.0)]
    fixed = found["digital.fixed_broadband"]
    assert fixed.suppliers == ("Белтелеком",)
    assert fixed.statuses[0].people_stale == 0.0
    trips = found["transport.trips_per_week"]
    assert (trips.known, trips.first, trips.sources) == (0.0, None, ())
    assert trips.could_supply == "райисполком"


@pytest.mark.parametrize(("day", "stale"), [(22, 0.0), (21, 5120.0)])
def test_a_value_is_as_old_here_as_for_the_judge(release, tmp_path, day, stale):
    folder = shutil.copytree(release, tmp_path / "2026-11-22.1")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for indicator in manifest["indicators"]:
        indicator["freshness_years"] = 3  # a 29 February among them
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    values = pq.read_table(folder / "values.parquet").to_pandas()
    values.loc[values["source"] == "cells", "date"] = date(2023, 11, day)
    written = arrow_table(values, TABLES["values"])
    pq.write_table(written, folder / "values.parquet")
    found = {said.code: said for said in check(folder, toy.RAION).indicators}
    assert found["digital.generation.red"].statuses[0].people_stale == stale


def test_text_in_russian(release):
    lines = check(release, "Озёрский").text.replace("\u00a0", " ").splitlines()
    assert lines[0] == (
        "Озёрский район: что известно на 2026-11-22 (выпуск xx/2026-11-22.1)"
    )
    assert lines[1] == "жителей 6 060, пунктов 5; пунктов с неизвестным населением 1"
    assert lines[3:7] == [
        "Что прислать сначала:",
        (
            "  1. Лист «Рейсы»: ответ получат жителей 5 900, пунктов 2 "
            "(человеко-норм 5 900); и ещё жителей 160: вместе с листом "
            "«Населённые пункты»"
        ),
        "  2. Лист «Объекты»: ответ получат жителей 940, пунктов 3 (человеко-норм 940)",
        (
            "  3. Лист «Населённые пункты»: ответ получат жителей 120, пунктов 1 "
            "(человеко-норм 120)"
        ),
    ]
    assert "Чего не хватает в описании страны:" not in lines
    assert (
        "  Показатель digital.generation.red: известно о 0 % жителей; "
        "данные 2017-03-01–2017-03-01; от: cells"
    ) in lines
    assert (
        "    рассчитано: жителей 5 120, пунктов 2; из них устарело: жителей 5 120"
        in lines
    )


def test_a_country_lists_what_its_declarations_lack(release):
    country = SimpleNamespace(
        feeds=(SimpleNamespace(source="cells"), SimpleNamespace(source="by-post"))
    )
    report = check(release, country=country, lang="en")
    assert report.name == "Toyland"
    assert report.missing == (
        "source without a file: by-post",
        *(
            f"indicator without any value: {code} ({code})"
            for code in toy.INDICATORS
            if code not in ("digital.generation.red", "digital.fixed_broadband")
        ),
        "standard without any verdict: Норма xx.trips (xx.trips)",
        "standard without any verdict: Норма xx.mbps (xx.mbps)",
        "no list is declared complete",
    )
    assert "What the country's declarations lack:" in report.text
    assert report.settlements == 7


def test_plain_data(release):
    report = check(release, "Озёрский", lang="be").to_dict()
    again = json.loads(json.dumps(report, ensure_ascii=False))
    assert again["indicators"][3]["first"] == "2017-03-01"
    assert again["wanted"][0]["people"] == 5900.0


def test_nothing_there(release, tmp_path):
    with pytest.raises(NotFoundError, match="района «Минский» нет"):
        check(release, "Минский")
    with pytest.raises(ReleaseError):
        check(tmp_path / "none")
