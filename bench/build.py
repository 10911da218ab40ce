"""A build of national size against the demo: seconds per stage and peak memory.

Seconds of the wall and of the processors: on a busy machine only the latter compare.

    paritet bench build [--json]

Builds the synthetic country with 1,200 and with 23,000 settlements, each in a process
of its own and a folder of its own. The small one is the peer: the ratio says how the
build grows with a country 19 times the size.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from geo.synthetic.territory import bounds

SMALL, LARGE, SEED = 1_200, 23_000, 2026


def run(settlements: int) -> dict[str, Any]:
    """Build once in a process of its own; return its figures."""
    before = _children_seconds()
    with tempfile.TemporaryDirectory() as name:
        overlay = Path(name) / "data" / "countries" / "demo"
        overlay.mkdir(parents=True)
        declared = {
            "synthetic": {"seed": SEED, "settlements": settlements},
            "bounds": list(bounds(settlements)),
            "completeness": [],
        }
        (overlay / "country.yaml").write_text(yaml.safe_dump(declared))
        done = subprocess.run(  # noqa: S603 - our own command
            [
                *(sys.executable, "-c", "from geo.cli import main; main()"),
                *("build", "demo", "--json", "--out", f"{name}/releases"),
                *("--data", f"{name}/data"),
            ],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[1],
            env={**os.environ, "PARITET_CACHE": f"{name}/cache"},
        )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    kept = ("counts", "seconds", "cpu_seconds", "peak_memory_mb")
    found = {key: result[key] for key in kept}
    return found | {"cpu_seconds_in_all": round(_children_seconds() - before, 2)}


def _children_seconds() -> float:
    """Return user and system seconds of all ended children, their imports included."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def table(name: str, result: dict[str, Any]) -> str:
    """Return one build as lines of stage, wall and processor seconds."""
    wall, cpu = result["seconds"], result["cpu_seconds"]
    rows = [("stage", "wall", "cpu"), *((one, wall[one], cpu[one]) for one in wall)]
    rows += [("all stages", *(round(sum(s.values()), 2) for s in (wall, cpu)))]
    rows += [("with imports", "", result["cpu_seconds_in_all"])]
    settlements, peak = result["counts"]["settlements"], result["peak_memory_mb"]
    lines = [f"{name}: {settlements} settlements, peak {peak:.0f} MB"]
    return "\n".join([*lines, *(f"  {a:<14}{b:>9}{c:>9}" for a, b, c in rows)])


def main() -> None:
    """Print both builds and the ratio of their times."""
    small, large = run(SMALL), run(LARGE)
    totals = [sum(r["cpu_seconds"].values()) for r in (small, large)]
    result = {
        "seed": SEED,
        "small": small,
        "large": large,
        "large_over_small": round(totals[1] / totals[0], 2),
    }
    if "--json" in sys.argv:
        print(json.dumps(result))
        return
    for name in ("small", "large"):
        print(table(name, result[name]))
    print("cpu, large over small:", result["large_over_small"])


if __name__ == "__main__":
    main()
