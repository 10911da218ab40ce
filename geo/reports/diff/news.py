"""The changelog that a newspaper could print: plain sentences, people first."""

from collections.abc import Iterable

import numpy as np

from geo.reports.counting import counted, figure, long_date
from geo.reports.diff.compare import Diff
from geo.reports.diff.grid import Bools, same
from geo.reports.diff.norm_news import NormSpeaker
from geo.reports.diff.scores import ScoreSplit
from geo.reports.diff.speech import Ranked, in_order, ranked
from geo.reports.diff.sums import Sum
from geo.reports.words import text_of
from geo.texts import spoken, wording
from geo.types import Reason, Status, Verdict

_NAMED = 5
_NOTES_TOLD = 6
_OPEN = (Verdict.UNKNOWN, Verdict.NO_NORM, Verdict.NOT_DUE)
#: statuses under which a population was counted or stated, not estimated
_COUNTED = (Status.MEASURED, Status.DECLARED)


def changelog(
    diff: Diff,
    language: str = "ru",
    area: str | None = None,
    standard: str | None = None,
    limit: int = 30,
) -> list[str]:
    """Return the sentences, the most important first.

    Parameters
    ----------
    diff
        From :func:`geo.reports.diff.compare.compare`.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.
    area, standard
        Only of this area, of this standard.
    limit
        How many changes are told; the rest is counted.
    """
    news = _News(diff, spoken(language), area, standard)
    if diff.before.id == diff.after.id:
        return [*news.head(), news.phrases["same"]]
    told = [*news.norms(), *news.changes(), *news.lists()]
    body = in_order(told)[:limit]
    if len(told) > limit:
        body.append(news.more(len(told) - limit))
    return [
        *news.head(),
        *(body or [news.phrases["nothing"]]),
        *news.scores(),
        *news.unknowns(),
        *news.tail(),
    ]


