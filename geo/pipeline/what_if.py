"""What a change of the timetables would do; nothing is published."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from geo.indicators.transit_whatif import what_if
from geo.pipeline.ready import Clock, Progress, civil_today, ready
from geo.settings import Settings
from geo.sources.country import load_country
from geo.sources.declarations import declared_dirs
from geo.travel.timetable.edit_kinds import Edit


def what_if_timetables(
    code: str,
    edits: Iterable[Edit],
    *,
    settings: Settings,
    mirror: str | None = None,
    on: date | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return what edits of the timetables would change; nothing is published.

    See :func:`geo.indicators.transit_whatif.what_if`; parameters as for
    :func:`geo.pipeline.building.build`.

    Raises
    ------
    ParitetError
        Any named error of the rooms on the way.
    """
    clock = Clock(progress)
    country = load_country(code, declared_dirs(settings))
    day = on or country.on or civil_today(country)
    layers = ready(country, settings, mirror, day, clock)
    with clock.stage("measure") as tell:
        return what_if(layers.measuring(tell), edits)
