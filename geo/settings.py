"""Where things lie on this machine; secrets come from the environment only."""

import os
from functools import lru_cache
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DECLARATIONS = Path(__file__).resolve().parent.parent / "data"
#: The cache of who has no home, as services have none: beside releases and supplied.
HOMELESS_CACHE = Path(".cache", "paritet")


def cache_folder() -> Path:
    """Return the user's cache folder, or one below the working folder without a home.

    Nothing is made. A folder that is there is taken even if it is read-only; what is
    missing must be possible to make.
    """
    try:
        folder = user_cache_path("paritet")
    except RuntimeError:  # neither HOME nor the system's list of users names a home
        return HOMELESS_CACHE
    if os.path.exists(folder):  # noqa: PTH110 - Path.exists raises where it may not look
        return folder
    above = next(p for p in folder.parents if os.path.exists(p))  # noqa: PTH110
    usable = folder.is_absolute() and os.access(above, os.W_OK | os.X_OK)
    return folder if usable else HOMELESS_CACHE


class Settings(BaseSettings):
    """Folders and tokens, each overridden by ``PARITET_<NAME>``.

    ``data`` is a second declarations folder that is laid over the project's own;
    ``mirror`` is where sources are taken from when a command does not say.
    """

    model_config = SettingsConfigDict(env_prefix="PARITET_", env_ignore_empty=True)

    releases: Path = Path("releases")
    supplied: Path = Path("supplied")
    data: Path | None = None
    cache: Path = Field(default_factory=cache_folder)
    mirror: str | None = None
    opencellid_token: SecretStr | None = None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()


def declaration_dirs(overlay: Path | None = None) -> tuple[Path, ...]:
    """Return the declarations folders, the overlay (if any) last.

    Parameters
    ----------
    overlay
        A ministry's own folder; its files win over the project's.
    """
    chosen = overlay or settings().data
    return (DECLARATIONS,) if chosen is None else (DECLARATIONS, chosen)
