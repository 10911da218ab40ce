"""The tables of a release: one pyarrow schema, key and sort order per table.

The reader accepts this version and the one before. A column that is all null keeps
its type because every table is written through its schema.
"""

from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = 1
LANGUAGES = ("ru", "be", "en", "kk", "lt", "de")

_text = pa.string()
_real = pa.float64()
_count = pa.int64()
_day = pa.date32()


@dataclass(frozen=True)
class Table:
    """Schema, sort key and whether the table is GeoParquet."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    geo: bool = False


def _table(
    name: str, key: tuple[str, ...], /, *, geo: bool = False, **columns: pa.DataType
) -> Table:
    fields = [pa.field(column, kind) for column, kind in columns.items()]
    if geo:
        fields.append(pa.field("geometry", pa.binary()))
    return Table(name, pa.schema(fields), key, geo)


_names = {f"name_{language}": _text for language in LANGUAGES}
_bounds = {
    f"{measure}{bound}": _real
    for measure in ("fgt0", "fgt1", "fgt2", "h", "a", "m0")
    for bound in ("", "_low", "_high")
}
_verdict_counts = {
    f"{what}_{verdict}": (_real if what == "population" else _count)
    for what in ("settlements", "population")
    for verdict in ("kept", "breached", "unknown", "no_norm", "not_due")
}

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "settlements",
            ("id",),
            geo=True,
            id=_text,
            name=_text,
            **_names,
            kind=_text,  # null where more than one class is possible
            kind_status=_text,
            kinds_possible=pa.list_(_text),
            place_type=_text,
            selsovet_centre=_text,
            selsovet_centre_status=_text,
            raion_centre=_text,
            oblast_centre=_text,
            urban=_text,  # yes, no, unknown: town or village
            population=_real,
            population_low=_real,
            population_high=_real,
            population_year=_count,
            population_status=_text,
            population_source=_text,
            population_census=_count,
            population_census_year=_count,
            households_low=_real,
            households_high=_real,
            selsovet_id=_text,
            raion_id=_text,
            oblast_id=_text,
            country_id=_text,
            grid_id=_text,
            duplicate_of=_text,
            source=_text,
            lon=_real,
            lat=_real,
        ),
        _table(
            "identifiers",
            ("id", "scheme", "value"),
            id=_text,
            scheme=_text,
            value=_text,
            valid_from=_day,
            valid_to=_day,
            source=_text,
        ),
        _table(
            "areas",
            ("id",),
            geo=True,
            id=_text,
            level=_text,
            name=_text,
            **_names,
            parent=_text,
            analytic=pa.bool_(),  # a grid cell: no administrative unit
            population_official=_count,
            population_official_urban=_count,
            population_official_rural=_count,
            population_official_year=_count,
            source=_text,
        ),
        _table(
            "facilities",
            ("id",),
            geo=True,
            id=_text,
            kind=_text,
            name=_text,
            status=_text,
            source=_text,
            supplier=_text,
            date=_day,
            located=pa.bool_(),
            settlement_id=_text,
            raion_id=_text,
            hours=_text,
            staff_days=_text,
            services=_text,
            remark=_text,
        ),
        _table(
            "values",
            ("settlement_id", "indicator"),
            settlement_id=_text,
            indicator=_text,
            value=_real,
            low=_real,  # null: no lower bound is known
            high=_real,  # null: no upper bound is known
            unit=_text,
            status=_text,
            method=_text,
            source=_text,
            supplier=_text,
            date=_day,
            facility_id=_text,
        ),
        _table(
            "judgements",
            ("settlement_id", "standard"),
            settlement_id=_text,
            standard=_text,
            domain=_text,
            force=_text,
            verdict=_text,
            norm=_real,  # null where several norms are possible
            norm_low=_real,
            norm_high=_real,
            norm_id=_text,  # the norm row that decided
            gap=_real,
            gap_low=_real,
            gap_high=_real,
            reason=_text,
            verdict_if_fresh=_text,
            progress=_real,  # not_due: share of the target reached
            required_pace=_real,  # not_due: units per year still needed
            due=_day,
            revision=_text,
            responsible=_text,
        ),
        _table(
            "scores",
            ("settlement_id", "group"),
            settlement_id=_text,
            group=_text,  # a domain, or overall
            score=_real,  # mean compliance gap; null below the coverage floor
            score_low=_real,
            score_high=_real,
            coverage=_real,
            parity_gap=_real,
            norm_gap=_real,
            kept=_count,
            breached=_count,
            unknown=_count,
            no_norm=_count,
            not_due=_count,
        ),
        _table(
            "area_scores",
            ("area_id", "subgroup", "subject"),
            area_id=_text,
            level=_text,
            subgroup=_text,  # all, town, village, kind:<kind>
            subject=_text,  # standard:<id>, domain:<id>, overall
            settlements=_count,
            population=_real,
            **_verdict_counts,
            coverage=_real,  # share of people under a norm whose verdict is known
            score=_real,
            score_low=_real,
            score_high=_real,
            **_bounds,
        ),
        _table(
            "parity",
            ("area_id", "indicator", "group"),
            area_id=_text,
            indicator=_text,
            group=_text,  # town, village, kind:<kind>
            settlements=_count,
            population=_real,
            known_share=_real,
            mean=_real,
            ratio=_real,  # against town, over known values; 1 = parity
            difference=_real,
        ),
        _table(
            "evidence",
            ("area_id", "indicator", "status"),
            area_id=_text,
            level=_text,
            indicator=_text,
            status=_text,
            settlements=_count,
            population=_real,
            settlements_stale=_count,
            population_stale=_real,
            date_min=_day,
            date_max=_day,
            sources=_text,
        ),
        _table(
            "reconciliation",
            ("area_id",),
            area_id=_text,
            settlements=_count,
            settlements_with_census=_count,
            settlements_unknown=_count,
            census_rows=_count,
            census_rows_unmatched=_count,
            census_population=_real,
            census_population_unmatched=_real,
            model_population=_real,
            official_population=_real,
            official_year=_count,
            difference=_real,
            note=_text,
        ),
        _table(
            "census",
            ("row",),
            row=_count,
            code=_text,
            raion_name=_text,
            selsovet_name=_text,
            place_type=_text,
            name=_text,
            population=_count,
            year=_count,
            outcome=_text,  # matched, corrected, part_of_city, contested, misplaced,
            settlement_id=_text,  # unmatched
            note=_text,
        ),
        _table(
            "rejected",
            ("source", "file", "row", "field", "value"),
            source=_text,
            file=_text,
            row=_text,
            field=_text,
            value=_text,
            reason=_text,
        ),
    )
}
