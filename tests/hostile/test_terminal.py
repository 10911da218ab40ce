"""No command lets a terminal obey a stranger's text, and none ends in a traceback."""

import ast
import contextlib
import re
from pathlib import Path

import pytest

import geo.cli
from geo.cli.common import put, say, stage_bar
from geo.inert import visible
from geo.release.read import open_release
from geo.reports.workbook import raions
from geo.settings import settings
from tests.cli.conftest import run
from tests.hostile.payloads import COMPUTED, PAYLOADS

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]")
ROOMS = sorted(Path(geo.cli.__file__).parent.glob("*.py"))


@pytest.fixture
def paritet(kitchen, tmp_path, monkeypatch, capfd):
    """Run a command over the hostile release; return code, stdout and stderr."""
    monkeypatch.setenv("PARITET_RELEASES", str(kitchen.root))
    monkeypatch.setenv("PARITET_CACHE", str(kitchen.root.parent / "cache"))
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()

    def command(*words):
        capfd.readouterr()
        code = run(monkeypatch, *words)
        said = capfd.readouterr()
        return code, said.out, said.err

    yield command
    settings.cache_clear()


@pytest.fixture(scope="module")
def place(release):
    return release.table("settlements", ["id"])["id"][3].as_py()


def commands(release, place):
    raion = raions(release)[0].id
    standard = release.manifest["standards"][0]["id"]
    both = (release.id, release.id)
    return {
        "show": ("show", place),
        "explain": ("explain", place, standard),
        "check": ("check", "demo", "--raion", raion),
        "passport": ("passport", "demo", place, "-o", ".", "--format", "html"),
        "report": ("report", "demo", "--raion", raion, "-o", "r.html"),
        "workbook": ("workbook", "demo", "--raion", raion, "-o", "w.xlsx"),
        "diff": ("diff", *both, "--format", "csv"),
        "releases": ("releases",),
    }


@pytest.mark.parametrize(
    "command",
    ["show", "explain", "check", "passport", "report", "workbook", "diff", "releases"],
)
def test_a_command_prints_names_and_obeys_none(paritet, release, place, command):
    code, out, err = paritet(*commands(release, place)[command])
    assert (code, err) == (0, "")
    assert out
    assert OBEYED.search(out) is None
    assert COMPUTED not in out


# no command line holds a NUL, nor one of these lengths
@pytest.mark.parametrize("name", [name for name in PAYLOADS[:-1] if "\0" not in name])
def test_a_sentence_quotes_a_hostile_word_on_one_line(paritet, name):
    code, out, err = paritet("show", "--", name)
    assert (code, out) == (2, "")
    assert OBEYED.search(err) is None
    assert "Traceback" not in err
    # the places that bear it, up to twenty, and the sentence
    assert all(line.startswith(("✗", "demo:")) for line in err.splitlines())


def test_remarks_and_results_have_one_way_out():
    """Nothing in the command line writes to the screen but these two functions."""
    for path in ROOMS:
        if path.name in {"common.py", "commands.py", "main.py"}:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        calls = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
        called = {ast.unparse(function) for function in calls}
        direct = {"print", "typer.echo", "typer.secho"}
        screens = ("sys.stdout.", "sys.stderr.", "remarks.")
        assert not called & direct, path
        assert not [name for name in called if name.startswith(screens)], path


def test_every_payload_comes_out_as_it_reads(capfd):
    for text in PAYLOADS:
        put(f"{text}\n")
        say(text)
    out, err = capfd.readouterr()
    for text in PAYLOADS:
        assert visible(text, keep="\n\t") in out
        assert f"{visible(text)}\n" in err


def test_a_progress_bar_takes_no_markup(monkeypatch, capfd):
    monkeypatch.setattr("geo.cli.common.remarks", _terminal())
    with contextlib.suppress(KeyError), stage_bar(("fetch", "publish")) as tell:
        tell("fetch", "[/] [link=http://x.example]файл[/link]")
        raise KeyError  # the bar is drawn once more as it stands
    assert "[/] [link=http://x.example]" in capfd.readouterr().err


def _terminal():
    from rich.console import Console  # noqa: PLC0415 - as the command line does

    return Console(stderr=True, force_terminal=True, width=120, color_system=None)


def test_the_hostile_release_is_whole(kitchen):
    assert open_release(kitchen.hostile, checksums=True).id == "demo/2026-01-15.1"
