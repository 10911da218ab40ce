"""A disk that takes no file: one sentence from every writer, the older file stays."""

import gc

import pytest

from geo.errors import ReleaseError
from geo.reports import export_gpkg
from geo.reports.export import FORMATS, export
from maps.folium_export import folium_page
from tests.disk.small_files import TOO_LARGE, files_up_to


@pytest.fixture
def vendor(tmp_path):
    """Stands in for what the build of the web app leaves."""
    folder = tmp_path / "vendor" / "leaflet"
    folder.mkdir(parents=True)
    for name in ("leaflet.js", "leaflet.css"):
        (folder / name).write_text("")
    return folder.parent


def write(release, kind, out, vendor):
    if kind == "html":
        return folium_page(release, out, vendor=vendor)
    return export(release, kind, out)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # sheets that xlsxwriter drops
@pytest.mark.parametrize("kind", [*FORMATS, "html"])
@pytest.mark.parametrize("count", [100, 3000])
def test_a_limit_on_the_size_of_files(
    toy_release, tmp_path, vendor, capfd, kind, count
):
    target = tmp_path / "out" / "x"
    target.parent.mkdir()
    target.write_text("older")
    with pytest.raises(ReleaseError) as caught, files_up_to(count):
        write(toy_release, kind, target, vendor)
    said = str(caught.value)
    assert said == f"{target}: the file cannot be written {TOO_LARGE}"
    assert target.read_text() == "older"
    assert [path.name for path in target.parent.iterdir()] == ["x"]
    del caught
    gc.collect()
    assert capfd.readouterr() == ("", "")


def test_what_gdal_cannot_write_though_the_disk_could(
    toy_release, tmp_path, monkeypatch
):
    def fail(*_, **__):
        raise export_gpkg.DataLayerError("no such driver")

    monkeypatch.setattr(export_gpkg.pyogrio, "write_arrow", fail)
    with pytest.raises(ReleaseError) as caught:
        export(toy_release, "gpkg", tmp_path / "x.gpkg")
    assert str(caught.value) == (
        "ty-2026-11-22.1.gpkg: GDAL cannot write it (no such driver). Check the disk, "
        "or choose another format."
    )
    assert list(tmp_path.iterdir()) == []
