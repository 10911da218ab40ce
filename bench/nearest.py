"""Nearest supply point by geodesic distance against geopandas' sjoin_nearest.

    paritet bench nearest [--json]

23,000 origins and 3,000 targets drawn from a seed over Belarus' extent. The peer joins
in one metric CRS (UTM 35N), so it is also told how far its distances are off.
"""

import json
import statistics
import sys
import time

import geopandas as gpd
import numpy as np

from geo.layers.geodesy import nearest

ORIGINS, TARGETS, SEED, RUNS = 23_000, 3_000, 1, 5


def main() -> None:
    """Time both in turn and print the ratio."""
    rng = np.random.default_rng(SEED)
    origins = (rng.uniform(23.2, 32.7, ORIGINS), rng.uniform(51.3, 56.1, ORIGINS))
    targets = (rng.uniform(23.2, 32.7, TARGETS), rng.uniform(51.3, 56.1, TARGETS))
    frames = [
        gpd.GeoDataFrame(geometry=gpd.points_from_xy(*points), crs=4326).to_crs(32635)
        for points in (origins, targets)
    ]
    ours, peer = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        index, km = nearest(origins, targets)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        joined = gpd.sjoin_nearest(*frames, distance_col="metres")
        peer.append(time.perf_counter() - start)
    joined = joined[~joined.index.duplicated()]
    same = float((joined["index_right"].to_numpy() == index).mean())
    off = np.abs(joined["metres"].to_numpy() / 1000 - km) / km
    result = {
        "origins": ORIGINS,
        "targets": TARGETS,
        "seconds_median": round(statistics.median(ours), 4),
        "peer": "geopandas.sjoin_nearest, UTM 35N, projection not counted",
        "peer_seconds_median": round(statistics.median(peer), 4),
        "peer_over_ours": round(statistics.median(peer) / statistics.median(ours), 2),
        "same_target_share": round(same, 5),
        "peer_distance_error_max": round(float(off.max()), 5),
    }
    if "--json" in sys.argv:
        print(json.dumps(result))
        return
    for key, value in result.items():
        print(f"{key:<26} {value}")


if __name__ == "__main__":
    main()
