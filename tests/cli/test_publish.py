"""`paritet publish`, `releases`; arguments that leave their root; odd files as `-o`."""

import json
import os
import stat

import pytest

from geo.release.content import content_id, manifest_bytes
from tests.build.small import contents, served
from tests.disk.small_files import files_up_to
from tests.release.pair import known, norm, place, release, trips, write


@pytest.fixture
def days(paritet, kitchen, releases):
    """Build the small demo for a day; return what is said on the last line."""

    def build(*words):
        code, out, err = paritet(
            *("build", "demo", "--data", kitchen.data, "--out", releases, *words)
        )
        assert code == 0, err
        return out.splitlines()[-1]

    return build


def test_the_last_line_of_a_build_says_what_is_served_and_why(days, releases):
    before = contents(releases / "demo/2026-01-15.1")
    assert days() == "served: demo/2026-01-15.1 (it was served already)"
    assert days("--on", "2025-12-31") == (
        "served: still demo/2026-01-15.1, because 2025-12-31 is an older day; to serve "
        f"the new one: paritet publish demo/2025-12-31.1 --releases {releases}"
    )
    assert served(releases) == "2026-01-15.1"
    assert days("--on", "2026-12-01") == (
        "served: still demo/2026-01-15.1, because 2026-12-01 lies in the future; to "
        f"serve the new one: paritet publish demo/2026-12-01.1 --releases {releases}"
    )
    said = json.loads(days("--on", "2025-12-31", "--json"))
    assert (said["served"], said["served_why"]) == ("demo/2026-01-15.1", "older")
    assert days("--on", "2026-11-30") == "served: demo/2026-11-30.1 (newer day)"
    assert served(releases) == "2026-11-30.1"
    assert contents(releases / "demo/2026-01-15.1") == before


@pytest.fixture
def shelf(tmp_path):
    """Folder of releases of a tiny country, made by hand."""
    root = tmp_path / "shelf"
    values = {"transport.trips_per_week": {"toy:0": known(20)}}
    write(root, release({"toy:0": place()}, values, [trips(norm("ty.trips.v", 16))]))
    return root


def test_publish_names_a_release_as_every_command_does(paritet, releases):
    words = ("publish", "demo/2026-01-15.1", "--releases", releases)
    (releases / "demo" / "latest").unlink(missing_ok=True)
    code, out, _ = paritet(*words)
    assert (code, out) == (0, "served: demo/2026-01-15.1 (it was asked for)\n")
    assert served(releases) == "2026-01-15.1"
    code, out, err = paritet(*words)
    assert (code, err) == (0, "")
    assert out == "served: demo/2026-01-15.1 (it was served already)\n"


def renamed(releases, name):
    """Put a copy of the release on the shelf as one of another day."""
    folder = releases / "demo" / "2026-01-15.1"
    document = json.loads((folder / "manifest.json").read_bytes())
    other = releases / "demo" / name
    other.mkdir()
    for path in folder.rglob("*.p*"):
        (other / path.relative_to(folder)).parent.mkdir(exist_ok=True)
        os.link(path, other / path.relative_to(folder))
    document |= {"release": f"demo/{name}", "on": name.partition(".")[0]}
    document["content_id"] = content_id(document, document["checksums"])
    (other / "manifest.json").write_bytes(manifest_bytes(document))


def test_publish_goes_back_and_ahead_with_a_remark(paritet, releases):
    renamed(releases, "9000-01-01.1")
    words = ("publish", "demo/9000-01-01.1", "--releases", releases)
    code, out, err = paritet(*words)
    assert (code, out) == (0, "served: demo/9000-01-01.1 (it was asked for)\n")
    assert err == (
        "9000-01-01 lies in the future: it is judged by norms that may still change\n"
    )
    code, out, err = paritet("publish", "demo/2026-01-15.1", *words[2:])
    assert (code, out) == (0, "served: demo/2026-01-15.1 (it was asked for)\n")
    assert err == "2026-01-15 is older than demo/9000-01-01.1, which was served\n"


def test_publish_refuses_what_is_damaged_by_name(paritet, shelf):
    (shelf / "ty" / "latest").unlink()
    manifest = shelf / "ty" / "2026-02-01.1" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("trips", "trip"), "utf-8")
    code, out, err = paritet("publish", "ty/2026-02-01.1", "--releases", shelf)
    assert (code, out) == (2, "")
    assert err.startswith(f"✗ {manifest}: changed after it was published: ")
    assert not (shelf / "ty" / "latest").exists()


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("demo/2026-01-16.1", "no release 'demo/2026-01-16.1'. Known: demo/2026-0"),
        ("demo/latest", "no release 'demo/latest'. Known: demo/2026-01-15.1."),
        ("demo", "of 'demo' to serve is not said. There are: demo/2026-01-15.1."),
        ("demo/", "of 'demo' to serve is not said. There are: demo/2026-01-15.1."),
        ("typo/2026-01-15.1", "no country 'typo' has releases. There are: demo."),
        ("typo", "which release of 'typo' to serve is not said. Run: paritet build"),
        ("../x/demo/2026-01-15.1", "'..' is no country code. A code is two"),
    ],
)
def test_publish_refuses_what_is_not_there(paritet, releases, named, sentence):
    before = sorted(releases.rglob("*"))
    code, out, err = paritet("publish", named, "--releases", releases)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert sorted(releases.rglob("*")) == before


def test_the_list_says_what_is_served_pinned_and_damaged(paritet, releases):
    renamed(releases, "2026-01-16.1")
    renamed(releases, "2026-01-17.1")
    (releases / "demo" / "pins").write_text("2026-01-16.1  # for a report\n")
    (releases / "demo" / "2026-01-17.1" / "values.parquet").unlink()
    code, out, err = paritet("releases", "--releases", releases)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "demo/2026-01-15.1  served",
        "demo/2026-01-16.1  pinned",
        "demo/2026-01-17.1  damaged: the file values.parquet is missing",
    ]


