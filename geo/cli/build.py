"""`paritet build`: from the sources to a published release."""

import gc
import json
import resource
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.common import Data, JudgedOn, Mirror, chosen, civil, put, say, stage_bar

_OBJECTS = 100_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build")(build)


def build(  # noqa: PLR0913 - one parameter per option
    country: Annotated[str, typer.Argument(help="Country code, such as demo or by.")],
    *,
    mirror: Mirror = None,
    on: JudgedOn = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of releases (default: releases).")
    ] = None,
    data: Data = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Leave out sources not to be redistributed."),
    ] = False,
    json_: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON.")
    ] = False,
) -> None:
    """Build a release of a country, and serve it if its day is the newest so far.

    A release of an older day, or of one that has not come, stands beside: serve it
    with `paritet publish`. What is to be shown to others is built with `--public`.

    Example: `paritet build by --mirror ../shared/data --on 2026-01-01`
    """
    # nearly all that a build makes lives as long as it does: looking for cycles in it
    # at every 700th object is a tenth of the work
    gc.set_threshold(_OBJECTS)
    from geo.pipeline import STAGES
    from geo.pipeline import build as run

    with stage_bar(STAGES) as tell:
        built = run(
            country,
            settings=chosen(releases=out, data=data),
            mirror=mirror,
            on=civil(on),
            public=public,
            progress=tell,
        )
    for note in built.notes:
        say(f"  {note}", style="dim")
    peak = _peak_megabytes()
    serving = built.published.serving
    if json_:
        line = {
            "release": built.published.release_id,
            "path": str(built.published.path),
            "new": built.published.new,
            "served": serving.release_id,
            "served_why": serving.why.name.lower(),
            "counts": built.manifest["counts"],
            "statuses": built.manifest["statuses"],
            "verdicts": built.manifest["verdicts"],
            "left_out": built.manifest["left_out"],
            "seconds": built.seconds,
            "cpu_seconds": built.cpu_seconds,
            "peak_memory_mb": round(peak, 1),
        }
        put(json.dumps(line, ensure_ascii=False) + "\n")
        return
    word = "new" if built.published.new else "unchanged"
    total = sum(built.seconds.values())
    counts = built.manifest["counts"]
    put(
        f"{built.published.release_id} ({word}): {counts['settlements']} settlements, "
        f"{counts['rejected']} rows rejected, {total:.1f} s, {peak:.0f} MB\n"
        f"{serving.sentence(f' --releases {out}' if out else '')}\n"
        f"{_left_out(built.manifest['left_out'])}"
    )


def _left_out(sources: list[dict[str, str]] | None) -> str:
    """Return the line that names what a public release does without."""
    if sources is None:
        return ""
    named = ", ".join(f"{one['source']} ({one['licence']})" for one in sources)
    return f"public: left out {named or 'nothing'}\n"


def _peak_megabytes() -> float:
    """Return the larger peak of this process and of its children (tippecanoe)."""
    own, children = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, children) / 1024
