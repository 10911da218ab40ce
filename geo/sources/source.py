"""One dataset vintage: where it comes from, what it hashes to, how it may travel."""

from dataclasses import MISSING, dataclass, fields, replace
from pathlib import PurePosixPath

TOKEN_MARK = "{token}"  # noqa: S105 - the placeholder, not a secret
TILE_MARK = "{tile}"


@dataclass(frozen=True)
class Source:
    """One dataset vintage; the fields are the columns of ``sources.csv``.

    Attributes
    ----------
    id, version
        Name of the dataset and of its vintage; together they are unique.
    date
        Day the data speaks of (ISO); the date of its values where the file itself
        does not tell better.
    title
        Name of the dataset in English.
    publisher_url
        Address of the very file, or empty where the publisher serves no such file.
        ``{token}`` stands for the user's token, ``{tile}`` for a tile's name.
    homepage
        Page that describes the dataset.
    mirror
        Path of the file inside a mirror, with ``/``.
    sha256
        Hash of the file, lower-case hexadecimal, or empty where it changes.
    spdx
        SPDX licence expression; ``LicenseRef-`` names what SPDX has no word for.
    share_alike
        Whether derived databases must carry the same licence.
    redistribute
        ``yes``, ``derived`` (only what is computed from it) or ``no``.
    token_env
        Environment variable that holds the user's token, or empty.
    attribution_ru, attribution_be, attribution_en
        The credit line that stands on every map and export.
    note
        Remarks and cautions.
    redirect_hosts
        Further hosts, parted by blanks, that the publisher may redirect to; the
        column may be missing.
    """

    id: str
    version: str
    date: str
    title: str
    publisher_url: str
    homepage: str
    mirror: str
    sha256: str
    spdx: str
    share_alike: bool
    redistribute: str
    token_env: str
    attribution_ru: str
    attribution_be: str
    attribution_en: str
    note: str
    redirect_hosts: str = ""

    @property
    def file_name(self) -> str:
        """Name of the file, the last part of its mirror path."""
        return PurePosixPath(self.mirror).name

    @property
    def attribution(self) -> dict[str, str]:
        """Credit line by language."""
        return {
            "ru": self.attribution_ru,
            "be": self.attribution_be,
            "en": self.attribution_en,
        }

    @property
    def url(self) -> str:
        """Public address for a manifest: the file's, else the page's; no token."""
        return self.publisher_url or self.homepage

    @property
    def non_commercial(self) -> bool:
        """Whether the licence forbids commercial use."""
        return "-NC-" in f"-{self.spdx}-"

    @property
    def licence_line(self) -> str:
        """One line that says which licence applies and what it asks for.

        Examples
        --------
        >>> source = Source("x", "1", "2026-01-01", "Roads", "", "", "x.csv", "",
        ...     "ODbL-1.0", True, "yes", "", "", "", "© OpenStreetMap", "")
        >>> source.licence_line
        'Roads (x, version 1): ODbL-1.0, share alike; © OpenStreetMap'
        """
        terms = [self.spdx]
        if self.share_alike:
            terms.append("share alike")
        if self.redistribute == "no":
            terms.append("not for redistribution")
        elif self.redistribute == "derived":
            terms.append("only derived values may be redistributed")
        credit = f"; {self.attribution_en}" if self.attribution_en else ""
        return f"{self.title} ({self.id}, version {self.version}): " + (
            ", ".join(terms) + credit
        )

    @property
    def is_tiled(self) -> bool:
        """Whether the row stands for a set of tiles; see :meth:`tile`."""
        return TILE_MARK in self.mirror

    def tile(self, name: str) -> "Source":
        """Return the source of one tile of a tiled dataset, such as ``N53_00_E027``."""
        return replace(
            self,
            id=f"{self.id}-{name.lower()}",
            publisher_url=self.publisher_url.replace(TILE_MARK, name),
            mirror=self.mirror.replace(TILE_MARK, name),
        )


#: columns of ``sources.csv`` that must be there, and those that may
COLUMNS = tuple(f.name for f in fields(Source) if f.default is MISSING)
OPTIONAL_COLUMNS = tuple(f.name for f in fields(Source) if f.default is not MISSING)
