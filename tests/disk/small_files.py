"""Files that may not grow: the kernel refuses as a full or limited disk does."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def files_up_to(count: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``count`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


#: How every sentence about such a file ends.
TOO_LARGE = (
    "(File too large). Raise the limit of the size of a file (ulimit -f), or choose a "
    "disk that takes larger files."
)
