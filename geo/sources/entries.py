"""Files of declarations that are lists of entries, each with its name."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from geo.errors import DeclarationError
from geo.sources.country import validation_sentence
from geo.yaml_file import read_mapping

Model = TypeVar("Model", bound=BaseModel)


def entries_of(path: Path, part: str, model: type[Model], name: str) -> Iterator[Model]:
    """Yield the entries of one part of a file.

    Parameters
    ----------
    path
        The file.
    part
        Its key, such as ``indicators``.
    model
        What an entry must be.
    name
        The key that names an entry.

    Raises
    ------
    DeclarationError
        If there is no such list, or an entry does not say what it must; names the
        entry and the key.
    """
    listed = read_mapping(path).get(part)
    if not isinstance(listed, list):
        raise DeclarationError(
            f"no list under the key {part!r}",
            where=str(path),
            remedy=f"Restore {path.name} from the project.",
        )
    for number, entry in enumerate(listed, 1):
        called = entry.get(name, number) if isinstance(entry, dict) else number
        try:
            yield model.model_validate(entry)
        except ValidationError as error:
            raise DeclarationError(
                validation_sentence(error),
                where=f"{path}, {part}, entry {called}",
                remedy="The comments of the file explain every key.",
            ) from error
