"""Which release of a country is served: decided by its day, or by who runs the server.

``latest`` moves to a newer day that is not in the future, to a later build of the day
that is served, or to what ``paritet publish`` names. A build for any other day, or one
that has lost many settlements, stands beside and changes nothing that is served.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from geo.codes import parse_release_name
from geo.disk.faults import disk_faults
from geo.errors import ReleaseError
from geo.release import shelf
from geo.release.catalog import LATEST, country_folder, find_release, latest_name
from geo.release.lock import country_lock
from geo.release.manifest_file import read_manifest
from geo.release.verify import verify_release

#: A build with a smaller share of the served release's settlements waits to be asked
#: for: more likely a source was lost or refused than that so many places are gone.
KEPT_SHARE = 0.9


class Why(StrEnum):
    """Why the release that is served now is the served one."""

    FIRST = "nothing was served before"
    NEWER = "newer day"
    REBUILT = "newer build of the same day"
    SAME = "it was served already"
    ASKED = "it was asked for"
    OLDER = "older"
    FUTURE = "future"
    SMALLER = "smaller"

    @property
    def moves(self) -> bool:
        """Whether the other release becomes the served one."""
        return self in {Why.FIRST, Why.NEWER, Why.REBUILT, Why.ASKED}


@dataclass(frozen=True)
class Serving:
    """What is served now, and why.

    Attributes
    ----------
    country
        Country code.
    name
        Folder name of the served release, None where nothing is served.
    offered
        Folder name of the release that was built or asked for.
    why
        Why ``offered`` is served, or is not.
    settlements
        How many the served release and ``offered`` have, where that is why.
    """

    country: str
    name: str | None
    offered: str
    why: Why
    settlements: tuple[int, int] = (0, 0)

    @property
    def release_id(self) -> str | None:
        """Id of the served release, such as ``by/2026-11-22.1``."""
        return f"{self.country}/{self.name}" if self.name else None

    def sentence(self, options: str = "") -> str:
        """Say which release is served and why.

        ``options`` goes behind the command that would serve the other one.
        """
        if self.name == self.offered:
            return f"served: {self.release_id} ({self.why})"
        day = self.offered.partition(".")[0]
        before, now_has = self.settlements
        reason = {
            Why.OLDER: f"{day} is an older day",
            Why.FUTURE: f"{day} lies in the future",
            Why.SMALLER: f"{self.country}/{self.offered} has {now_has} settlements "
            f"where {before} were",
        }[self.why]
        now = f"still {self.release_id}" if self.name else "nothing"
        return (
            f"served: {now}, because {reason}; to serve the new one: "
            f"paritet publish {self.country}/{self.offered}{options}"
        )


def decide(served: str | None, built: str, today: date) -> Why:
    """Say whether a release that was built takes the place of the served one.

    Parameters
    ----------
    served
        Folder name of the served release, None where nothing is served.
    built
        Folder name of the release that was built.
    today
        The day in the country's time zone.

    Examples
    --------
    >>> decide("2026-11-25.1", "2026-11-30.1", date(2026, 11, 30)).name
    'NEWER'
    >>> decide("2026-11-25.1", "2026-12-01.1", date(2026, 11, 30)).name
    'FUTURE'
    >>> decide("2026-11-25.1", "2025-12-31.4", date(2026, 11, 30)).name
    'OLDER'
    """
    new, old = _parsed(built), _parsed(served) if served else None
    if new == old:
        return Why.SAME
    if new[0] > today.isoformat():
        return Why.FUTURE
    if old is None:
        return Why.FIRST
    if new < old:
        return Why.OLDER
    return Why.REBUILT if new[0] == old[0] else Why.NEWER


def _parsed(name: str) -> tuple[str, int]:
    parsed = parse_release_name(name)
    if parsed is None:
        raise ReleaseError(f"{name!r} names no release", remedy="See: paritet releases")
    return parsed


def served_name(folder: Path) -> str | None:
    """Return the name of the release that a country's folder serves.

    None where ``latest`` is missing, broken, or names what is not there: then nothing
    can be served, and any release that is not in the future is better.
    """
    try:
        name = latest_name(folder.parent, folder.name)
    except ReleaseError:
        return None
    return name if name and (folder / name).is_dir() else None


def serve_built(folder: Path, built: str, today: date) -> Serving:
    """Move ``latest`` to a release that was built, if day and settlements say so.

    The caller holds the country's lock.
    """
    served = served_name(folder)
    why, settlements = decide(served, built, today), (0, 0)
    if served and why.moves:
        settlements = _settlements(folder / served), _settlements(folder / built)
        if settlements[1] < KEPT_SHARE * settlements[0]:
            why = Why.SMALLER
    if why.moves:
        shelf.replace_text(folder / LATEST, built)
    name = built if why.moves else served
    return Serving(folder.name, name, built, why, settlements)


def _settlements(release: Path) -> int:
    """Return how many settlements a release has; none where it cannot be read."""
    try:
        return int(read_manifest(release)["counts"]["settlements"])
    except (ReleaseError, KeyError, TypeError, ValueError):
        return 0


def serve_release(root: Path, country: str, name: str) -> Serving:
    """Serve a release whatever its day, once all of it has been checked.

    Parameters
    ----------
    root
        Folder of all releases.
    country
        Country code.
    name
        Folder name of the release, such as ``2026-11-22.1``.

    Raises
    ------
    NotFoundError
        If there is no such country or release; names those that are there.
    BuildLockedError
        If a build of the country is running.
    ReleaseError
        If anything in the release is wrong; what was served stays served.
    """
    folder = country_folder(root, country)
    with country_lock(root, country):
        entry = find_release(root, f"{country}/{name}")
        verify_release(entry.path)
        if served_name(folder) == name:
            return Serving(country, name, name, Why.SAME)
        with disk_faults("latest cannot be moved", folder / LATEST):
            shelf.replace_text(folder / LATEST, name)
    return Serving(country, name, name, Why.ASKED)
