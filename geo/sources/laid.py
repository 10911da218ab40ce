"""Declarations of the project that an overlay or a country may change key by key."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import Country, read_laid, validation_sentence

Declared = TypeVar("Declared", bound=BaseModel)


def load_laid(
    country: Country, file: Path, model: type[Declared], remedy: str
) -> Declared:
    """Return what a file says of a country, the later word of each key standing.

    Parameters
    ----------
    country
        Whose folder may hold the file.
    file
        Its name: of the project's folder, of overlays, and of the country's own.
    model
        What it must say.
    remedy
        Where its keys are explained.

    Raises
    ------
    DeclarationError
        If a file does not say what it must; names file and key.
    """
    # the project's own stands under all overlays, even of a country made in memory
    shared = [DECLARATIONS, *(folder.parents[1] for folder in country.folders)]
    files = [folder / file for folder in dict.fromkeys(shared)]
    paths = [*(path for path in files if path.is_file()), *country.files(file.name)]
    try:
        return model.model_validate(read_laid(paths))
    except ValidationError as error:
        raise DeclarationError(
            validation_sentence(error), where=str(paths[-1]), remedy=remedy
        ) from error
