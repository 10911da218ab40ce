"""How the search loops are compiled: once, on first use, and kept on disk."""

import logging
import os
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar, cast

from geo.settings import settings

Function = TypeVar("Function", bound=Callable[..., object])
_FOLDER = "kernels"
#: two threads may come to a loop first; a loop that is compiled compiles others
_MAKING = RLock()


def kernel(function: Function) -> Function:
    """Compile a loop over arrays; it runs without the interpreter's lock.

    Nothing is compiled, and numba not imported, before the first call. The machine
    code is kept where ``NUMBA_CACHE_DIR`` says, else beside the module, else (a service
    may not write there) below ``PARITET_CACHE``; where nothing can be written it is
    compiled anew in each run, which is said once.
    """
    return cast("Function", _Kernel(function))


class _Kernel:
    """A loop that is compiled when it, or a compiled loop that calls it, is called."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function
        self._made: Any = None
        update_wrapper(self, function)

    def __call__(self, *args: Any) -> Any:
        return self.compiled(*args)

    @property
    def compiled(self) -> Any:
        """Return the loop as numba has it, made when it is first asked for."""
        if self._made is None:
            with _MAKING:
                if self._made is None:
                    self._made = _compiled(self._function)
        return self._made


@cache
def _numba() -> Any:
    """Return numba, which has learned what a kernel is that another one calls."""
    import numba  # noqa: PLC0415 - most of a second that most commands can spare
    from numba.extending import typeof_impl  # noqa: PLC0415

    @typeof_impl.register(_Kernel)
    def _typed(called: _Kernel, _context: object) -> Any:
        typeof: Any = numba.typeof
        return typeof(called.compiled)

    return numba


def _compiled(function: Callable[..., object]) -> Any:
    numba = _numba()
    config: Any = numba.config
    if not (config.CACHE_DIR or _writable_beside(__file__)):
        config.CACHE_DIR = str(settings().cache.absolute() / _FOLDER)
        # without a home numba's own choice would be a folder named ~, wherever we are
        config.CACHE_LOCATOR_CLASSES = "UserProvidedCacheLocator"
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder that it may write to
        _tell_once()
        return numba.njit(nogil=True)(function)


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
