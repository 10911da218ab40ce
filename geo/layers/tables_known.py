"""Tables of what is known: places, areas, facilities, values, and what was refused."""

from geo.layers.declared_table import (
    Column,
    bounded,
    count,
    day,
    flag,
    real,
    shape,
    table,
    text,
    texts,
)
from geo.types import ClassOutcome, FacilityKind, Kind, Level, Status, Tristate

LANGUAGES = ("ru", "be", "en", "kk", "lt", "de")
NAMES = {
    f"name_{language}": text(f"Name in the language `{language}`.", null=True)
    for language in LANGUAGES
}
PEOPLE = "{people}"
SETTLEMENT = text("Id of the settlement.")
AREA = text("Id of the area.")
LEVEL = text("Level of the area.", words=Level)
SOURCE = text("Id of the source in the manifest.", null=True)
INDICATOR = text("Code of the indicator in the manifest.")
FACILITY = text("Id of the facility.", null=True)

#: A value of a settlement or of a whole unit, behind what it is a value of.
VALUE: dict[str, Column] = {
    "value": real("The value, in `unit`.", null=True),
    "low": real("Certain lower bound; null where none is known.", null=True),
    "high": real("Certain upper bound; null where none is known.", null=True),
    "unit": text("Unit of the indicator."),
    "status": text("How the value is known.", words=Status),
    "method": text("How it was worked out.", null=True),
    "source": SOURCE,
    "supplier": text("Who supplied the data.", null=True),
    "date": day("Day that the data speak of.", null=True),
}

