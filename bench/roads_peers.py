"""The peers of bench/roads.py: the nearest facility by other libraries.

Each gets the arcs of the full graph turned round, and searches from the facilities.
Where a library knows no search from many starts, one more node is joined to all of
them by arcs of nothing.
"""

import time
from collections.abc import Callable

import igraph
import networkit
import networkx as nx
import numpy as np
import pandana
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.travel.roads.graph import Arcs

Reals = np.ndarray
#: networkit's number for no way is above this many seconds
FAR = 86_400_000.0


def turned(arcs: Arcs) -> csr_array:
    """Return arcs by their heads as a matrix; between two nodes the quickest."""
    n = len(arcs.first) - 1
    rows = np.repeat(np.arange(n), np.diff(arcs.first))
    order = np.lexsort((arcs.seconds, arcs.node, rows))
    key = rows[order].astype(np.int64) * n + arcs.node[order]
    kept = order[np.flatnonzero(np.diff(key, prepend=-1))]
    kept = kept[rows[kept] != arcs.node[kept]]
    return csr_array((arcs.seconds[kept], (rows[kept], arcs.node[kept])), shape=(n, n))


def timed(run: Callable[[], Reals]) -> tuple[float, Reals]:
    """Return wall seconds and the result."""
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def scipy_nearest(matrix: csr_array, targets: Reals) -> tuple[float, Reals]:
    """Search by scipy from all targets at once."""
    return timed(lambda: dijkstra(matrix, indices=targets, min_only=True))


def scipy_matrix(
    matrix: csr_array, targets: Reals, origins: Reals, limit: float
) -> tuple[float, Reals]:
    """Search by scipy from each target within a limit, ten at a time."""

    def run() -> Reals:
        parts = [
            dijkstra(matrix, indices=some, limit=limit)[:, origins]
            for some in np.array_split(targets, max(1, len(targets) // 10))
        ]
        return np.concatenate(parts).T

    return timed(run)


def pandana_nearest(
    matrix: csr_array, targets: Reals, spots: tuple[Reals, Reals], limit: float
) -> tuple[float, float, Reals]:
    """Return seconds of preprocessing, seconds of the query, and the times.

    Pandana asks for a limit and is the slower the larger it is (9 to 13 times from 73
    minutes to a day), so it gets the smallest one that loses no answer.
    """
    lon, lat = spots
    coo = matrix.tocoo()
    index = np.arange(matrix.shape[0])
    start = time.perf_counter()
    # the matrix is turned round: an arc leads from its column to its row
    net = pandana.Network(
        pd.Series(lon, index), pd.Series(lat, index),
        pd.Series(coo.coords[1]), pd.Series(coo.coords[0]),
        pd.DataFrame({"s": coo.data}), twoway=False,
    )  # fmt: skip
    made = time.perf_counter() - start
    net.set_pois("f", limit, 1, pd.Series(lon[targets]), pd.Series(lat[targets]))
    seconds, table = timed(lambda: net.nearest_pois(limit, "f", num_pois=1)[1])
    found = table.to_numpy()
    return made, seconds, np.where(found >= limit, np.inf, found)


def with_source(matrix: csr_array, targets: Reals) -> tuple[Reals, Reals, Reals]:
    """Return arcs from one more node to all targets, and all others."""
    coo = matrix.tocoo()
    n = matrix.shape[0]
    return (
        np.concatenate([coo.coords[0], np.full(len(targets), n)]),
        np.concatenate([coo.coords[1], targets]),
        np.concatenate([coo.data, np.zeros(len(targets))]),
    )


def networkit_nearest(matrix: csr_array, targets: Reals) -> tuple[float, Reals]:
    """Search by networkit from one more node."""
    start, end, cost = with_source(matrix, np.unique(targets))
    n = matrix.shape[0]
    graph = networkit.GraphFromCoo(
        (cost, (start, end)), n=n + 1, weighted=True, directed=True
    )
    search = networkit.distance.Dijkstra(graph, n, storePaths=False)
    seconds, _ = timed(search.run)
    found = np.array(search.getDistances())[:n]
    return seconds, np.where(found > FAR, np.inf, found)


def igraph_nearest(matrix: csr_array, targets: Reals) -> tuple[float, Reals]:
    """Search by igraph from one more node."""
    start, end, cost = with_source(matrix, np.unique(targets))
    n = matrix.shape[0]
    graph = igraph.Graph(n=n + 1, edges=np.stack([start, end], axis=1), directed=True)
    return timed(lambda: np.array(graph.distances([n], weights=cost)[0][:n]))


def networkx_nearest(matrix: csr_array, targets: Reals) -> tuple[float, Reals]:
    """Search by networkx from all targets at once."""
    graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)

    def run() -> Reals:
        far = nx.multi_source_dijkstra_path_length(graph, set(targets.tolist()))
        found = np.full(matrix.shape[0], np.inf)
        found[list(far)] = list(far.values())
        return found

    return timed(run)
