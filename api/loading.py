"""Releases in memory: loaded once, kept while there is room, refused while damaged."""

import threading
from collections import OrderedDict
from pathlib import Path

from api.sound import sound
from api.store import Store
from geo.errors import ReleaseError
from geo.release.catalog import ReleaseEntry

KEPT = 4
Stamp = tuple[int, int, int]


class Loader:
    """Loads releases one after the other; who asks for the same one waits for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Store] = OrderedDict()
        self._refused: dict[str, tuple[Stamp | None, ReleaseError]] = {}
        self._loading = threading.Lock()  # one at a time: the memory of one, not of all
        self._exchanging = threading.Lock()

    def load(self, entry: ReleaseEntry, *, again: bool = False) -> Store:
        """Return a release, from memory where it is there.

        Parameters
        ----------
        entry
            Which one.
        again
            Read it even if it is known to be damaged.

        Raises
        ------
        ReleaseError
            If it is not sound. It is then not read again until its folder changes.
        """
        if (held := self.kept(entry.id)) is not None:
            return held
        with self._loading:
            # Whoever held the lock may have loaded this one, or seen what is wrong.
            if (held := self.kept(entry.id)) is not None:
                return held
            if not again and (known := self.refusal(entry)) is not None:
                raise known
            before = stamp(entry.path)
            try:
                store = sound(entry)
            except ReleaseError as error:
                self._refused[entry.id] = before, _bare(error)
                raise
            self._refused.pop(entry.id, None)
            self.keep(store)
        return store

    def kept(self, id_: str) -> Store | None:
        """Return a release that is in memory, and keep it as the one used last."""
        with self._exchanging:
            if id_ in self._kept:
                self._kept.move_to_end(id_)
            return self._kept.get(id_)

    def keep(self, store: Store) -> None:
        """Keep a release in place of the one that was not used for longest."""
        with self._exchanging:
            self._kept[store.id] = store
            self._kept.move_to_end(store.id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def refusal(self, entry: ReleaseEntry) -> ReleaseError | None:
        """Return why a release was refused, if its folder has not changed since."""
        before, error = self._refused.get(entry.id, (None, None))
        if error is None or stamp(entry.path) != before:
            return None
        return _bare(error)


def stamp(path: Path) -> Stamp | None:
    """Return what changes with a file or the names in a folder, None for nothing."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _bare(error: ReleaseError) -> ReleaseError:
    """Return an error without the frames, and so the tables, of its traceback."""
    return ReleaseError(error.what, where=error.where, remedy=error.remedy)
