"""Every entry of the catalogue of norms is judged or kept as context, never both."""
# ruff: noqa: SIM905 - lists of ids are read more easily as lines of words

from geo.settings import DECLARATIONS
from geo.sources.country import country_codes, load_country
from geo.standards.context import ContextStatus, load_context
from geo.standards.country import law_of
from geo.standards.load import load_standards

FOLDERS = (
    *sorted((DECLARATIONS / "countries").iterdir()),
    DECLARATIONS / "international",
)
#: usable as norms: judged for a settlement
JUDGED = """
by.transport.trips.selsovet_centre by.transport.trips.agrogorodok_1000
by.transport.trips.village_over_50 by.transport.trips.village_20_50
by.transport.urban_vehicles by.health.ambulance.emergency_wait
by.health.ambulance.urgent_wait by.health.ambulance.transport_wait
by.health.telemedicine by.telecom.mobile_speed_2030
by.telecom.mobile_all_settlements_2026 by.telecom.broadband_300
by.telecom.phones_in_health_points by.telecom.fibre_100_households
by.utilities.water_agrogorodok by.education.school_transport
""".split()
#: usable as norms: judged for an oblast, a raion, an operator, a household or a country
JUDGED_ABOVE = """
by.health.interdistrict_centres by.telecom.lte_territory_2030
by.telecom.lte_settlements_2030 by.telecom.telephone_queue by.telecom.base_tariff
by.telecom.unlimited_floor by.utilities.heating
""".split()
#: benchmarks that can be judged with an indicator that is there
BENCHMARKS = ["intl.health.two_hours", "kz.health.network"]
CONTEXT = """
by.transport.selsovet_coverage_2007 by.transport.rail_stop_distance by.health.gp
by.health.district_physician_old by.health.gp_minsk_oblast_2007
by.health.ambulance_crews_per_12k by.health.ambulance_crews_step
by.health.ambulance_calls_volume_2007 by.health.pharmacy by.health.beds
by.health.special_vehicles by.health.fap_norm by.telecom.population_coverage_fact
by.telecom.fixed_facts by.telecom.universal_service by.telecom.tariff_entry_fixed
by.income.wage_oblast_2025_12 by.post.delivery by.pilot.orsha.post
by.pilot.orsha.streets by.pilot.orsha.school_computers
by.trade.floor_space_mogilev_2010 by.trade.mobile_shop by.household.services_2007
by.passport.gss by.territory.settlements by.territory.agrogorodki
by.territory.population_2025 by.territory.raions by.territory.soato
by.appeals.deadline_standard by.appeals.115_2023 by.appeals.president_admin
by.appeals.grodno_2025 by.appeals.rating_portal kz.regional_standards kz.eotinish
ru.transport.tambov ru.transport.federal_standard ru.post.density
ru.health.fap_132n ru.ambulance sdg.9.1.1 sdg.11.2.1 sdg.9.c.1 degurba
intl.affordability.two_percent intl.uso.uk intl.uso.de intl.fcc
intl.eu_digital_decade intl.signal.singapore intl.signal.ofcom statcan.pmd uk.jts
""".split()


def _declared() -> tuple[set[str], set[str]]:
    """Return the ids that are judged (standards and rows) and those of the context."""
    places = [
        place
        for folder in FOLDERS
        for place in (folder / "standards", folder)
        if place.is_dir() and (place.name == "standards" or folder == FOLDERS[-1])
    ]
    standards = load_standards(places)
    judged = {s.id for s in standards} | {n.id for s in standards for n in s.norms}
    return judged, {entry.id for entry in load_context(FOLDERS)}


def test_every_entry_of_the_catalogue_is_represented_once():
    whole = [*JUDGED, *JUDGED_ABOVE, *BENCHMARKS, *CONTEXT]
    assert len(whole) == len(set(whole)) == 80
    assert len(JUDGED) + len(JUDGED_ABOVE) == 23
    judged, context = _declared()
    assert judged & context == set()
    assert context == set(CONTEXT)
    assert {*JUDGED, *BENCHMARKS} <= judged
    # an entry of two quantities is two standards: `<id>.volume` and `<id>.speed`
    split = {name.rpartition(".")[0] for name in judged}
    assert {*JUDGED_ABOVE} <= judged | split


def test_the_context_says_why_it_is_not_judged_and_how_it_was_seen():
    entries = {entry.id: entry for entry in load_context(FOLDERS)}
    assert {entry.status for entry in entries.values()} == set(ContextStatus)
    assert entries["by.health.gp"].status == "superseded"
    assert entries["by.health.pharmacy"].confidence == "recalled"
    assert all(figure.value is None for figure in entries["by.health.pharmacy"].figures)
    assert entries["by.transport.selsovet_coverage_2007"].source.item == "30"
    assert all({"ru", "en"} <= set(entry.title) for entry in entries.values())


def test_each_country_has_its_own_context_and_the_international_one():
    found = {}
    for code in country_codes([DECLARATIONS]):
        law = law_of(load_country(code, [DECLARATIONS]), [DECLARATIONS])
        found[code] = {entry.id.partition(".")[0] for entry in law.context}
        assert law.remarks == ()
    world = {"degurba", "intl", "ru", "sdg", "statcan", "uk"}
    assert found == {
        "by": {"by"} | world,
        "demo": {"by"} | world,
        "kz": {"kz"} | world,
        "li": world,
        "lt": world,
    }


def test_the_second_country_has_its_own_norm_and_the_international_one():
    law = law_of(load_country("kz", [DECLARATIONS]), [DECLARATIONS])
    assert {s.id: (s.force, s.quantity) for s in law.standards} == {
        "intl.health.two_hours": ("benchmark", "number"),
        "kz.health.network": ("benchmark", "ordinal"),
    }
    assert "not read" in (law.standards[1].note or "")


def test_the_demo_takes_the_norms_of_belarus_without_its_oblasts():
    law = law_of(load_country("demo", [DECLARATIONS]), [DECLARATIONS])
    territories = {
        name
        for standard in law.standards
        for norm in standard.norms
        for name in norm.applies.territory or ()
    }
    assert territories == {"Демонстрационная область"}
