"""How the search loops are compiled: once, on first use, and kept on disk."""

import logging
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from geo.settings import settings

Function = TypeVar("Function", bound=Callable[..., object])
_FOLDER = "kernels"


def kernel(function: Function) -> Function:
    """Compile a loop over arrays; it runs without the interpreter's lock.

    Nothing is compiled before the first call. The machine code is kept where
    ``NUMBA_CACHE_DIR`` says, else beside the module, else (a service may not write
    there) below ``PARITET_CACHE``; where nothing can be written it is compiled anew in
    each run, which is said once.
    """
    config: Any = numba.config
    if not (config.CACHE_DIR or _writable_beside(__file__)):
        config.CACHE_DIR = str(settings().cache.absolute() / _FOLDER)
        # without a home numba's own choice would be a folder named ~, wherever we are
        config.CACHE_LOCATOR_CLASSES = "UserProvidedCacheLocator"
    try:
        return cast("Function", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # numba found no folder that it may write to
        _tell_once()
        return cast("Function", numba.njit(nogil=True)(function))


@cache
def _writable_beside(module: str) -> bool:
    """Return whether Python's own folder of compiled code takes ours too."""
    folder = Path(module).parent
    kept = folder / "__pycache__"
    return os.access(kept if kept.is_dir() else folder, os.W_OK | os.X_OK)


@cache
def _tell_once() -> None:
    logging.getLogger(__name__).warning(
        "the searches are compiled anew in each run, which takes a minute: %s cannot "
        "be written. Set PARITET_CACHE to a folder that you may write to.",
        settings().cache,
    )
