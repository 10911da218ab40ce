"""Searches on real road networks, by networkx and by scipy."""

import numpy as np

from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.matrix import matrix
from geo.travel.roads.nearest import nearest, one_to_all
from geo.travel.roads.route import one_place
from tests.travel.roads.test_graph_real import (  # noqa: F401 - network is a fixture
    graph_times,
    network,
    networkx_times,
    pytestmark,
)


def test_nearest_and_matrix_equal_networkx_and_scipy(network):  # noqa: F811
    roads, seconds, gates, (origins, targets) = network
    none = np.zeros(len(roads.restrictions), bool)
    walks = origins.leg_seconds[:, None] + targets.leg_seconds
    right = networkx_times(roads, seconds, origins, targets) + walks
    # not a time of any pair, so that the last bit does not decide
    cutoff = float(np.quantile(right[np.isfinite(right)], 0.4)) + 1e-3
    for contracted in (True, False):
        graph = build_graph(roads, seconds, gates, turns=none, contracted=contracted)
        here, there = attach(graph, origins), attach(graph, targets)
        close = {"rtol": 0, "atol": 1e-6}
        by_scipy = graph_times(graph, origins, targets) + walks
        np.testing.assert_allclose(by_scipy, right, **close)
        for k in (1, 3):
            found = nearest(graph, here, there, k=k)
            wanted = np.sort(right, axis=1)[:, :k]
            np.testing.assert_allclose(found.seconds, wanted, **close)
            rows = np.flatnonzero(found.target[:, 0] >= 0)
            named = right[rows, found.target[rows, 0]]
            np.testing.assert_allclose(named, wanted[rows, 0], **close)
        away = nearest(graph, there, here, towards=False)
        np.testing.assert_allclose(away.seconds[:, 0], right.min(axis=0), **close)
        near = matrix(graph, here, there, cutoff=cutoff)
        kept = np.where(right <= cutoff, right, np.inf)
        np.testing.assert_allclose(near.dense(), kept, **close)


def test_a_tree_equals_scipy_at_the_targets(network):  # noqa: F811
    roads, seconds, gates, (origins, targets) = network
    graph = build_graph(roads, seconds, gates)
    there = attach(graph, targets)
    start = one_place(origins, 0)
    tree = one_to_all(graph, attach(graph, start), towards=False)
    right = graph_times(graph, start, targets)[0]
    found = np.min(tree.seconds[graph.tail[:, there.edge]] + there.since, axis=0)
    apart = there.edge != attach(graph, start).edge[0]
    np.testing.assert_allclose(found[apart], right[apart], rtol=0, atol=1e-6)
