from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
import rasterio
from pyproj import Transformer
from rasterio import Affine

from geo.errors import SourceFormatError
from geo.layers.elevation import with_elevation
from geo.layers.inputs import stack
from geo.layers.roads import Roads
from geo.layers.roads_build import build_roads, fault_notes, read_roads
from geo.sources.feeding import Feeding
from geo.sources.readers import elevation
from tests.layers.test_roads_build import feedings
from tests.sources.readers.conftest import Vintage, make_country
from tests.sources.readers.test_osm_file import node, way, xml

VOID = -32768
#: heights of a raster of 3 x 3 cells of 1 degree, its corner at 10 east, 53 north
CELLS = [[100, 200, 300], [110, 210, 310], [120, 220, VOID]]


def tiff(path: Path, cells, *, crs="EPSG:4326", origin=(10, 53), cell=1.0, **more):
    data = np.array(cells, dtype=more.pop("dtype", "int16"))
    shape = {"height": data.shape[0], "width": data.shape[1], "count": 1}
    place = {"crs": crs, "transform": Affine(cell, 0, origin[0], 0, -cell, origin[1])}
    options = {"dtype": data.dtype, "nodata": VOID} | shape | place | more
    with rasterio.open(path, "w", driver="GTiff", **options) as raster:
        raster.write(data, 1)
    return path


def at(*points: tuple[float, float]) -> Roads:
    """Roads that are only nodes."""
    lon, lat = np.array(points, dtype=np.float64).T
    none, whole = np.zeros(0, np.int32), np.zeros(0, np.int64)
    return Roads(
        node_id=np.arange(len(lon)),
        lon=lon,
        lat=lat,
        node_tags=np.zeros(len(lon), np.int32),
        way_id=whole,
        way_tags=none,
        tag_sets=({},),
        segment_way=none,
        segment_from=none,
        segment_to=none,
        segment_m=np.zeros(0),
        restrictions=pd.DataFrame(),
    )


@pytest.mark.parametrize(
    ("point", "height"),
    [
        ((10.5, 52.5), 100),  # the centre of a cell
        ((11.0, 52.5), 150),  # half way to the next one east
        ((10.5, 52.0), 105),  # and south
        ((10.75, 52.25), 100 + 25 + 2.5),
        ((10.1, 52.9), 100),  # in the outer half of the outermost cell
        ((10.1, 52.0), 105),
        ((12.9, 52.5), 300),
        ((12.0, 51.0), np.nan),  # one of four cells is a void
        ((12.0, 52.0), (200 + 300 + 210 + 310) / 4),
        ((9.9, 52.5), np.nan),  # outside
        ((10.5, 53.1), np.nan),
        ((13.1, 52.5), np.nan),
        ((10.5, 49.9), np.nan),
    ],
)
def test_bilinear_on_paper(tmp_path, point, height):
    tile = tiff(tmp_path / "dem.tif", CELLS)
    found = with_elevation(at(point), [tile]).elevation
    assert found.tolist() == pytest.approx([height], nan_ok=True)


@pytest.mark.parametrize(
    ("void", "dtype", "said"),
    [
        (-9999, "int16", "-9999"),
        (-32768, "int16", "-32768"),
        (float(np.finfo("float32").min), "float32", "-3.40282e+38"),
        (float("nan"), "float32", "nan"),
        (float("inf"), "float32", "inf"),
        (-500.5, "float32", "-500.5"),
        (9000.5, "float32", "9000.5"),
        (65535, "uint16", "65535"),
    ],
)
def test_what_can_be_no_height_is_a_void_and_counted(tmp_path, void, dtype, said):
    cells = [[100, 200, void], [110, 210, void]]
    tile = tiff(tmp_path / "dem.tif", cells, nodata=None, dtype=dtype)
    roads = at((10.5, 52.5), (11.0, 52.0), (12.0, 52.0), (12.5, 52.5))
    found = with_elevation(roads, [tile])
    assert found.elevation.tolist() == pytest.approx(
        [100, 155, np.nan, np.nan], nan_ok=True
    )
    what = f"undeclared voids among the heights of dem.tif, such as {said}"
    assert found.faults == {what: 2}
    assert fault_notes(found) == (f"roads: 2 {what}",)


