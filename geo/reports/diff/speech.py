"""What the sentences of the changelog share: names, people, places, notes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.reports.counting import counted, figure
from geo.reports.diff.compare import Diff
from geo.reports.diff.grid import Bools
from geo.reports.diff.law import Note
from geo.reports.diff.sums import Sum
from geo.reports.words import name_of, text_of
from geo.texts import wording

Ranked = tuple[tuple[float, float], str]


def ranked(people: float, settlements: float, text: str) -> Ranked:
    """Return a sentence with its rank: people first, then settlements."""
    return (-people, -settlements), text


def in_order(told: Sequence[Ranked]) -> list[str]:
    """Return sentences in the order of their rank; equals stay as they came."""
    return [text for _, text in sorted(told, key=lambda item: item[0])]


class Speaker:
    """One comparison, one language, and the part of it that is spoken of.

    Attributes
    ----------
    part
        Settlement x standard of the area and standard asked for.
    lines
        Sums over the whole part.
    """

    def __init__(
        self, diff: Diff, language: str, area: str | None, standard: str | None
    ) -> None:
        self.diff = diff
        self.language = language
        self.area = area
        self.phrases = wording("diff.say", language)
        self.part = diff.inside(area, standard)
        self.in_area = self.part.any(axis=1)
        self.lines = self._lines(area, standard)
        self.declared = diff.before.standards | diff.after.standards
        indicators = diff.before.indicators | diff.after.indicators
        self.units = {code: entry["unit"] for code, entry in indicators.items()}

    def _lines(self, area: str | None, standard: str | None) -> list[Sum]:
        found = self.diff.sums(area, standard)
        return [line for line in found if line.level == "country"]

    def title(self, standard: str) -> str:
        """Return the title of a standard."""
        return text_of(self.declared.get(standard, {}).get("title"), self.language)

    def area_name(self, area: str) -> str:
        """Return the name of an area, empty where it has none."""
        columns = ["id", "name", "name_ru", "name_be", "name_en"]
        for release in (self.diff.after, self.diff.before):
            if row := release.row("areas", area, columns):
                return name_of(row, self.language)
        return ""

    def note(self, note: Note) -> str:
        """Return what is not alike in the two releases."""
        name = f"{self.phrases[note.what]} {note.name}".strip()
        if note.what == "code":
            name = self.phrases["code"]
        if isinstance(note.before, dict) and isinstance(note.after, dict):
            return f"{name}: {self.phrases['declared']}"
        ends = [self._plain(end) for end in (note.before, note.after)]
        return self.phrases["from_to"].format(name=name, before=ends[0], after=ends[1])

    def _plain(self, value: Any) -> str:
        if value is None:
            return self.phrases["none"]
        if isinstance(value, dict):
            return str(value.get("id") or value.get("code") or self.phrases["declared"])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return figure(float(value), self.language, 6)
        return str(value)

    def people(self, number: float) -> str:
        """Return so many people."""
        return counted(round(number), self.language, "people")

    def places(self, line: Sum) -> str:
        """Return "212 villages and 3 towns", in the case that follows "in"."""
        other = line.settlements - line.villages - line.towns
        kinds = {
            "in_villages": line.villages,
            "in_urban_places": line.towns,
            "in_settlements": other,
        }
        parts = [
            counted(count, self.language, noun)
            for noun, count in kinds.items()
            if count
        ]
        said = _joined(parts, self.phrases["and"])
        lost = line.unknown_people
        if not lost or lost == line.settlements:
            return said
        return f"{said} ({self.lost(lost)})"

    def lost(self, count: int) -> str:
        """Return of how many places the population is unknown."""
        return self.phrases["no_people"].format(count=figure(count, self.language))

    def souls(self, who: Bools) -> str:
        """Return the people of these settlements, and of how many none is known."""
        lost = int(np.isnan(self.diff.people[who]).sum())
        if lost and lost == int(who.sum()):
            return self.phrases["nobody_knows"]
        said = self.people(float(np.nansum(self.diff.people[who])))
        return f"{said} ({self.lost(lost)})" if lost else said

    def line_people(self, line: Sum) -> str:
        """Return the people of a line, in words where none of them is known."""
        if line.unknown_people == line.settlements:
            return self.phrases["nobody_knows"]
        return self.people(line.people)


def _joined(parts: Sequence[str], last: str) -> str:
    if len(parts) < 2:  # noqa: PLR2004 (nothing to join)
        return "".join(parts)
    return ", ".join(parts[:-1]) + last + parts[-1]
