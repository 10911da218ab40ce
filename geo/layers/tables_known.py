"""Tables of what is known: places, areas, facilities, values, and what was refused."""

import pyarrow as pa

from geo.layers.declared_table import COUNT, DAY, REAL, TEXT, table

LANGUAGES = ("ru", "be", "en", "kk", "lt", "de")
NAMES = {f"name_{language}": TEXT for language in LANGUAGES}

KNOWN = (
    table(
        "settlements",
        ("id",),
        geo=True,
        id=TEXT,
        name=TEXT,
        **NAMES,
        kind=TEXT,  # null where more than one class is possible
        kind_status=TEXT,
        kinds_possible=pa.list_(TEXT),
        place_type=TEXT,
        selsovet_centre=TEXT,
        selsovet_centre_status=TEXT,
        raion_centre=TEXT,
        oblast_centre=TEXT,
        urban=TEXT,  # yes, no, unknown: town or village
        population=REAL,
        population_low=REAL,
        population_high=REAL,
        population_year=COUNT,
        population_status=TEXT,
        population_source=TEXT,
        population_census=COUNT,
        population_census_year=COUNT,
        households_low=REAL,
        households_high=REAL,
        selsovet_id=TEXT,
        raion_id=TEXT,
        oblast_id=TEXT,
        country_id=TEXT,
        grid_id=TEXT,
        duplicate_of=TEXT,
        source=TEXT,
        lon=REAL,
        lat=REAL,
    ),
    table(
        "identifiers",
        ("id", "scheme", "value"),
        id=TEXT,
        scheme=TEXT,
        value=TEXT,
        valid_from=DAY,
        valid_to=DAY,
        source=TEXT,
    ),
    table(
        "areas",
        ("id",),
        geo=True,
        id=TEXT,
        level=TEXT,
        name=TEXT,
        **NAMES,
        parent=TEXT,
        centre=TEXT,  # id of the settlement that a raion or oblast is run from
        analytic=pa.bool_(),  # a grid cell: no administrative unit
        population_official=COUNT,
        population_official_urban=COUNT,
        population_official_rural=COUNT,
        population_official_year=COUNT,
        source=TEXT,
    ),
    table(
        "access",
        ("settlement_id", "kind"),
        geo=True,
        settlement_id=TEXT,
        kind=TEXT,  # kind of facility
        status=TEXT,  # modelled, assumed; unsnapped, unreachable: no numbers of a way
        method=TEXT,
        facility_id=TEXT,  # the nearest by this method
        minutes=REAL,
        straight_minutes=REAL,  # to the nearest in the straight line
        km=REAL,
        geodesic_km=REAL,  # to the same facility
        detour=REAL,  # km / geodesic_km
        reason=TEXT,  # of a detour above 3: near, ferry, around
        leg_m=REAL,  # on foot from the point of the settlement to the road
    ),
    table(
        "facilities",
        ("id",),
        geo=True,
        id=TEXT,
        kind=TEXT,
        name=TEXT,
        status=TEXT,
        source=TEXT,
        supplier=TEXT,
        date=DAY,
        located=pa.bool_(),
        placed=TEXT,  # point: its own; settlement: somewhere within its settlement
        settlement_id=TEXT,
        raion_id=TEXT,
        hours=TEXT,
        weekly_hours=REAL,  # that it is open; null: hours that are not known
        staff_days=TEXT,
        services=TEXT,
        remark=TEXT,
        origin=TEXT,  # row of the source's file, OSM element, or assumption
    ),
    table(
        "values",
        ("settlement_id", "indicator"),
        settlement_id=TEXT,
        indicator=TEXT,
        value=REAL,
        low=REAL,  # null: no lower bound is known
        high=REAL,  # null: no upper bound is known
        unit=TEXT,
        status=TEXT,
        method=TEXT,
        source=TEXT,
        supplier=TEXT,
        date=DAY,
        facility_id=TEXT,
        origin=TEXT,  # source row, stops, cell or facility the value came from
    ),
    table(
        "evidence",
        ("area_id", "indicator", "status"),
        area_id=TEXT,
        level=TEXT,
        indicator=TEXT,
        status=TEXT,
        settlements=COUNT,
        population=REAL,
        settlements_stale=COUNT,
        population_stale=REAL,
        date_min=DAY,
        date_max=DAY,
        sources=TEXT,
    ),
    table(
        "reconciliation",
        ("area_id",),
        area_id=TEXT,
        settlements=COUNT,
        settlements_with_census=COUNT,
        settlements_unknown=COUNT,
        census_rows=COUNT,
        census_rows_unmatched=COUNT,
        census_population=REAL,
        census_population_unmatched=REAL,
        model_population=REAL,
        official_population=REAL,
        official_year=COUNT,
        difference=REAL,
        note=TEXT,
    ),
    table(
        "census",
        ("row",),
        row=COUNT,
        code=TEXT,
        raion_name=TEXT,
        selsovet_name=TEXT,
        place_type=TEXT,
        name=TEXT,
        population=COUNT,
        year=COUNT,
        outcome=TEXT,  # matched, corrected, part_of_city, contested, misplaced,
        settlement_id=TEXT,  # unmatched
        note=TEXT,
    ),
    table(
        "rejected",
        ("source", "file", "row", "field", "value"),
        source=TEXT,
        file=TEXT,
        row=TEXT,
        field=TEXT,
        value=TEXT,
        reason=TEXT,
    ),
)
