"""Sentences about the law: which norm changed from which day, and whom it binds."""

import math
from collections.abc import Iterable

import numpy as np

from geo.reports.counting import counted, long_date
from geo.reports.diff.grid import Bools
from geo.reports.diff.law import NormChange
from geo.reports.diff.may_bind import may_bind
from geo.reports.diff.speech import Ranked, Speaker, ranked
from geo.reports.words import act_of, bare, quantity, text_of


class NormSpeaker(Speaker):
    """Speaks of the rows of norms that came, went or have another limit."""

    def norms(self) -> Iterable[Ranked]:
        """Tell every change of a norm, and whom the new one binds."""
        for change in self.diff.norms:
            if change.standard not in self.diff.grid.standards:
                continue
            column = self.diff.grid.standards.index(change.standard)
            if not self.part[:, column].any():
                continue
            yield self._norm(change, column)

    def _norm(self, change: NormChange, column: int) -> Ranked:
        binding, open_ = self._bound(change, column)
        said = [self._norm_words(change)]
        if change.new is not None:
            said += self._bound_words(binding, open_)
        people = float(np.nansum(self.diff.people[binding | open_]))
        return ranked(people, int((binding | open_).sum()), " ".join(said))

    def _norm_words(self, change: NormChange) -> str:
        norm = change.new or change.old or {}
        indicator = self.declared[change.standard].get("indicator", "")
        unit = self.units.get(indicator, "")
        since = self.phrases["since_unknown"]
        if norm.get("valid_from"):
            day = long_date(norm["valid_from"], self.language)
            since = self.phrases["since"].format(day=day)
        was, now = change.limits
        old = "" if math.isnan(was) else quantity(was, unit, self.language)
        new = "" if math.isnan(now) else quantity(now, unit, self.language)
        which = "norm_came" if new else "norm_went"
        before, after = (
            bool(one.standards.get(change.standard, {}).get("unread"))
            for one in (self.diff.before, self.diff.after)
        )
        if (after and not new) or (before and not old):
            which = "norm_read" if new else "norm_unread"
        if old and new:
            which, old = "norm", bare(was, unit, self.language)
        if was == now:
            which = "norm_other"
        return (
            self.phrases[which].format(
                since=since, title=self.title(change.standard), old=old, new=new,
                label=text_of(norm.get("label"), self.language) or change.id,
                act=act_of(norm, self.language),
            )
        )  # fmt: skip

    def _bound(self, change: NormChange, column: int) -> tuple[Bools, Bools]:
        """Return whom the norm certainly binds, and whom it may bind."""
        pair = self.diff.grid
        side = pair.after
        mine = self.part[:, column] & side.judged[:, column]
        binding = side.texts["norm_id"][:, column] == pair.code(change.id)
        recorded, held = may_bind(pair, side, change.standard, change.id)
        # an older release records no rows: whose norm moved and is open may be meant
        moved = self.diff.causes.flags["norm"][:, column]
        unsure = np.isnan(side.reals["norm"][:, column]) & moved
        open_ = np.where(recorded, held, unsure)
        return mine & binding, mine & open_ & ~binding

    def _bound_words(self, binding: Bools, open_: Bools) -> list[str]:
        said = []
        if binding.any():
            said.append(self._whom("binds", binding, "to_settlements"))
        else:
            said.append(self.phrases["binds_nobody"])
        if open_.any():
            which = "may_bind" if binding.any() else "may_bind_all"
            said.append(self._whom(which, open_, "of_settlements"))
        return said

    def _whom(self, phrase: str, who: Bools, noun: str) -> str:
        places = counted(int(who.sum()), self.language, noun)
        people = self.souls(who)
        return self.phrases[phrase].format(places=places, people=people)