KNOWN = (
    table(
        "settlements",
        "A settlement: town or village.",
        ("id",),
        id=text("Id of the settlement."),
        name=text("Default name.", null=True),
        **NAMES,
        kind=text(
            "Class; null where more than one is possible.", null=True, words=Kind
        ),
        kind_status=text("How the class is known.", words=Status),
        kinds_possible=texts("Classes that are possible.", words=Kind),
        kind_source=text(
            "Ids of the sources that the class rests on, comma-separated; null where "
            "none speaks of it.",
            null=True,
        ),
        kind_date=day("Day of the newest of these statements.", null=True),
        place_type=text("Type of the place as its source calls it.", null=True),
        selsovet_centre=text("Whether it is the centre of a selsovet.", words=Tristate),
        selsovet_centre_status=text("How that is known.", words=Status),
        raion_centre=text("Whether a raion is run from it.", words=Tristate),
        oblast_centre=text("Whether an oblast is run from it.", words=Tristate),
        urban=text("Yes for a town, no for a village.", words=Tristate),
        **bounded("population", "Residents.", PEOPLE),
        population_settled_low=count(
            "Residents on the day, at least, with the probability `settled_level` of "
            "the manifest; null where nothing but the range is known.",
            PEOPLE,
            null=True,
        ),
        population_settled_high=count(
            "Residents on the day, at most, with that probability.", PEOPLE, null=True
        ),
        population_year=count("Year that the population is of.", null=True),
        population_status=text("How the population is known.", words=Status),
        population_source=text("Id of the source of the population.", null=True),
        population_census=count("Residents by the census.", PEOPLE, null=True),
        population_census_year=count("Year of the census.", null=True),
        households_low=real("Fewest households that are possible.", "{households}"),
        households_high=real("Most that are possible.", "{households}", null=True),
        selsovet_id=text("Id of the selsovet.", null=True),
        raion_id=text("Id of the raion.", null=True),
        oblast_id=text("Id of the oblast.", null=True),
        country_id=text("Id of the country."),
        grid_id=text("Id of the grid cell, where there are no raions.", null=True),
        duplicate_of=text(
            "Id of the settlement that it may be again; then it is counted nowhere.",
            null=True,
        ),
        foreign=text(
            "Code of the other country that it is of; then it is counted nowhere.",
            null=True,
        ),
        source=text("Id of the source in the manifest."),
        lon=real("Longitude.", "deg", null=True),
        lat=real("Latitude.", "deg", null=True),
        geometry=shape("Point; null where the place is unknown.", null=True),
    ),
    table(
        "class_statements",
        "What one source says of the class of a settlement.",
        ("settlement_id", "source", "origin", "kinds"),
        settlement_id=SETTLEMENT,
        source=text("Id of the source in the manifest."),
        origin=text("Row of the source's file, or the column that says it."),
        kinds=text("Class, or classes of which it is one (`a|b`), by this source."),
        date=day("Day that the source speaks of.", null=True),
        outcome=text(
            "What became of it: the class rests on it or agrees with it (`settles`), "
            "it and another one leave the class open (`disagrees`), it may be meant "
            "for another place (`doubtful`), a raion's own word stands before it "
            "(`outweighed`), or it cannot be of this place (`refused`).",
            words=ClassOutcome,
        ),
        note=text("Why.", null=True),
    ),
    table(
        "size_probabilities",
        "How probable it is that a settlement has so many residents on the day, for "
        "the numbers that norms begin or end at; a pair that is left out is certain "
        "to three decimals, as the settled range says.",
        ("settlement_id", "threshold"),
        settlement_id=SETTLEMENT,
        threshold=count("Number of residents.", PEOPLE),
        probability=real("Of at least so many residents.", "1"),
    ),
    table(
        "identifiers",
        "A code of a settlement in some scheme.",
        ("id", "scheme", "value"),
        id=SETTLEMENT,
        scheme=text("Scheme of the code, such as soato or geonames."),
        value=text("The code."),
        valid_from=day("First day of the code.", null=True),
        valid_to=day("Last day of the code; null while it holds.", null=True),
        source=SOURCE,
    ),
    table(
        "areas",
        "An area: the country, an oblast, a raion, a selsovet, or a grid cell.",
        ("id",),
        id=AREA,
        level=LEVEL,
        name=text("Default name.", null=True),
        **NAMES,
        parent=text("Id of the area that it lies in.", null=True),
        centre=text("Id of the settlement that it is run from.", null=True),
        analytic=flag("Whether it is a grid cell, no administrative unit."),
        population_official=count("Residents, official count.", PEOPLE, null=True),
        population_official_urban=count("Of these in towns.", PEOPLE, null=True),
        population_official_rural=count("Of these in villages.", PEOPLE, null=True),
        population_official_year=count("Year of the official count.", null=True),
        population_young_urban=count(
            "Of those in towns below working age.", PEOPLE, null=True
        ),
        population_young_rural=count(
            "Of those in villages below working age.", PEOPLE, null=True
        ),
        population_old_urban=count(
            "Of those in towns above working age.", PEOPLE, null=True
        ),
        population_old_rural=count(
            "Of those in villages above working age.", PEOPLE, null=True
        ),
        source=SOURCE,
        geometry=shape("Polygons; null where no boundary is known.", null=True),
    ),
    table(
        "access",
        "The way from a settlement to the nearest facility of one kind.",
        ("settlement_id", "kind"),
        settlement_id=SETTLEMENT,
        kind=text("Kind of facility.", words=FacilityKind),
        status=text(
            "How the way is known; `unsnapped` and `unreachable` have no numbers of a "
            "way.",
            words=Status,
        ),
        method=text("How it was worked out."),
        facility_id=text("Id of the nearest facility by this method.", null=True),
        minutes=real("Travel time from door to door.", "min", null=True),
        straight_minutes=real(
            "Travel time by the straight line, to whichever facility is nearest so.",
            "min",
            null=True,
        ),
        km=real("Length of the way, walks included.", "km", null=True),
        geodesic_km=real("As the crow flies, to the same facility.", "km", null=True),
        detour=real("`km` divided by `geodesic_km`.", "1", null=True),
        reason=text(
            "Why a detour is above 3: the facility is nearer than 1 km, the way takes "
            "a ferry, or no road crosses what lies between.",
            null=True,
            words=("near", "ferry", "around"),
        ),
        leg_m=real(
            "On foot from the point of the settlement to the road.", "m", null=True
        ),
        geometry=shape(
            "Line in the direction of travel, from road to road; null for a straight "
            "line.",
            null=True,
        ),
    ),
    table(
        "facilities",
        "A facility: a point of supply.",
        ("id",),
        id=text("Id of the facility."),
        kind=text("Kind of facility.", words=FacilityKind),
        name=text("Its name.", null=True),
        status=text("How it is known that it is there.", words=Status),
        source=text("Id of the source in the manifest."),
        supplier=text("Who supplied the data.", null=True),
        date=day("Day that the data speak of.", null=True),
        located=flag("Whether its place is known well enough for a distance."),
        placed=text(
            "Where its point comes from: its own, or somewhere within its settlement.",
            null=True,
            words=("point", "settlement"),
        ),
        settlement_id=text("Id of the settlement that it stands in.", null=True),
        raion_id=text("Id of the raion.", null=True),
        hours=text("Opening hours as stated.", null=True),
        weekly_hours=real(
            "How long it is open; null where the hours are unknown.", "h/wk", null=True
        ),
        staff_days=text("Days on which staff come, as stated.", null=True),
        services=text("What it offers, as stated.", null=True),
        remark=text("Remark of the source or of a reader.", null=True),
        origin=text("Row of the source's file, OSM element, or assumption.", null=True),
        geometry=shape("Point; null where the place is unknown.", null=True),
    ),
    table(
        "values",
        "The value of one indicator in a settlement.",
        ("settlement_id", "indicator"),
        settlement_id=SETTLEMENT,
        indicator=INDICATOR,
        **VALUE,
        facility_id=text("Id of the facility that the value speaks of.", null=True),
        origin=text(
            "Row of the source, stops, cell or facility that it came from.", null=True
        ),
    ),
    table(
        "evidence",
        "How one indicator is known in an area: people and settlements by status.",
        ("area_id", "indicator", "status"),
        area_id=AREA,
        level=LEVEL,
        indicator=INDICATOR,
        status=text("Status of the values that are counted.", words=Status),
        settlements=count("Settlements with this status.", "{settlements}"),
        population=real("People there.", PEOPLE),
        settlements_stale=count("Of these out of date.", "{settlements}"),
        population_stale=real("People where it is out of date.", PEOPLE),
        population_possible=real(
            "Most that may live where the population is not known; null in an older "
            "release.",
            PEOPLE,
            null=True,
        ),
        settlements_open=count(
            "Of these with a population that is not known and has no upper bound; null "
            "in an older release.",
            "{settlements}",
            null=True,
        ),
        date_min=day("Oldest date of the values.", null=True),
        date_max=day("Newest date of the values.", null=True),
        sources=text("Ids of the sources, comma-separated.", null=True),
    ),
    table(
        "reconciliation",
        "The settlements of an area against the official count.",
        ("area_id",),
        area_id=AREA,
        settlements=count("Settlements of the area.", "{settlements}"),
        settlements_with_census=count("With a census row.", "{settlements}"),
        settlements_unknown=count("Of unknown population.", "{settlements}"),
        census_rows=count("Census rows of the area.", "{rows}"),
        census_rows_unmatched=count("Without a settlement.", "{rows}"),
        census_population=real("Residents by the census.", PEOPLE, null=True),
        census_population_unmatched=real(
            "Of these in rows without a settlement.", PEOPLE, null=True
        ),
        model_population=real("Sum over the settlements.", PEOPLE, null=True),
        official_population=real("Official count.", PEOPLE, null=True),
        official_year=count("Year of the official count.", null=True),
        difference=real("Model minus official.", PEOPLE, null=True),
        note=text("What may explain a difference.", null=True),
    ),
    table(
        "census",
        "A row of the census and the settlement that it was found to be.",
        ("row",),
        row=count("Row of the file."),
        code=text("Code of the selsovet or town.", null=True),
        raion_name=text("Name of the raion in the census.", null=True),
        selsovet_name=text("Name of the selsovet in the census.", null=True),
        place_type=text("Type of the place, abbreviated.", null=True),
        name=text("Name of the place in the census.", null=True),
        population=count("Residents.", PEOPLE, null=True),
        year=count("Year of the census.", null=True),
        outcome=text(
            "What became of the row.",
            words=(
                "matched",
                "corrected",
                "part_of_city",
                "contested",
                "misplaced",
                "unmatched",
            ),
        ),
        settlement_id=text("Id of the settlement.", null=True),
        note=text("Why.", null=True),
    ),
    table(
        "rejected",
        "An input row that was refused.",
        ("source", "file", "row", "field", "value"),
        source=text("Id of the source in the manifest."),
        file=text("File that the row stands in."),
        row=text("Row of the file."),
        field=text("Field at fault."),
        value=text("What stands there."),
        reason=text("Why the row was refused."),
    ),
)
