"""The invented country: a believable hierarchy, invented names, declared honestly."""

import json
from pathlib import Path

import pandas as pd

from geo.sources.country import SyntheticSpec, load_country
from geo.synthetic.declared import (
    COUNTRY_BE,
    COUNTRY_RU,
    RAION_TOWNS,
    complete_raions,
    incomplete_raions,
)
from geo.synthetic.names import adjective, spelled
from geo.synthetic.territory import bounds
from geo.types import FacilityKind, Kind

SEED, SIZE = 2026, 1200


def test_hierarchy_of_the_demo(truth):
    counts = truth.places["kind"].value_counts().to_dict()
    assert counts == {
        Kind.CAPITAL: 1,
        Kind.OBLAST_CITY: 1,
        Kind.RAION_CITY: 11,
        Kind.URBAN_SETTLEMENT: 9,
        Kind.AGROGORODOK: 93,
        Kind.RURAL: 1085,
    }
    people = truth.places["population"]
    centre = people[truth.places["kind"] == Kind.OBLAST_CITY].iloc[0]
    assert 240_000 < centre < 260_000
    assert people[truth.of_kind(Kind.RAION_CITY)].between(6_000, 40_000).all()
    agro = people[truth.of_kind(Kind.AGROGORODOK)]
    assert agro.between(300, 1_900).all()
    assert (agro > 1_000).sum() == 18
    village = people[truth.of_kind(Kind.RURAL)]
    assert village.min() == 0
    assert village.median() < village.mean() / 2


def test_centre_of_a_selsovet_with_agrogorodki_is_one_of_them(truth):
    places = truth.places
    rural = places[places["selsovet"] >= 0]
    agro = rural[rural["kind"] == Kind.AGROGORODOK]
    centres = rural[rural["centre"]]
    assert len(centres) == len(truth.selsovets) == rural["selsovet"].nunique()
    having = centres[centres["selsovet"].isin(agro["selsovet"])]
    assert (having["kind"] == Kind.AGROGORODOK).all()
    assert 0 < len(centres) - len(having) < 25


def test_codes_have_the_shape_of_soato(truth):
    places = truth.places
    assert places["code"].str.fullmatch(r"\d{10}").all()
    city = places.loc[places["kind"] == Kind.OBLAST_CITY, "code"].iloc[0]
    assert city[1] == "4"
    centres, towns = (
        places["code"].iloc[rows]
        for rows in (truth.selsovets["centre"], truth.of_kind(Kind.RAION_CITY))
    )
    assert centres.str.match(r"92\d\d8\d\d000").all()
    assert centres.is_unique
    assert towns.str[:4].is_unique


def test_names_follow_belarusian_spelling(truth):
    be = truth.places["be"]
    assert not be.str.contains("[ищъ]").any()
    assert not be.str.contains("[тд][еёія]").any()
    assert not be.str.contains("р[ьеёіюя]").any()
    assert truth.places["en"].str.fullmatch("[A-Za-z' ]+").all()
    assert truth.places["ru"].str.contains("ё").any()


def test_some_villages_share_a_name_even_in_their_raion(truth):
    villages = truth.places.iloc[truth.of_kind(Kind.RURAL)]
    assert villages.duplicated(["raion", "ru"]).sum() > 20
    assert villages.duplicated("ru").sum() > 60
    towns = truth.places.drop(index=villages.index)
    assert not towns["ru"].duplicated().any()


def test_no_invented_name_is_a_real_one(mirror, truth):
    real = pd.read_csv(mirror / "by/settlements.csv", dtype=str)
    known = set(real["name_ru"].dropna()) | set(real["name_be"].dropna())
    census = pd.read_csv(mirror / "by/census2009.csv", dtype=str)
    known |= set(census["name"])
    assert set(truth.places["ru"]) & known == set()
    assert set(truth.places["be"]) & known == set()


def test_declared_completeness_is_what_the_generator_does():
    country = load_country("demo")
    raions = [f"{adjective(spelled(town)).ru} район" for town in RAION_TOWNS]
    said: dict[tuple[str, str], set[str]] = {}
    for statement in country.completeness:
        said.setdefault((statement.layer, statement.kind), set()).add(statement.area)
    cities = {"г. Демоград", "г. Примеровск"}
    for kind in FacilityKind:
        areas = said.get(("facilities", kind.value), set())
        whole = (
            set(raions[: len(complete_raions(kind, 12))])
            if kind in {"primary_care", "post_office", "pharmacy"}
            else set()
        )
        expected = whole | cities if whole else areas & {"*"}
        assert areas == expected, kind
    assert said["facilities", "hospital"] == {"*"}
    assert said["facilities", "ambulance_station"] == {"*"}
    assert ("facilities", "shop") not in said
    served = set(raions) - {raions[number] for number in incomplete_raions(12)}
    assert said["timetable", "*"] == served | cities


def test_declarations_of_the_demo(demo, truth):
    country = load_country("demo")
    assert country.synthetic == SyntheticSpec(seed=SEED, settlements=SIZE)
    assert country.bounds == bounds(SIZE)
    assert str(country.on) == "2026-01-15"
    assert country.names["ru"] == COUNTRY_RU
    assert country.names["be"] == COUNTRY_BE
    assert country.capital == truth.places["ru"].iloc[0]
    assert set(country.kinds) >= set(truth.places["type"])
    centres = pd.read_csv(
        Path(country.folders[0]) / "centres.csv", dtype=str, index_col="area"
    )
    collection = json.loads((demo / "polygons.geojson").read_text(encoding="utf-8"))
    properties = [feature["properties"] for feature in collection["features"]]
    raions = {p["name_ru"] for p in properties if p["kind"] == "raion_rest"}
    assert set(centres.index[centres["level"] == "raion"]) == raions
