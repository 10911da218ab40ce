"""Which release answers a request: the served one, or a pinned one.

A new release is picked up without a failed request: `latest` is looked at most once
a second, the next release is loaded beside the old one, and the names are exchanged
only when it is sound. An unsound one is reported and never served.
"""

import logging
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

from api.errors import ParameterError, without_folders
from api.loading import Loader, Stamp, stamp
from api.sound import described, untrusted
from api.store import Store
from geo.errors import NotFoundError, ParitetError, ReleaseError
from geo.inert import visible
from geo.release.catalog import (
    LATEST,
    countries,
    find_release,
    latest_name,
    list_releases,
)
from geo.release.read import Release

CHECK_SECONDS = 1.0
#: A release id as a client may send it; longer or other text never reaches the disk.
RELEASE_ID = re.compile(r"[a-z]{2,8}/[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,9}")
#: The key of `faults` for the folder of all releases.
ROOT = "releases"
_log = logging.getLogger("paritet.api")

Signature = tuple[Stamp | None, Stamp | None]


class Served:
    """The releases under one folder, held in memory as far as they are asked for.

    Parameters
    ----------
    root
        Folder of releases.
    clock
        Seconds that only grow; replaceable for tests.

    Attributes
    ----------
    faults
        Country code or release id -> what is wrong with it, in one sentence.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.root = root
        self.faults: dict[str, str] = {}
        self._clock = clock
        self._checked: float | None = None
        self._current: dict[str, Store] = {}
        self._seen: dict[str, Signature] = {}
        self._loader = Loader()
        self._opened: dict[str, Release] = {}
        self._refreshing = threading.Lock()

    def refresh(self) -> None:
        """Look for moved `latest` files, at most once a second."""
        now = self._clock()
        if self._checked is not None and now - self._checked < CHECK_SECONDS:
            return
        # Who comes while another loads is answered from what is there; only the
        # very first requests wait.
        if not self._refreshing.acquire(blocking=not self._current):
            return
        try:
            self._checked = now
            self._look()
        finally:
            self._refreshing.release()

    def _look(self) -> None:
        try:
            with untrusted(ROOT, self.root):
                codes = countries(self.root)
        except ReleaseError as error:  # what is in memory is served on
            self._note(ROOT, error)
            return
        for code in codes:
            self._look_at(code)
        for code in set(self._current) - set(codes):
            self._retire(code)
        for key in set(self.faults):
            if not (self.root / key).is_dir():
                self._note(key)

    def _look_at(self, code: str) -> None:
        """Serve what `latest` names, if that has changed since it was last tried."""
        seen = self._seen.pop(code, None)
        try:
            with untrusted(code, self.root / code):
                signature = _signature(self.root, code)
                self._seen[code] = signature
                if signature == seen:
                    return
                self._exchange(code, there=signature[0] is not None)
        except ReleaseError as error:
            self._note(code, error)
        else:
            self._note(code)

    def _exchange(self, code: str, *, there: bool) -> None:
        if not there:
            self._retire(code)
            return
        entry = find_release(self.root, code)
        held = self._current.get(code)
        if held is not None and held.id == entry.id:
            return
        self._current[code] = self._loader.load(entry, again=True)
        if held is not None:
            self._loader.keep(held)

    def _retire(self, code: str) -> None:
        self._seen.pop(code, None)
        if (held := self._current.pop(code, None)) is not None:
            self._loader.keep(held)

    def _note(self, key: str, error: ParitetError | None = None) -> None:
        """Remember what is wrong with a country or release, or that nothing is."""
        if error is None:
            self.faults.pop(key, None)
            return
        said = visible(without_folders(error))
        if self.faults.get(key) != said:
            _log.error("%s: %s", key, visible(str(error)))
        self.faults[key] = said

    def current(self) -> dict[str, Store]:
        """Return the served release of each country, the default country first.

        Real countries come before made-up ones, each in the order of their codes.
        """
        self.refresh()
        return self._in_order()

    def _in_order(self) -> dict[str, Store]:
        held = self._current.copy()
        order = sorted(held, key=lambda code: (held[code].synthetic, code))
        return {code: held[code] for code in order}

    def default_id(self) -> str | None:
        """Return the id of the release that answers where none is named.

        Does not look for a newer one: the loop that sends answers asks.
        """
        return next((store.id for store in self._in_order().values()), None)

    def store(self, country: str | None = None, release: str | None = None) -> Store:
        """Return the release that answers a request.

        Parameters
        ----------
        country
            Country code; by default that of ``release``, else the first one served.
        release
            ``cc/date.n`` pins one release.

        Raises
        ------
        NotFoundError
            If the country or release is not there; names those that are.
        ParameterError
            If ``release`` is no release id, or contradicts ``country``.
        ReleaseError
            If there is no release at all, or the pinned one is not sound.
        """
        current = self.current()
        if release is not None:
            if country is not None and release.partition("/")[0] != country:
                raise ParameterError("release", release, f"a release of {country!r}")
            return self._pinned(release, current)
        if country is not None:
            if country in current:
                return current[country]
            if country in self.faults:
                raise ReleaseError(self.faults[country])
            known = ", ".join(list(current)[:10]) or "none"
            raise NotFoundError(
                f"no country {country[:20]!r} is served", remedy=f"Known: {known}."
            )
        if not current:
            fault = next(iter(self.faults.copy().values()), "")
            raise ReleaseError(
                fault or "there is no release to serve",
                remedy="" if fault else "Run: paritet build demo",
            )
        return next(iter(current.values()))

    def _pinned(self, wanted: str, current: dict[str, Store]) -> Store:
        served = current.get(wanted.partition("/")[0])
        if served is not None and served.id == wanted:
            return served
        if (held := self._loader.kept(wanted)) is not None:
            return held
        if not RELEASE_ID.fullmatch(wanted):
            raise ParameterError("release", wanted, "like by/2026-11-22.1")
        entry = find_release(self.root, wanted)
        try:
            store = self._loader.load(entry)
        except ReleaseError as error:
            self._note(wanted, error)
            raise
        self._note(wanted)
        return store

    def releases(self) -> list[tuple[Release, bool]]:
        """Return every whole release on disk, and whether it is the served one.

        Those of the default country come first.
        """
        latest = {store.id for store in self.current().values()}
        found: list[tuple[Release, bool]] = []
        for entry in list_releases(self.root):
            try:
                if (refused := self._loader.refusal(entry)) is not None:
                    raise refused
                release = self._opened.get(entry.id) or described(entry)
            except ReleaseError as error:
                self._note(entry.id, error)
                continue
            self._note(entry.id)
            self._opened[entry.id] = release
            found.append((release, entry.id in latest))
        return sorted(found, key=lambda pair: (pair[0].synthetic, pair[0].country))


def _signature(root: Path, code: str) -> Signature:
    """Return what must change before a country is looked at again.

    The first part is of its `latest`, None where there is none; the second of the
    folder that it names, which may come back after it was repaired.
    """
    latest = stamp(root / code / LATEST)
    name = None if latest is None else latest_name(root, code)
    return latest, None if name is None else stamp(root / code / name)
