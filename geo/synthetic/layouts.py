"""How each file of the mirror looks: its column map from the canonical table.

A map reads ``provider's column=canonical column:number format``. Where both have the
same name it stands once; a quoted word is a constant that stands in every row, ``''`` a
column that the provider leaves empty. A number without a format is written in full.
"""

from dataclasses import dataclass, field

import pandas as pd

from geo.synthetic.declared import AGES, ISO_CODE


@dataclass(frozen=True)
class Layout:
    """One file of a provider.

    Attributes
    ----------
    map
        The column map.
    separator, header
        Of a delimited file.
    head
        What stands above the features of a GeoJSON file.
    """

    map: str
    separator: str = ","
    header: bool = True
    head: dict[str, object] = field(default_factory=dict)

    @property
    def columns(self) -> list[tuple[str, str, str]]:
        """Name, canonical column (or constant, quoted) and number format of each."""
        out = []
        for part in self.map.split(","):
            name, named, source = part.strip().partition("=")
            form = ""
            if not source.startswith("'"):
                source, _, form = (source or name).partition(":")
            out.append((name if named else source, source, form))
        return out

    def rows(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the provider's columns of a canonical table, missing values empty."""
        out = {}
        for name, source, form in self.columns:
            if source.startswith("'"):
                out[name] = pd.Series(source.strip("'"), table.index)
            elif form:
                numbers = pd.to_numeric(table[source]).astype("float64")
                texts = numbers.map(f"{{:{form}}}".format).astype("object")
                out[name] = texts.where(numbers.notna(), "")
            else:
                out[name] = table[source]
        return pd.DataFrame(out)


_OBSERVATIONS = (
    "indicator, value:{0}, low:{0}, high:{0}, status, date, supplier, remark"
)
_COUNTED = Layout("settlement=id, " + _OBSERVATIONS.format(".1f"))
_STATED = Layout("settlement=id, " + _OBSERVATIONS.format(".6g"))
_CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

LAYOUTS = {
    "places.csv": Layout(
        "wof_id=place_id, name_en=en, name_ru=ru, name_be=be, lat, lon, raion, oblast,"
        "gn_id=geonames:.1f, wd_id='', type, selsovet, soato_selsovet=code:.1f,"
        "pop2009=population:.1f, match, match_candidates=candidates:.1f,"
        "gn_population=geonames_population:.1f, possible_dup_of='',"
        "selsovet_centre=centre"
    ),
    "census.csv": Layout(
        "soato=code, raion, selsovet, place_raw=written, type, name,"
        "pop2009=population, match, match_candidates=candidates, wof_id=place_id:.1f,"
        "lat, lon"
    ),
    "kinds.csv": Layout("wof_id=id, name_ru=ru, kind, match"),
    "population.csv": Layout(
        "level, oblast, raion, name,"
        + ",".join(f"{age}_{s}" for age in AGES for s in ("total", "urban", "rural"))
    ),
    "polygons.geojson": Layout(
        "name_be=be, name_ru=ru, residents_18_plus_2019=adults, kind",
        head={"name": "raions_towns_2019", "crs": _CRS84},
    ),
    "oblasts.geojson": Layout(
        "wof_id, name_en=en, name_ru=ru", head={"name": "oblasts_wof", "crs": _CRS84}
    ),
    "area_names.xml": Layout(
        "osmID=osm_id, name_be=be, name_ru=ru, int_name=en,"
        "iso3166-1=country, iso3166-2=oblast"
    ),
    "facilities.csv": Layout(
        "id, kind, name, lon, lat, settlement, address, hours, staff_days, services,"
        "remark"
    ),
    "post_codes.tsv": Layout(
        f"country='{ISO_CODE}', code, name, admin1='Demo', code1='', admin2=town,"
        "code2='', admin3='', code3='', lat, lon, accuracy",
        separator="\t",
        header=False,
    ),
    "rail_stations.tsv": Layout(
        "Вобласьць='Демо', Раён=raion, Код=code, OSM:NodeID=node, Тып=sort,"
        "Па-расейску старое=ru, Па-расейску правільнае=ru, osm:name:ru force='',"
        "Па-беларуску правільнае=be, lat, lon, comment",
        separator="\t",
    ),
    "cells.csv.gz": Layout(
        "radio, mcc='999', net, area, cell, unit='0', lon, lat, range, samples,"
        "changeable='1', created, updated, averageSignal='0'",
        header=False,
    ),
    "ambulance.csv": _COUNTED,
    "speed.csv": _COUNTED,
    "fixed.csv": Layout(
        "settlement=id, available, technology, max_mbps=mbps, date, operator"
    ),
    "vehicles.csv": _STATED,
    "health_points.csv": _STATED,
    "fibre.csv": _STATED,
    "water.csv": _STATED,
    "school_transport.csv": _STATED,
    "units.csv": Layout(
        "unit_of_assessment, unit, indicator, value, low, high, status, date, supplier,"
        "remark"
    ),
    "timetable.zip/agency.txt": Layout(
        "agency_id=id, agency_name=name, agency_url='http://demo.invalid',"
        "agency_timezone='Europe/Minsk', agency_lang='ru'"
    ),
    "timetable.zip/calendar.txt": Layout(
        "service_id, monday, tuesday, wednesday, thursday, friday, saturday, sunday,"
        "start_date=first, end_date=last"
    ),
    "timetable.zip/calendar_dates.txt": Layout("service_id, date, exception_type=kind"),
    "timetable.zip/routes.txt": Layout(
        "route_id, agency_id, route_short_name=short, route_long_name=long,"
        "route_type='3'"
    ),
    "timetable.zip/stops.txt": Layout(
        "stop_id, stop_name=name, stop_lat=lat, stop_lon=lon"
    ),
    "timetable.zip/stop_times.txt": Layout(
        "trip_id, arrival_time=clock, departure_time=clock, stop_id, stop_sequence"
    ),
    "timetable.zip/trips.txt": Layout(
        "route_id, service_id, trip_id, trip_headsign=headsign, direction_id"
    ),
}
