"""What each command prints, where, and with which exit code."""

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from geo.pipeline import STAGES
from geo.settings import settings
from tests.build.small import REPOSITORY, contents, manifest, overlay, served

COMMANDS = (
    "build", "fetch", "publish", "serve", "export", "releases", "show", "diff",
    "explain", "passport", "report", "workbook", "import", "check", "bench",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(paritet, command):
    code, out, _ = paritet(command, "--help")
    assert code == 0
    assert f"Example: paritet {command} " in out


def test_bare_command_shows_the_commands(paritet):
    _, out, err = paritet()
    assert all(f" {command} " in out for command in COMMANDS)
    assert err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("build",), "✗ Missing argument 'country'. Run: paritet build --help"),
        (("bild",), "✗ No such command 'bild'. Did you mean 'build'?"),
        (("build", "demo", "--on", "2026-13-01"), "✗ Invalid value for '--on': "),
        (("build", "demo", "--onn", "1"), "✗ No such option: --onn"),
        (("export", "demo"), "✗ Missing option '--format'. Run: paritet export --help"),
        (("bench", "nothing"), "no benchmark 'nothing'. Known: build"),
        (("bench", "../bench/build"), "no benchmark '../bench/build'. Known: build"),
        (("releases", "demo", "--keep", "0"), "cannot keep 0 releases"),
        (("show", "x", "--release", "demo/1999"), "no release 'demo/1999'"),
        (("diff", "demo", "demo/1999"), "no release 'demo"),
        (("explain", "x", "y", "--release", "demo/1999"), "no release 'demo/1999'"),
        (("export", "demo", "--format", "csv"), "Run: paritet build demo"),
    ],
)
def test_a_faulty_command_line_is_one_sentence(paritet, words, sentence):
    code, out, err = paritet(*words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


def test_build_prints_one_line_of_json_and_tells_stages_to_stderr(paritet, kitchen):
    code, out, err = paritet("build", "demo", "--data", kitchen.data, "--json")
    assert (code, out.count("\n")) == (0, 1)
    said = json.loads(out)
    assert said["release"] == "demo/2026-01-15.1"
    assert (said["path"], said["new"]) == ("releases/demo/2026-01-15.1", True)
    assert said["counts"]["settlements"] == 204
    assert (
        sum(said["statuses"]["health.hospital_minutes"].values()) == 200
    )  # no second point, nothing abroad
    assert (
        sum(said["verdicts"]["by.transport.trips"].values()) == 200
    )  # no second point, nothing abroad
    assert tuple(said["seconds"]) == tuple(said["cpu_seconds"]) == STAGES
    assert said["peak_memory_mb"] > 0
    assert tuple(err.splitlines()[: len(STAGES)]) == STAGES


def test_an_unchanged_build_says_so(paritet, kitchen, releases):
    words = ("build", "demo", "--data", kitchen.data, "--out", releases)
    code, out, _ = paritet(*words)
    assert code == 0
    assert out.startswith("demo/2026-01-15.1 (unchanged): 204 settlements, ")
    assert contents(releases / "demo/2026-01-15.1") == contents(
        kitchen.releases / "demo/2026-01-15.1"
    )


def test_a_public_build_says_what_it_left_out(paritet, kitchen, tmp_path):
    data = tmp_path / "ministry"
    shutil.copytree(kitchen.data, data)
    rows = (REPOSITORY / "data/sources.csv").read_text(encoding="utf-8").splitlines()
    speed = next(row for row in rows if row.startswith("demo-speed,"))
    closed = speed.replace("CC0-1.0,no,yes", "LicenseRef-NotStated,no,no")
    (data / "sources.csv").write_text(f"{rows[0]}\n{closed}\n", encoding="utf-8")
    code, out, _ = paritet("build", "demo", "--data", data, "--public")
    assert code == 0
    last = "public: left out demo-speed (LicenseRef-NotStated)"
    assert out.splitlines()[-1] == last
    made = manifest(tmp_path / "releases/demo/2026-01-15.1")
    assert [one["source"] for one in made["left_out"]] == ["demo-speed"]
    assert "demo-speed" not in {one["source"] for one in made["inputs"]}
    assert manifest(kitchen.releases / "demo/2026-01-15.1")["left_out"] is None


def norms_of(made, standard="by.transport.trips"):
    declared = {entry["id"]: entry["norms"] for entry in made["standards"]}
    return {norm["value"] for norm in declared[standard]}


def test_the_overlay_is_used_and_named_by_its_content(paritet, kitchen, tmp_path):
    norm = (REPOSITORY / "data/countries/by/standards/transport.yaml").read_text()
    data = overlay(
        tmp_path / "ministry",
        standards__transport_yaml=norm.replace("value: 20", "value: 23"),
    )
    (data / "countries/demo/country.yaml").write_text(
        (kitchen.data / "countries/demo/country.yaml").read_text()
        + "operators: [{id: solo, name: Solo, nets: ['1']}]\n"
    )
    code, out, _ = paritet("build", "demo", "--data", data, "--json")
    assert code == 0
    made = manifest(tmp_path / json.loads(out)["path"])
    first = manifest(kitchen.releases / "demo/2026-01-15.1")
    assert [operator["id"] for operator in made["operators"]] == ["solo"]
    assert 23 in norms_of(made)
    assert 23 not in norms_of(first)
    ours, theirs = (said["parameters"]["declarations"] for said in (made, first))
    assert ours["project"] == theirs["project"]
    assert ours["overlay"] != theirs["overlay"]
    assert len(ours["overlay"]) == 64
    assert str(tmp_path) not in json.dumps(made)


def test_show_by_name_and_by_id(paritet, kitchen):
    words = ("show", "Примеровск", "--releases", kitchen.releases)
    code, out, _ = paritet(*words, "--release", "demo")
    assert code == 0
    assert out.startswith("ВЫМЫШЛЕННЫЕ ДАННЫЕ\nПримеровск — г. Примеровск (demo:")
    assert "Выпуск demo/2026-01-15.1" in out
    settlement = out.partition("(")[2].partition(")")[0]
    by_id = paritet("show", settlement, *words[2:], "--lang", "en")[1]
    assert by_id.startswith("SYNTHETIC DATA\n")


def test_show_passes_over_a_country_without_a_release(paritet, releases):
    (releases / "by").mkdir()  # what a build leaves that could not fetch its sources
    assert paritet("show", "Примеровск", "--releases", releases)[0] == 0
    code, _, err = paritet("show", "Атлантида", "--releases", releases)
    assert code == 2
    assert err == (
        "✗ demo/2026-01-15.1: no settlement 'Атлантида'. Give an id or a whole name in "
        "Russian, Belarusian or English.\n"
    )


def test_releases_are_listed_and_pruned(paritet, kitchen, releases):
    words = ("build", "demo", "--data", kitchen.data, "--out", releases)
    assert paritet(*words, "--on", "2026-02-01")[0] == 0
    listed = paritet("releases", "--releases", releases)[1]
    assert listed == "demo/2026-01-15.1\ndemo/2026-02-01.1  served\n"
    pruned = paritet("releases", "demo", "--keep", "1", "--releases", releases)[1]
    assert pruned == "removed demo/2026-01-15.1\ndemo/2026-02-01.1  served\n"


def test_no_release_is_said_and_is_no_fault(paritet, releases):
    code, out, err = paritet("releases", "by", "--releases", releases)
    assert (code, out) == (0, "")
    assert err == f"{releases}/by: no release. Run: paritet build CC\n"


def test_an_empty_name_means_no_settlement(paritet, releases):
    code, _, err = paritet("show", "", "--releases", releases)
    assert code == 2
    assert err.startswith("✗ demo/2026-01-15.1: no settlement ''.")


def test_an_empty_variable_is_no_setting(paritet, releases, monkeypatch):
    monkeypatch.setenv("PARITET_DATA", "")
    settings.cache_clear()
    assert paritet("check", "demo", "--releases", releases)[0] == 0
    assert settings().data is None


def test_a_taken_port_is_one_sentence(paritet, kitchen):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ("serve", "--port", port, "--releases", kitchen.releases)
        code, out, err = paritet(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{port} is " in err


def test_a_reader_that_goes_away_is_no_fault(kitchen):
    words = ["show", "Примеровск"]
    command = [sys.executable, "-c", "from geo.cli import main; main()", *words]
    environment = {**os.environ, "PARITET_RELEASES": str(kitchen.releases)}
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            stdout=pipe,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert done.stderr == b""


def test_an_output_that_takes_nothing_is_one_sentence(kitchen):
    command = [sys.executable, "-c", "from geo.cli import main; main()", "releases"]
    environment = {**os.environ, "PARITET_RELEASES": str(kitchen.releases)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "✗ the output or a file: No space left on device. Free some space on this "
        "disk, then try again.\n"
    )


def test_a_fault_of_the_disk_that_no_room_foresaw_names_its_file(
    paritet, releases, monkeypatch
):
    def fail(*_):
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/x/table.parquet")

    monkeypatch.setattr("geo.release.catalog.list_releases", fail)
    code, out, err = paritet("releases", "--releases", releases)
    assert (code, out) == (2, "")
    assert err == (
        "✗ /x/table.parquet: Too many open files. Raise the limit of open files "
        "(ulimit -n), then try again.\n"
    )


def test_ctrl_c_ends_with_130_and_leaves_no_staging(kitchen, releases):
    command = [sys.executable, "-c", "from geo.cli import main; main()"]
    command += ["build", "demo", "--data", str(kitchen.data), "--on", "2026-02-01"]
    command += ["--out", str(releases)]
    environment = {**os.environ, "PARITET_CACHE": str(kitchen.cache)}
    with subprocess.Popen(
        command,
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as running:
        for line in running.stderr:
            if line.strip() == "publish":
                break
        os.killpg(running.pid, signal.SIGINT)
        said = running.stderr.read()
        assert running.wait() == 130
    assert said.endswith("interrupted; nothing half-written is left\n")
    assert "Traceback" not in said
    names = sorted(path.name for path in (releases / "demo").iterdir())
    assert names == [".lock", "2026-01-15.1", "latest"]
    assert served(releases) == "2026-01-15.1"


#: Ctrl-C comes when the first library is loaded, before any command is known
EARLY = """
import builtins, os, signal
load = builtins.__import__
def loading(name, *rest, **more):
    if name == "typer":
        os.kill(os.getpid(), signal.SIGINT)
    return load(name, *rest, **more)
from geo.cli import main
builtins.__import__ = loading
main()
"""


def test_ctrl_c_while_the_program_loads_leaves_no_traceback():
    done = subprocess.run(
        [sys.executable, "-c", EARLY],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "interrupted; nothing half-written is left\n"
