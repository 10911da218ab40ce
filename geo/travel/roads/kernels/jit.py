"""How the search loops are compiled: once, on first use, and kept on disk."""

import logging
from collections.abc import Callable
from functools import cache
from typing import TypeVar, cast

import numba

from geo.settings import settings

Function = TypeVar("Function", bound=Callable[..., object])
_FOLDER = "kernels"


def kernel(function: Function) -> Function:
    """Compile a loop over arrays; it runs without the interpreter's lock.

    Nothing is compiled before the first call. The machine code is kept where
    ``NUMBA_CACHE_DIR`` says, else beside the module, else in the user's cache; a
    service that may write to none of them keeps it below ``PARITET_CACHE``, and where
    that cannot be written either it is compiled anew in each run.
    """
    kept = numba.njit(cache=True, nogil=True)
    try:
        return cast("Function", kept(function))
    except RuntimeError:  # numba found no folder that it may write to
        folder = str(settings().cache.absolute() / _FOLDER)
        numba.config.CACHE_DIR = folder  # type: ignore[attr-defined]
    try:
        return cast("Function", kept(function))
    except RuntimeError:
        _tell_once(folder)
        return cast("Function", numba.njit(nogil=True)(function))


@cache
def _tell_once(folder: str) -> None:
    logging.getLogger(__name__).warning(
        "the searches are compiled anew in each run, which takes a minute: %s cannot "
        "be written. Set PARITET_CACHE to a folder that you may write to.",
        folder,
    )
