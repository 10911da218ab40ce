"""How the search loops are compiled: once, on first use, and kept on disk."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile a loop over arrays; it runs without the interpreter's lock.

    Nothing is compiled before the first call. The machine code is kept beside the
    module, or in the user's cache where that folder is read-only.
    """
    return cast("Function", numba.njit(cache=True, nogil=True)(function))