OUTSIDE = ("..", "../x/demo", "demo/..", "/etc", "DEMO", "d", "demo\n", "дэмо", "")


@pytest.mark.parametrize("code", OUTSIDE)
def test_no_command_leaves_its_root_or_makes_a_folder(
    paritet, releases, tmp_path, code
):
    (tmp_path / "x" / "demo" / "2026-01-15.1").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    root = ("--releases", releases)
    book = tmp_path / "book.xlsx"
    for words in (
        ("build", code, "--out", releases),
        ("releases", code, *root),
        ("releases", code, "--keep", "1", *root),
        ("publish", f"{code}/2026-01-15.1", *root),
        ("export", code, "--format", "csv", *root),
        ("diff", code, "demo", *root),
        ("diff", "demo", code, *root),
        ("passport", code, "x", "-o", tmp_path / "x.html", *root),
        ("report", code, "--raion", "x", "-o", tmp_path / "x.html", *root),
        ("explain", "x", "y", "--release", code or "/", *root),
        ("show", "x", "--release", code or "/", *root),
        ("workbook", code, "--raion", "x", "-o", book, *root),
        ("check", code, *root),
        ("fetch", code),
        ("standards", "list", code or "/"),
        ("timetable", "what-if", code, tmp_path / "none.yaml"),
    ):
        status, out, err = paritet(*words)
        assert (status, out) == (2, ""), words
        assert err.strip().startswith("✗ "), words
        assert "Traceback" not in err
        assert sorted(tmp_path.rglob("*")) == before, words


def test_removing_names_what_there_is_and_makes_nothing(paritet, releases):
    code, out, err = paritet("releases", "typo", "--keep", "3", "--releases", releases)
    assert (code, out) == (2, "")
    assert err == (f"✗ {releases}: no country 'typo' has releases. There are: demo.\n")
    assert [path.name for path in releases.iterdir()] == ["demo"]


def outputs(tmp_path):
    """Return commands that write the file that is named behind them."""
    edits = tmp_path / "edits.yaml"
    return {
        "csv": ("export", "ty", "--format", "csv", "-o"),
        "html": ("export", "demo", "--format", "html", "-o"),
        "diff": ("diff", "ty", "ty", "-o"),
        "passport": ("passport", "ty", "toy:0", "-o"),
        "report": ("report", "ty", "--raion", "toy:raion", "-o"),
        "workbook": ("workbook", "ty", "--raion", "toy:raion", "-o"),
        "what-if": ("timetable", "what-if", "demo", edits, "--out"),
    }


@pytest.mark.parametrize(
    "kind", ["csv", "html", "diff", "passport", "report", "workbook", "what-if"]
)
def test_a_pipe_stays_a_pipe_and_a_link_a_link(paritet, kitchen, shelf, tmp_path, kind):
    words = outputs(tmp_path)[kind]
    pipe, link = tmp_path / "pipe.html", tmp_path / "link.html"
    os.mkfifo(pipe)
    link.symlink_to("/dev/full")
    root = () if kind == "what-if" else ("--releases", shelf)
    root = ("--releases", kitchen.releases) if kind == "html" else root
    for out, what in ((pipe, "a pipe"), (link, "a link")):
        code, said, err = paritet(*words, out, *root)
        assert (code, said) == (2, "")
        assert f"{out}: this is {what}, no regular file, and is not replaced. " in err
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert str(link.readlink()) == "/dev/full"


@pytest.mark.parametrize(
    "kind", ["csv", "html", "diff", "passport", "report", "workbook", "what-if"]
)
def test_a_folder_that_is_not_there_does_not_become_a_file(
    paritet, kitchen, shelf, tmp_path, kind
):
    root = () if kind == "what-if" else ("--releases", shelf)
    root = ("--releases", kitchen.releases) if kind == "html" else root
    (tmp_path / "file").write_text("a file")
    for name in ("nope", "file"):
        out = f"{tmp_path}/{name}/"
        remedy = "Make it, or leave out the slash for a file of this name."
        told = f"✗ {out}: there is no such folder. {remedy}\n"
        assert paritet(*outputs(tmp_path)[kind], out, *root) == (2, "", told)
    assert not (tmp_path / "nope").exists()
    assert (tmp_path / "file").read_text() == "a file"


def test_a_workbook_that_cannot_be_written_leaves_no_folder(paritet, shelf, tmp_path):
    words = (*outputs(tmp_path)["workbook"], tmp_path / "new" / "deep" / "w.xlsx")
    with files_up_to(20):
        code, said, err = paritet(*words, "--releases", shelf)
    assert (code, said) == (2, "")
    assert "the file cannot be written (File too large). " in err
    assert not (tmp_path / "new").exists()
    assert paritet(*words, "--releases", shelf)[0] == 0
    assert (tmp_path / "new" / "deep" / "w.xlsx").is_file()


@pytest.mark.parametrize("kind", ["diff", "passport", "report", "workbook"])
def test_a_full_disk_leaves_the_older_file(paritet, shelf, tmp_path, kind):
    target = tmp_path / f"x.{'xlsx' if kind == 'workbook' else 'html'}"
    target.write_text("older")
    with files_up_to(20):
        code, said, err = paritet(*outputs(tmp_path)[kind], target, "--releases", shelf)
    assert (code, said) == (2, "")
    assert err.startswith(f"✗ {target}: the file cannot be written (File too large). ")
    assert target.read_text() == "older"
    assert [path for path in tmp_path.rglob("*x.*") if path != target] == []