class _News(NormSpeaker):
    def head(self) -> list[str]:
        before, after = self.diff.before, self.diff.after
        place = text_of(after.manifest["country"].get("names"), self.language)
        if self.area is not None:
            place = self.area_name(self.area) or place
        out = [
            self.phrases["title"].format(
                place=place,
                before=long_date(before.on, self.language),
                after=long_date(after.on, self.language),
            )
        ]
        if after.synthetic:
            out.append(self.phrases["synthetic"])
        if self.diff.notes:
            said = self._unlike()
            out.append(self.phrases["unlike"].format(what=said))
        return out

    def changes(self) -> Iterable[Ranked]:
        for line in self.lines:
            if line.before is None or line.after is None:
                continue
            said = self._said(line)
            if said is not None:
                yield ranked(line.people, line.settlements, said)

    def _said(self, line: Sum) -> str | None:
        common = {
            "title": self.title(line.standard),
            "people": self.line_people(line),
            "places": self.places(line),
            "cause": self._causes(line),
        }
        if line.before != line.after:
            return self.phrases["change"].format(
                before=wording("verdicts.before", self.language)[str(line.before)],
                after=self._after(line),
                **common,
            )
        if line.after in _OPEN or not (line.service or line.strictness or line.gap):
            return None  # nothing is certain that a reader could use
        said = wording("verdicts.same", self.language)[str(line.after)]
        if line.gap:
            moved = wording("gaps", self.language)
            said += ", " + moved["larger" if line.gap > 0 else "smaller"]
        return self.phrases["still"].format(same=said, **common)

    def _after(self, line: Sum) -> str:
        verdict = str(line.after)
        words = dict(wording("verdicts.after", self.language))
        if line.before not in (Verdict.KEPT, Verdict.BREACHED):
            words |= wording("verdicts.after_alone", self.language)
        return words[verdict]

    def _causes(self, line: Sum) -> str:
        words = wording("diff.causes", self.language)
        said = []
        for cause in line.causes:
            signs = {"value": line.service, "norm": line.strictness}
            sign = {1: "+", -1: "-", 0: ""}[signs.get(cause, 0)]
            of_norm = self._of_norm(line) if cause == "norm" else None
            said.append(words[of_norm or cause + sign])
        if line.causes == ("source",) and self._all(line, self._stale()):
            said = [self.phrases["stale"]]
        if line.causes == ("population",) and self._all(line, self._wider()):
            said = [self.phrases["wider"]]
        return self.phrases["and"].join(said)

    def _unlike(self) -> str:
        """Return the first notes and how many more; the record has them all."""
        notes = self.diff.notes
        told = [self.note(note) for note in notes[:_NOTES_TOLD]]
        if more := len(notes) - len(told):
            count = figure(more, self.language)
            told.append(self.phrases["more_notes"].format(count=count))
        return "; ".join(told)

    @staticmethod
    def _of_norm(line: Sum) -> str | None:
        """Return what became of the norm where "stricter" is not the word for it."""
        if Verdict.NOT_DUE in (line.before, line.after):
            return "due"
        if line.strictness and line.after == Verdict.NO_NORM:
            return "ended"
        if line.strictness and line.before == Verdict.NO_NORM:
            return "began"
        return None

    def _all(self, line: Sum, where: Bools) -> bool:
        """Tell whether something holds for every answer of a line of one cause."""
        pair, found = self.diff.grid, self.diff.causes
        column = pair.standards.index(line.standard)
        mine = self.part[:, column] & found.rows[:, column]
        for name, flag in found.flags.items():
            mine &= flag[:, column] == (name in line.causes)
        for side, verdict in zip(pair.sides, (line.before, line.after), strict=True):
            mine &= side.texts["verdict"][:, column] == pair.code(str(verdict))
        return bool(where[mine, column].all())

    def _stale(self) -> Bools:
        pair = self.diff.grid
        return np.asarray(pair.after.texts["reason"] == pair.code(Reason.STALE))

    def _wider(self) -> Bools:
        """Return where only the range of the people has grown."""
        old, new = (side.people for side in self.diff.grid.sides)
        still = same(old["population"], new["population"])
        still &= new["population_low"] <= old["population_low"]
        still &= new["population_high"] >= old["population_high"]
        return np.broadcast_to(still[:, None], self.part.shape)

    def lists(self) -> Iterable[Ranked]:
        pair = self.diff.grid
        for name, side, other in (
            ("new", pair.after, pair.before),
            ("gone", pair.before, pair.after),
        ):
            who = side.here & ~other.here & self.in_area
            if who.any():
                yield self._listed(name, who)
            for number, standard in enumerate(pair.standards):
                mine = (
                    side.judged[:, number].any() and not other.judged[:, number].any()
                )
                if mine and self.part[:, number].any():
                    yield self._standard(name, standard, number)

    def _listed(self, name: str, who: Bools) -> Ranked:
        side = self.diff.grid.after if name == "new" else self.diff.grid.before
        column = f"name_{self.language}"
        rows = side.row[who].tolist()
        names, own = side.places["name"].to_pylist(), side.places[column].to_pylist()
        shown = [own[row] or names[row] or "?" for row in rows[:_NAMED]]
        more = " …" if len(rows) > _NAMED else ""
        people = float(np.nansum(self.diff.people[who]))
        text = self.phrases[name].format(
            places=counted(len(rows), self.language, "settlements"),
            people=self.people(people),
            names=f" ({', '.join(shown)}{more})",
        )
        return ranked(people, len(rows), str(text))

    def _standard(self, name: str, standard: str, number: int) -> Ranked:
        side = self.diff.grid.after if name == "new" else self.diff.grid.before
        who = side.judged[:, number] & self.part[:, number]
        said = []
        for verdict in Verdict:
            mine = who & (
                side.texts["verdict"][:, number] == self.diff.grid.code(verdict.value)
            )
            if mine.any():
                people = self.people(float(np.nansum(self.diff.people[mine])))
                now = wording("verdicts.now", self.language)[verdict.value]
                said.append(f"{people} — {now}")
        text = self.phrases[f"{name}_standard"].format(
            title=self.title(standard), verdicts="; ".join(said)
        )
        return ranked(
            float(np.nansum(self.diff.people[who])), int(who.sum()), str(text)
        )

    def scores(self) -> Iterable[str]:
        wanted = self.area
        for split in self.diff.scores():
            mine = split.level == "country" if wanted is None else split.area == wanted
            if mine and split.parts and split.before != split.after:
                yield self._score(split)

    def _score(self, split: ScoreSplit) -> str:
        said = []
        for cause, share in split.parts.items():
            if abs(share) >= 5e-5:  # noqa: PLR2004 (what four decimals show)
                key = cause if cause in ("unsplit", "composition") else f"score_{cause}"
                sign = "+" if share > 0 else ""
                number = f"{sign}{figure(share, self.language, 4)}"
                said.append(
                    self.phrases["score_part"].format(
                        cause=self.phrases[key], share=number
                    )
                )
        return self.phrases["score"].format(
            area=self.area_name(split.area) or split.area,
            before=figure(split.before or 0.0, self.language, 4),
            after=figure(split.after or 0.0, self.language, 4),
            parts=", ".join(said) or self.phrases["score_same"],
        )

    def unknowns(self) -> Iterable[str]:
        pair = self.diff.grid
        told = []
        for number, standard in enumerate(pair.standards):
            who = pair.after.texts["verdict"][:, number] == pair.code(Verdict.UNKNOWN)
            who &= pair.after.judged[:, number] & self.part[:, number]
            if not who.any():
                continue
            people = float(np.nansum(self.diff.people[who]))
            count = int(who.sum())
            lost = int(np.isnan(self.diff.people[who]).sum())
            places = counted(count, self.language, "in_settlements")
            if lost:
                places += f" ({self.lost(lost)})"
            text = self.phrases["unknown"].format(
                title=self.title(standard), people=self.people(people), places=places
            )
            told.append(ranked(people, count, str(text)))
        return in_order(told)

    def more(self, count: int) -> str:
        said = counted(count, self.language, "changes")
        return self.phrases["more"].format(count=said)

    def tail(self) -> Iterable[str]:
        moved = int((self.diff.causes.bounds_only & self.part).sum())
        if moved:
            count = counted(moved, self.language, "of_answers")
            yield self.phrases["bounds"].format(count=count)
        side = self.diff.grid.after
        status = side.places["population_status"].to_pylist()
        guessed = np.array([one not in _COUNTED for one in status], bool)
        who = np.zeros(len(side.here), bool)
        who[side.here] = guessed[side.row[side.here]]
        ids = {"before": self.diff.before.id, "after": self.diff.after.id}
        yield self.phrases["releases"].format(**ids)
        guesses = int((who & self.in_area).sum())
        if guesses:
            places = counted(guesses, self.language, "of_settlements")
            yield self.phrases["estimated"].format(places=places)
