"""How a build grows with its country: processor seconds and peak memory by size.

    paritet bench growth [--json]
    python -m bench.growth 12500 25000

Builds the synthetic country with 12,500, 25,000, 50,000 and 100,000 settlements, or
with as many as are named, as ``paritet bench build`` does. The smallest is the peer:
the exponent says how the seconds grow from one size to the next, 1 is in proportion.
"""

import json
import sys
from math import log

from bench.build import run

SIZES = (12_500, 25_000, 50_000, 100_000)


def main() -> None:
    """Print a line per size, as soon as it is built."""
    told = "--json" in sys.argv
    before, rows = None, []
    for size in [int(one) for one in sys.argv[1:] if one.isdigit()] or SIZES:
        found = run(size)
        cpu, peak = found["cpu_seconds_in_all"], found["peak_memory_mb"]
        row = {"settlements": size, "cpu_seconds": cpu, "peak_memory_mb": peak}
        if before:
            grown = log(cpu / before["cpu_seconds"])
            row["exponent"] = round(grown / log(size / before["settlements"]), 2)
        before = row
        rows.append(row)
        if not told:
            print(", ".join(f"{name} {one:,}" for name, one in row.items()), flush=True)
    if told:
        print(json.dumps(rows))


if __name__ == "__main__":
    main()
