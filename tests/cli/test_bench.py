"""`paritet bench` runs what has a ``main``, and says what a peer is missing."""

import pytest

from geo.cli import bench as command
from geo.errors import DependencyError, NotFoundError

REMEDY = "Run: .venv/bin/uv sync --inexact --group bench"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    texts = {
        "good": "import sys\ndef main():\n    print('ran', *sys.argv[1:])\nmain()\n",
        "lonely": "import no_such_peer\ndef main():\n    print('ran')\nmain()\n",
        "part": "def helper():\n    pass\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("programs")
def test_a_program_runs(capsys):
    command.run_program("good", ["--releases", "x"])
    assert capsys.readouterr().out == "ran --releases x\n"


def test_a_missing_peer_is_one_sentence(programs, capsys):
    with pytest.raises(DependencyError) as caught:
        command.run_program("lonely", [])
    assert str(caught.value) == (
        f"{programs}/lonely.py: the benchmark 'lonely' needs the package no_such_peer, "
        f"which is not here. {REMEDY}"
    )
    assert capsys.readouterr().out == ""


def test_only_programs_are_known(programs):
    with pytest.raises(NotFoundError) as caught:
        command.run_program("part", [])
    assert str(caught.value) == (
        f"{programs}: no benchmark 'part'. Known: good, lonely."
    )
