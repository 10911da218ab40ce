"""A release of seven settlements, fit for paper; the last is counted nowhere."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from geo.layers.schema import SCHEMA_VERSION, TABLES
from geo.release.read import Release

IDS = [f"zz:{letter}" for letter in "abcdefg"]
COUNTRY = {"id": "zz", "level": "country"}
NEW, OLD = date(2023, 5, 1), date(2015, 5, 1)
HERE = {"ru": "сюда", "be": "сюды", "en": "here"}
KM = {
    "code": "km",
    "unit": "km",
    "better": "lower",
    "label": {"ru": "До соты", "be": "Да соты", "en": "To a cell"},
    "freshness_years": 5,
    "classes": [2, 5, 10],
    "topic": "mobile",
    "caveat": {"ru": "Не доказывает.", "be": "Не даказвае.", "en": "No proof."},
    "beyond": {
        "limit": 5,
        "ru": "соты нет ближе {limit}",
        "be": "соты няма бліжэй за {limit}",
        "en": "no cell is within {limit}",
    },
    "bears_on": "service",
}
SERVICE = {
    "code": "service",
    "unit": "yes/no",
    "better": "higher",
    "label": {"ru": "Связь", "be": "Сувязь", "en": "Service"},
    "classes": [1],
    "topic": "mobile",
    "caveat": None,
    "beyond": None,
    "bears_on": None,
}
TRIPS = SERVICE | {
    "code": "trips",
    "unit": "trips/week",
    "label": {"ru": "Рейсов", "be": "Рэйсаў", "en": "Trips"},
    "classes": [1, 4, 8],
    "quantity": "count",
    "topic": "bus",
}


def norm(id_, value, op=">=", **more):
    label = {"ru": id_, "be": id_, "en": id_}
    source = {"act": f"act {id_}"}
    return {
        "id": id_,
        "op": op,
        "value": value,
        "label": label,
        "source": source,
    } | more


def standard(id_, indicator, *norms, **more):
    title = {"ru": f"Стандарт {id_}", "be": f"Стандарт {id_}", "en": f"Standard {id_}"}
    return {
        "id": id_,
        "domain": "x",
        "indicator": indicator,
        "title": title,
        "responsible": {"ru": "Министерство", "en": "Ministry"},
        "force": "law",
        "norms": list(norms),
    } | more


MANIFEST = {
    "schema_version": SCHEMA_VERSION,
    "release": "zz/2026-11-30.1",
    "country": {"code": "zz"},
    "on": "2026-11-30",
    "parameters": {"small_town_people": 2000},
    "default_view": "evidence",
    "domains": [{"id": "x", "label": {"ru": "Раздел"}}],
    "indicators": [KM, SERVICE, TRIPS],
    "standards": [
        standard("due", "service", norm("all", 1.0, "has", due="2026-12-31")),
        standard("bus", "trips", norm("village", 8.0), norm("centre", 20.0)),
    ],
    "suppliers": {"km": {"ru": "Операторы"}, "trips": {"ru": "Перевозчик"}},
    "inputs": [
        {
            "source": "hand",
            "licence": "CC-BY-4.0",
            "attribution": {"ru": "Руки, CC BY 4.0", "en": "Hands, CC BY 4.0"},
        }
    ],
}


def table(name, /, **columns):
    """Return a table with these columns, the rest null."""
    many = len(next(iter(columns.values())))
    fields = [
        pa.array(columns.get(field.name, [None] * many), field.type)
        for field in TABLES[name].schema
    ]
    return pa.table(fields, schema=TABLES[name].schema)


def release(manifest=None, **tables):
    """Return the release, with other tables where they are given.

    Residents: 100, 200 and unknown in villages of r1, a town of 1,000, a city of 50,000
    and a village of 300 in r2. Kilometres: 7, 4 (out of date), 12, 1, 1, unknown.
    """
    held = {name: one.schema.empty_table() for name, one in TABLES.items()}
    people = [100.0, 200.0, None, 1000.0, 50_000.0, 300.0, 70.0]
    held["settlements"] = table(
        "settlements",
        id=IDS,
        name=[f"П. {one[-1]}" for one in IDS],
        population=people,
        population_high=people,
        urban=["no", "no", "no", "yes", "yes", "no", "no"],
        raion_id=["r1", "r1", "r1", "r2", "r2", "r2", "r1"],
        country_id=["zz"] * 7,
        duplicate_of=[None] * 6 + [IDS[0]],
    )
    held["areas"] = table(
        "areas",
        id=["zz", "r1", "r2"],
        level=["country", "raion", "raion"],
        name=["Страна", "Первый", "Второй"],
        name_be=[None, "Першы", "Другі"],
        parent=[None, "zz", "zz"],
        analytic=[False] * 3,
    )
    held["values"] = table(
        "values",
        settlement_id=IDS,
        indicator=["km"] * 7,
        status=[*["modelled"] * 3, "measured", "measured", "unknown", "modelled"],
        value=[7.0, 4.0, 12.0, 1.0, 1.0, None, 50.0],
        date=[NEW, OLD, NEW, NEW, NEW, None, NEW],
        source=[*["hand"] * 5, None, "hand"],
    )
    verdicts = ["breached", "kept", "unknown", "no_norm", "no_norm", "unknown", "kept"]
    village = ["village"]
    held["judgements"] = table(
        "judgements",
        settlement_id=[*IDS, *IDS],
        standard=["bus"] * 7 + ["due"] * 7,
        verdict=[*verdicts, *["not_due"] * 7],
        norm_id=[*["village"] * 3, None, None, "village", None, *["all"] * 7],
        norms_possible=[*[village] * 3, [], [], village, village, *[["all"]] * 7],
        gap=[0.5, 0.0, *[None] * 12],
        gap_low=[0.5, 0.0, 0.0, *[None] * 11],
        gap_high=[0.5, 0.0, 0.8, *[None] * 11],
        reason=[None, None, "value", None, None, "no_value", None, *[None] * 7],
    )
    held["evidence"] = table(
        "evidence",
        area_id=["zz"] * 3,
        level=["country"] * 3,
        indicator=["km"] * 3,
        status=["modelled", "measured", "unknown"],
        settlements=[3, 2, 1],
        population=[300.0, 51_000.0, 300.0],
        settlements_stale=[1, 0, 0],
        population_stale=[200.0, 0.0, 0.0],
    )
    return Release(Path(), MANIFEST | (manifest or {}), held | tables)
