"""Acts and sources of a page: cited by number, written out once below the tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.reports.passport.grammar import day
from geo.reports.words import text_of
from geo.texts import wording

ASSUMPTION = "assumption:"


class Acts:
    """The acts that a page cites, numbered in the order in which they come up."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._numbers: dict[str, int] = {}

    def cite(self, norms: Iterable[Mapping[str, Any]]) -> str:
        """Return the marks of the acts of these norm rows, such as ``[1], [2]``."""
        texts = dict.fromkeys(self._text(norm) for norm in norms)
        marks = [self._numbers.setdefault(t, len(self._numbers) + 1) for t in texts]
        return ", ".join(f"[{mark}]" for mark in marks)

    def lines(self) -> tuple[str, ...]:
        """Return what stands behind the marks."""
        return tuple(f"[{number}] {text}" for text, number in self._numbers.items())

    def _text(self, norm: Mapping[str, Any]) -> str:
        words = wording("passport.words", self._language)
        source = norm["source"]
        parts = [source.get("act"), source.get("title")]
        if source.get("item"):
            parts.append(f"{words['item']} {source['item']}")
        if source.get("revision"):
            parts.append(f"{words['revision']} {source['revision']}")
        parts.append(source.get("url"))
        checked = norm.get("verified")
        if norm.get("confidence") == "verified" and checked:
            said = wording("passport.sentences", self._language)["verified"].format(
                by=checked["by"], day=day(self._language, checked["date"])
            )
        else:
            said = wording("confidences", self._language)["reported"]
        return "; ".join(str(part) for part in (*parts, said) if part)


class Readings:
    """How the project reads what the acts leave open, numbered as they come up."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._numbers: dict[str, int] = {}

    def cite(self, norms: Iterable[Mapping[str, Any]]) -> str:
        """Return the numbers of the readings of these norm rows; empty: none."""
        said = (text_of(norm.get("reading"), self._language) for norm in norms)
        texts = dict.fromkeys(text for text in said if text)
        marks = [self._numbers.setdefault(t, len(self._numbers) + 1) for t in texts]
        return ", ".join(map(str, marks))

    def lines(self) -> tuple[str, ...]:
        """Return what stands behind the numbers."""
        return tuple(f"{number}. {text}" for text, number in self._numbers.items())


class Sources:
    """The sources that a page draws on, with attribution and licence."""

    def __init__(self, manifest: Mapping[str, Any], language: str) -> None:
        self._language = language
        self._inputs = {row["source"]: row for row in manifest.get("inputs", [])}
        self._assumed = {
            f"{ASSUMPTION}{row['id']}": row for row in manifest.get("assumptions", [])
        }
        self._operators = {
            row["id"]: str(row["name"]) for row in manifest.get("operators", [])
        }
        self._used: dict[str, None] = {}

    def use(self, named: str | None) -> tuple[str, ...]:
        """Note the sources of a value (``a, b``) and return what each is called."""
        found = [part.strip() for part in (named or "").split(",") if part.strip()]
        self._used |= dict.fromkeys(found)
        return tuple(dict.fromkeys(self._name(source) for source in found))

    def supplier(self, given: str | None) -> str:
        """Return who supplied a value; an operator by its name."""
        return self._operators.get(given or "", given or "")

    def lines(self) -> tuple[str, ...]:
        """Return attribution and licence of every source used, each line once."""
        return tuple(dict.fromkeys(self._line(source) for source in self._used))

    def _name(self, source: str) -> str:
        if source in self._assumed:
            return wording("passport.words", self._language)["assumption"].lower()
        row = self._inputs.get(source, {})
        return text_of(row.get("attribution"), self._language) or source

    def _line(self, source: str) -> str:
        sentences = wording("passport.sentences", self._language)
        assumed = self._assumed.get(source)
        if assumed is not None:
            said = sentences["stated_by"].format(
                statement=text_of(assumed["statement"], self._language),
                by=assumed.get("stated_by") or "?",
            )
            return f"{wording('passport.words', self._language)['assumption']}: {said}"
        row = self._inputs.get(source)
        if row is None:
            return source
        return sentences["input"].format(
            attribution=self._name(source), licence=row["licence"]
        )
