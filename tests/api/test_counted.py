"""What is counted nowhere is in no list, and is there by its id, with its mark."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.api.tiny import manifest_in, seal, write_release

MARKED = {"zz:02": ("duplicate_of", "zz:01"), "zz:03": ("foreign", "pl")}


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    root = tmp_path_factory.mktemp("marked")
    folder = write_release(root)
    path = folder / "settlements.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        column, value = MARKED.get(row["id"], ("foreign", None))
        row[column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    seal(folder, manifest_in(folder))
    with TestClient(create_app(root)) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/v1/settlements?", "/v1/agrogorodoks?", "/v1/settlements?name=а&"]
)
def test_lists_leave_it_out_unless_asked(marked, client, path):
    def ids(of, query=""):
        return {row["id"] for row in of.get(path + query).json()["items"]}

    whole = ids(client)
    assert ids(marked) == whole - MARKED.keys()
    assert ids(marked, "uncounted=true") == whole


def test_features_leave_it_out(marked):
    page = marked.get("/collections/zz-settlements/items?limit=100").json()
    assert page["numberMatched"] == 10
    assert not MARKED.keys() & {one["id"] for one in page["features"]}


@pytest.mark.parametrize(("id_", "mark"), MARKED.items())
def test_by_its_id_it_is_there_with_its_mark(marked, id_, mark):
    column, value = mark
    card = marked.get(f"/v1/settlements/{id_}").json()
    assert card["settlement"][column] == value
    feature = marked.get(f"/collections/zz-settlements/items/{id_}").json()
    assert feature["properties"][column] == value
