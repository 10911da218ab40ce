"""A built country says what the columns and the API's definition declare."""

import pyarrow as pa
from starlette.testclient import TestClient

from api.app import create_app
from geo.layers.schema import TABLES
from geo.release.read import open_release
from tests.api.definition import Definition


def test_columns_hold_the_words_that_they_declare(small):
    release = open_release(small.built.published.path)
    seen = 0
    for name, table in TABLES.items():
        rows = release.table(name)
        for column in table.columns:
            if column.words:
                values = rows[column.name]
                if pa.types.is_list(column.type):
                    values = values.combine_chunks().flatten()
                held = set(values.unique().to_pylist()) - {None}
                assert held <= set(column.words), (name, column.name)
                seen += len(held)
    assert seen > 100


def test_answers_are_what_the_definition_says(small):
    with TestClient(create_app(small.settings.releases)) as client:
        assert Definition(client).all_faults(most=30) == []