def test_the_lowest_and_the_highest_ground_are_heights(tmp_path):
    cells = [[-500.0, -430.0], [8849.0, 9000.0]]
    tile = tiff(tmp_path / "dem.tif", cells, nodata=None, dtype="float32")
    points = at((10.5, 52.5), (11.5, 52.5), (10.5, 51.5), (11.5, 51.5))
    found = with_elevation(points, [tile])
    assert found.elevation.tolist() == [-500, -430, 8849, 9000]
    assert found.faults == {}


def test_a_declared_void_is_no_fault(tmp_path):
    tile = tiff(tmp_path / "dem.tif", [[100, -9999]], nodata=-9999)
    found = with_elevation(at((11.5, 52.5)), [tile])
    assert np.isnan(found.elevation).all()
    assert found.faults == {}


def test_a_scale_and_an_offset_make_metres_of_cells(tmp_path):
    tile = tiff(tmp_path / "dem.tif", [[125]])
    with rasterio.open(tile, "r+") as raster:
        raster.scales, raster.offsets = (0.5,), (-100.0,)
    assert with_elevation(at((10.5, 52.5)), [tile]).elevation.tolist() == [-37.5]


@pytest.mark.parametrize("void", [-9999, -32768])
def test_a_scale_makes_no_height_of_a_void(tmp_path, void):
    """-9999 hundredths would be 99.99 m below the sea."""
    tile = tiff(tmp_path / "dem.tif", [[1250, 1250, void]], nodata=None)
    with rasterio.open(tile, "r+") as raster:
        raster.scales = (0.01,)
    found = with_elevation(at((10.5, 52.5), (12.5, 52.5)), [tile])
    assert found.elevation.tolist() == pytest.approx([12.5, np.nan], nan_ok=True)
    assert list(found.faults.values()) == [1]


def test_a_void_of_one_tile_is_filled_by_the_next(tmp_path):
    one = tiff(tmp_path / "one.tif", [[-9999]], nodata=None)
    two = tiff(tmp_path / "two.tif", [[7]], nodata=None)
    assert with_elevation(at((10.5, 52.5)), [one, two]).elevation.tolist() == [7]


def test_another_coordinate_system(tmp_path):
    metric = Transformer.from_crs("EPSG:4326", "EPSG:32635", always_xy=True)
    x, y = metric.transform(25.0, 52.0)
    tile = tiff(
        tmp_path / "utm.tif",
        [[10.0, 20.0], [30.0, 40.0]],
        crs="EPSG:32635",
        origin=(x - 100, y + 100),
        cell=100.0,
        dtype="float32",
    )
    found = with_elevation(at((25.0, 52.0), (26.0, 52.0)), [tile]).elevation
    assert found.tolist() == pytest.approx([25.0, np.nan], nan_ok=True, abs=1e-3)


def test_the_first_tile_that_knows_holds(tmp_path):
    one = tiff(tmp_path / "one.tif", CELLS)
    two = tiff(tmp_path / "two.tif", np.full((5, 5), 7))
    points = at((10.5, 52.5), (12.5, 50.5), (14.5, 48.5), (20.0, 52.0))
    found = with_elevation(points, [one, two]).elevation
    assert found.tolist() == pytest.approx([100, 7, 7, np.nan], nan_ok=True)


def test_without_tiles_nothing_is_known():
    assert np.isnan(with_elevation(at((10, 52)), []).elevation).all()


def test_a_single_cell(tmp_path):
    tile = tiff(tmp_path / "dem.tif", [[5]])
    assert with_elevation(at((10.9, 52.9)), [tile]).elevation.tolist() == [5]


def test_a_raster_in_a_zip(tmp_path):
    tile = tiff(tmp_path / "dem.tif", CELLS)
    packed = tmp_path / "dem.zip"
    with ZipFile(packed, "w") as archive:
        archive.write(tile, "inner/dem.tif")
    assert with_elevation(at((10.5, 52.5)), [packed]).elevation.tolist() == [100]


