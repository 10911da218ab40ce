"""Times between places of a graph, straight from the formula of ``Attached``."""

import numpy as np

from geo.travel.roads.attach import attach


def between_nodes(graph):
    """Least seconds between all nodes (Floyd and Warshall)."""
    best = np.full((graph.nodes, graph.nodes), np.inf)
    for d in (0, 1):
        np.minimum.at(best, (graph.tail[d], graph.head[d]), graph.seconds[d])
    np.fill_diagonal(best, 0.0)
    for k in range(graph.nodes):
        best = np.minimum(best, best[:, [k]] + best[[k], :])
    return best


def graph_times(graph, places):
    """Seconds between all places."""
    at = attach(graph, places)
    best = between_nodes(graph)
    found = np.full((len(places), len(places)), np.inf)
    for o, t in np.ndindex(found.shape):
        for d, f in np.ndindex(2, 2):
            way = best[graph.head[d, at.edge[o]], graph.tail[f, at.edge[t]]]
            found[o, t] = min(found[o, t], at.until[d, o] + way + at.since[f, t])
        for d in (0, 1):
            ahead = at.since[d, t] >= at.since[d, o] and np.isfinite(at.since[d, o])
            if at.edge[o] == at.edge[t] and ahead:
                found[o, t] = min(found[o, t], at.since[d, t] - at.since[d, o])
    return found
