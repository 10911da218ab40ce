import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RoadError
from geo.travel.roads.matrix import matrix
from geo.travel.roads.places import Attached
from tests.travel.roads.test_nearest import INF, all_times, chain, on, zero_cases


def test_pairs_within_the_cutoff_by_hand():
    graph = chain()
    origins = on(graph, (2, 1.0), (0, 0.0), (-1, 0.0), leg=1.0)
    targets = on(graph, (1, 0.5), (0, 0.0), leg=2.0)
    whole = matrix(graph, origins, targets, cutoff=INF)
    assert whole.dense().tolist() == [[18.0, 38.0], [23.0, 3.0], [INF, INF]]
    near = matrix(graph, origins, targets, cutoff=23.0)
    assert near.first.tolist() == [0, 1, 3, 3]
    assert near.target.tolist() == [0, 0, 1]
    assert near.seconds.tolist() == [18.0, 23.0, 3.0]
    assert near.origin.tolist() == [0, 1, 1]
    away = matrix(graph, origins, targets, cutoff=INF, towards=False)
    assert away.dense().tolist() == [[INF, INF], [23.0, 3.0], [INF, INF]]


@settings(max_examples=150, deadline=None)
@given(zero_cases(), st.sampled_from([0.5, 2.0, 5.0, INF]), st.booleans())
def test_a_matrix_equals_all_ways(case, cutoff, towards):
    graph, origins, targets = case
    times = (
        all_times(graph, origins, targets)
        if towards
        else all_times(graph, targets, origins).T
    )
    found = matrix(graph, origins, targets, cutoff=cutoff, towards=towards)
    assert found.dense().tolist() == np.where(times <= cutoff, times, INF).tolist()


def test_a_cluster_finds_the_same():
    distributed = pytest.importorskip("distributed", reason="the extra cluster")
    graph = chain()
    places = on(graph, (2, 1.0), (0, 0.0), (1, 0.25), (0, 0.75))
    here = matrix(graph, places, places, cutoff=30.0)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = matrix(graph, places, places, cutoff=30.0, client=client)
    assert here.seconds.tolist() == there.seconds.tolist()
    assert here.target.tolist() == there.target.tolist()


def test_a_bad_cutoff_is_refused():
    graph = chain()
    place = on(graph, (0, 0.5))
    with pytest.raises(RoadError, match=r"-1\.0 is no limit of time"):
        matrix(graph, place, place, cutoff=-1.0)
    with pytest.raises(RoadError, match="nan is no limit of time"):
        matrix(graph, place, place, cutoff=np.nan)
    other = Attached(place.edge + 3, place.since, place.until, place.leg)
    with pytest.raises(RoadError, match="on edge 3 of a graph with 3 edges"):
        matrix(graph, place, other, cutoff=1.0)