def sentence(call) -> str:
    with pytest.raises(SourceFormatError) as caught:
        call()
    return str(caught.value)


def test_no_raster(tmp_path):
    path = tmp_path / "dem.tif"
    path.write_bytes(b"hello")
    said = sentence(lambda: with_elevation(at((10.5, 52.5)), [path]))
    assert said.startswith(f"{path}: the raster of heights cannot be read (")
    assert said.endswith(
        "). Fetch it again; a raster that GDAL reads is needed, such as a GeoTIFF or "
        "HGT file."
    )


def test_a_raster_that_lies_nowhere(tmp_path):
    path = tiff(tmp_path / "dem.tif", CELLS, crs=None)
    assert sentence(lambda: with_elevation(at((10.5, 52.5)), [path])) == (
        f"{path}: the raster of heights names no coordinate system. Give it one, for "
        "example with `gdal_edit.py -a_srs EPSG:4326`."
    )


def test_a_zip_of_two_and_a_broken_zip(tmp_path):
    path = tmp_path / "dem.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.hgt", b"")
        archive.writestr("b.hgt", b"")
    whole = path.read_bytes()
    two = sentence(lambda: elevation.read(path, Vintage(), make_country(), {}))
    assert two == (
        f"{path}: the zip file must hold one raster and holds 2 files. Unpack it and "
        "name the raster itself as the source."
    )
    path.write_bytes(whole[:-30])
    broken = sentence(lambda: elevation.read(path, Vintage(), make_country(), {}))
    assert broken == (
        f"{path}: the zip file is cut short or damaged (File is not a zip file). Fetch "
        "it again."
    )
    gone = tmp_path / "gone.tif"
    absent = sentence(lambda: elevation.read(gone, Vintage(), make_country(), {}))
    assert absent == (
        f"{gone}: the file cannot be opened (No such file or directory). Run `paritet "
        "fetch` again or check the mirror."
    )


def test_a_country_names_its_tiles(tmp_path):
    nodes = [node(1, 25.5, 52.5), node(2, 25.6, 52.5)]
    texts = [xml(nodes, [way(1, [1, 2], highway="path")])]
    tile = tiff(tmp_path / "dem.tif", CELLS, origin=(25, 53))
    named = elevation.read(tile, Vintage(), make_country(), {})
    fed = [*feedings(tmp_path, texts), Feeding("dem", "2000-02-11", named)]
    roads = build_roads(stack(fed), make_country())
    assert roads.elevation.tolist() == pytest.approx([100, 110])


@pytest.mark.realdata
def test_north_bayreuth_on_srtm(mirror):
    roads = read_roads(mirror / "osm" / "north-bayreuth-2014.osm.gz")
    tiles = [mirror / "dem" / f"{name}.hgt.zip" for name in ("N49E011", "N50E011")]
    height = with_elevation(roads, tiles).elevation
    assert not np.isnan(height).any()  # the 28 voids lie elsewhere
    assert 300 < height.min() < 320
    assert 480 < height.max() < 510
    # bilinear stays between the cells that GDAL itself gives around the point
    with rasterio.open(f"/vsizip/{tiles[0]}/N49E011.hgt") as raster:
        south = np.flatnonzero(roads.lat < 49.99)[::20]
        points = list(zip(roads.lon[south], roads.lat[south], strict=True))
        near = np.array([value[0] for value in raster.sample(points)], float)
    assert len(south) > 100
    assert np.median(np.abs(height[south] - near)) < 3


@pytest.mark.realdata
def test_the_voids_of_srtm_are_unknown(mirror):
    voids = 0
    for name in ("N49E011", "N50E011"):
        tile = mirror / "dem" / f"{name}.hgt.zip"
        with rasterio.open(f"/vsizip/{tile}/{name}.hgt") as raster:
            rows, columns = np.nonzero(raster.read(1) == VOID)
            centres = [raster.xy(r, c) for r, c in zip(rows, columns, strict=True)]
        voids += len(centres)
        assert np.isnan(with_elevation(at(*centres), [tile]).elevation).all()
    assert voids == 28
