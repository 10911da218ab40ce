"""Which release answers a request: the served one, or a pinned one.

A new release is picked up without a failed request: `latest` is looked at most once
a second, the next release is loaded beside the old one, and the names are exchanged
only when it is whole. A broken one is reported and never served.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from api.errors import ParameterError, without_folders
from api.store import Store
from geo.errors import NotFoundError, ReleaseError
from geo.release.catalog import LATEST, countries, find_release, list_releases
from geo.release.read import Release, open_release

CHECK_SECONDS = 1.0
PINNED_KEPT = 4

Signature = tuple[int, int, int]


class Served:
    """The releases under one folder, held in memory as far as they are asked for.

    Parameters
    ----------
    root
        Folder of releases.
    clock
        Seconds that only grow; replaceable for tests.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.root = root
        self.faults: dict[str, str] = {}
        self._clock = clock
        self._checked: float | None = None
        self._current: dict[str, tuple[Signature, Store]] = {}
        self._pinned: OrderedDict[str, Store] = OrderedDict()
        self._opened: dict[str, Release] = {}
        self._refreshing = threading.Lock()
        self._exchanging = threading.Lock()

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
            found = {
                code: _signature(self.root / code) for code in countries(self.root)
            }
            for code, signature in found.items():
                if signature is not None:
                    self._load(code, signature)
            for code in set(self._current) - {c for c, s in found.items() if s}:
                self._retire(code)
        finally:
            self._refreshing.release()

    def _load(self, code: str, signature: Signature) -> None:
        held = self._current.get(code)
        if held is not None and held[0] == signature:
            return
        try:
            entry = find_release(self.root, code)
            if held is not None and held[1].id == entry.id:
                store = held[1]
            else:
                store = Store.load(_whole(entry.path, entry.id))
        except (ReleaseError, NotFoundError) as error:
            self.faults[code] = without_folders(error)
            return
        self.faults.pop(code, None)
        if held is not None and held[1] is not store:
            self._keep(held[1])
        self._current[code] = (signature, store)

    def _retire(self, code: str) -> None:
        self._keep(self._current.pop(code)[1])

    def _keep(self, store: Store) -> None:
        with self._exchanging:
            self._pinned[store.id] = store
            self._pinned.move_to_end(store.id)
            while len(self._pinned) > PINNED_KEPT:
                self._pinned.popitem(last=False)

    def current(self) -> dict[str, Store]:
        """Return the served release of each country, the default country first."""
        self.refresh()
        held = dict(self._current)
        order = sorted(held, key=lambda code: (code != "demo", code))
        return {code: held[code][1] for code in order}

    def default_id(self) -> str | None:
        """Return the id of the release that answers where none is named."""
        return next((store.id for store in self.current().values()), None)

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
            If ``country`` and ``release`` contradict each other.
        ReleaseError
            If there is no release at all, or the pinned one is not whole.
        """
        current = self.current()
        if release is not None:
            if country is not None and release.partition("/")[0] != country:
                raise ParameterError("release", release, f"a release of {country!r}")
            return self._pinned_store(release, current)
        if country is not None:
            if country in current:
                return current[country]
            known = ", ".join(list(current)[:10]) or "none"
            raise NotFoundError(
                f"no country {country[:20]!r} is served", remedy=f"Known: {known}."
            )
        if not current:
            fault = next(iter(self.faults.values()), "")
            raise ReleaseError(
                fault or "there is no release to serve",
                remedy="" if fault else "Run: paritet build demo",
            )
        return next(iter(current.values()))

    def _pinned_store(self, wanted: str, current: dict[str, Store]) -> Store:
        for store in current.values():
            if store.id == wanted:
                return store
        with self._exchanging:
            held = self._pinned.get(wanted)
            if held is not None:
                self._pinned.move_to_end(wanted)
                return held
        if "/" not in wanted:
            raise ParameterError("release", wanted, "like by/2026-11-22.1")
        entry = find_release(self.root, wanted)
        store = Store.load(_whole(entry.path, entry.id))
        self._keep(store)
        return store

    def releases(self) -> list[tuple[Release, bool]]:
        """Return every whole release on disk, and whether it is the served one."""
        current = self.current()
        latest = {store.id for store in current.values()}
        found: list[tuple[Release, bool]] = []
        for entry in list_releases(self.root):
            try:
                release = self._opened.get(entry.id) or _whole(entry.path, entry.id)
            except ReleaseError as error:
                self.faults[entry.id] = without_folders(error)
                continue
            self.faults.pop(entry.id, None)
            self._opened[entry.id] = release
            found.append((release, entry.id in latest))
        rank = {code: position for position, code in enumerate(countries(self.root))}
        return sorted(found, key=lambda pair: rank.get(pair[0].country, len(rank)))


def _signature(folder: Path) -> Signature | None:
    try:
        found = (folder / LATEST).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _whole(path: Path, expected: str) -> Release:
    release = open_release(path)
    if release.id != expected:
        raise ReleaseError(
            f"the manifest says {release.id!r}, the folder {expected!r}",
            where=str(path),
            remedy="A release folder must keep its name.",
        )
    return release
