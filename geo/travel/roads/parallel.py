"""The same work over blocks of rows: on the cores of this machine or of a cluster."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import numpy as np

from geo.travel.roads.graph import Ints

Result = TypeVar("Result")
#: blocks per core: enough that the last ones end together
_BLOCKS = 4


class Client(Protocol):
    """What is used of ``distributed.Client``."""

    def scatter(self, data: Any, *, broadcast: bool) -> Any:
        """Send data to the workers."""

    def submit(self, function: Any, *args: Any) -> Future[Any]:
        """Run a function on a worker."""

    def ncores(self) -> dict[str, int]:
        """Return the cores of each worker."""


def in_parallel(
    run: Callable[[Ints], Result], rows: int, client: Client | None = None
) -> list[Result]:
    """Return what a function makes of blocks of rows, in the order of the rows.

    Parameters
    ----------
    run
        Takes positions of rows. The loops in it hold no lock, so threads are enough
        on one machine; a cluster gets it once per worker, with all that it holds.
    rows
        How many rows there are.
    client
        Of ``distributed`` (extra ``cluster``).
    """
    cores = sum(client.ncores().values()) if client else os.cpu_count() or 1
    count = max(1, min(rows, cores * _BLOCKS))
    blocks = np.array_split(np.arange(rows, dtype=np.int32), count)
    if client is None:
        with ThreadPoolExecutor(cores) as threads:
            return list(threads.map(run, blocks))
    there = client.scatter(run, broadcast=True)
    return [
        future.result()
        for future in [client.submit(_call, there, block) for block in blocks]
    ]


def _call(run: Callable[[Ints], Result], block: Ints) -> Result:
    return run(block)
