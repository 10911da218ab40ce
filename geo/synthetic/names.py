"""Invented place names in Russian, Belarusian and Latin letters.

The stems mean nothing and belong to no real place; the endings and the spelling
rules are those of the languages, so that matching, sorting and labels meet what
they meet in real data (ў, і, ё, akanne, soft consonants).

A name is built with ``+`` after its stressed vowel: ``"Кромза+льск"``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.synthetic.declared import CAPITAL, RAION_TOWNS, TOWNS
from geo.synthetic.streams import drawn
from geo.types import Kind

_VOWELS = frozenset("аеёиоуыэюяі")
_SOFTENING = frozenset("еёиюяь")
_ALWAYS_HARD = frozenset("жшчрц")
_CYRILLIC_LETTERS = "абвгдеёжзійклмнопрстуўфхцчшыьэюя"
_LATIN_LETTERS = (
    "a b v h d ye yo zh z i y k l m n o p r s t u w f kh ts ch sh y ' e yu ya"
)
STRESS_MARK = "´"

_HEADS = (
    "Бл Бр Вл Вр Гл Гр Др Жв Жм Зв Зл Кв Кл Кр Мл Мр Пл Пр Пш Св Скр Сл См Тв Тр "
    "Хв Хл Хр Шк Шл Шм Щ Х Ж Б Г Д К М П"
)
_FIRST_VOWELS = "а о у и е"
_MIDDLES = "мз рд лг нз вж дм рш зл жл рн лм вд гл мб рз лд нд зм рч жн шт бл пш рг вз"
_STRESSED_VOWELS = "а у и о е ё"
_TAILS = "л н р м д ж б з г ш"
_PARTS = (_HEADS, _FIRST_VOWELS, _MIDDLES, _STRESSED_VOWELS, _TAILS)

#: endings after a stem with stress on its last vowel; those of a selsovet centre
#: are the ones that have a plain adjective, made from the stem beside
_ADJECTIVE_STEM = {"ово": "ов", "ичи": "ич", "ино": "ин", "аны": "ан", "овка": "ов"}
_CENTRE_ENDINGS = tuple(_ADJECTIVE_STEM)
_VILLAGE_ENDINGS = (*_CENTRE_ENDINGS, "овцы", "ище", "уны", "яты", "евка")
_PLURAL_ENDINGS = ("ичи", "аны", "овцы", "уны", "яты")
#: before a plural name, in Russian and Belarusian
_PREFIXES = {
    "Большие": "Вялікія",
    "Малые": "Малыя",
    "Новые": "Новыя",
    "Старые": "Старыя",
    "Верхние": "Верхнія",
    "Нижние": "Ніжнія",
}


@dataclass(frozen=True)
class Name:
    """One name in three languages; ``marked`` is the Russian form with its stress."""

    marked: str
    ru: str
    be: str
    en: str


def spelled(marked: str, prefix: str = "") -> Name:
    """Return the three forms of a Russian name whose stress is marked with ``+``.

    Examples
    --------
    >>> name = spelled("Вежбу+нск")
    >>> name.ru, name.be, name.en
    ('Вежбунск', 'Вяжбунск', 'Vyazhbunsk')
    >>> spelled("Кромза+лово").be
    'Крамзалава'
    """
    ru = marked.replace("+", "")
    be = "Дэмаград" if ru == "Демоград" else belarusian(marked)
    if prefix:
        ru, be = f"{prefix} {ru}", f"{_PREFIXES[prefix]} {be}"
    return Name(marked, ru, be, latin(be))


def belarusian(marked: str) -> str:
    """Return the Belarusian spelling of a Russian name with marked stress.

    Unstressed о becomes а, е before the stress я, hard consonants keep ы and э,
    т and д before a soft sign ц and дз, в after a vowel ў.

    Examples
    --------
    >>> belarusian("Хлундо+вск"), belarusian("Дми+тищи"), belarusian("Бордя+ты")
    ('Хлундоўск', 'Дміцішчы', 'Бардзяты')
    """
    stress = marked.find("+") - 1
    letters = marked.replace("+", "").lower()
    before = [i for i in range(stress) if letters[i] in _VOWELS]
    pretonic = before[-1] if before else -1
    out: list[str] = []
    for i, letter in enumerate(letters):
        last = letters[i - 1] if i else ""
        after = letters[i + 1] if i + 1 < len(letters) else ""
        if letter in _VOWELS or letter == "ь":
            sound = _vowel(letter, last, stressed=i == stress, near=i == pretonic)
            out.append("а" if sound == "э" and i and not after else sound)
        else:
            out.append(_consonant(letter, last, after))
    text = "".join(out)
    for russian, native in (("чскій", "цкі"), ("кій", "кі"), ("чск", "цк")):
        text = text.replace(russian, native)
    return text[:1].upper() + text[1:]


def _vowel(letter: str, last: str, *, stressed: bool, near: bool) -> str:
    hard = last in _ALWAYS_HARD or last == "щ"
    if letter == "о":
        return "о" if stressed else "а"
    if letter == "и":
        return "ы" if hard else "і"
    if letter == "е":
        if hard:
            return "э" if stressed or last != "р" else "а"
        return "я" if near and not stressed else "е"
    return {"я": "а", "ё": "о", "ь": ""}.get(letter, letter) if hard else letter


def _consonant(letter: str, last: str, after: str) -> str:
    if letter == "щ":
        return "шч"
    if letter in "тд" and after in _SOFTENING:
        return "ц" if letter == "т" else "дз"
    if letter == "в" and last in _VOWELS and (not after or after not in _VOWELS):
        return "ў" if after != "ь" else "в"
    return letter


def latin(be: str) -> str:
    """Return the Latin form of a Belarusian name (BGN/PCGN, apostrophe for ь).

    Examples
    --------
    >>> latin("Вялікія Хлундаўцы")
    'Vyalikiya Khlundawtsy'
    """
    spoken = dict(zip(_CYRILLIC_LETTERS, _LATIN_LETTERS.split(), strict=True))
    words = []
    for word in be.split(" "):
        text = "".join(spoken.get(letter, letter) for letter in word.lower())
        words.append(text[:1].upper() + text[1:])
    return " ".join(words)


def adjective(name: Name) -> Name:
    """Return the masculine adjective that names a raion or selsovet after a place.

    Examples
    --------
    >>> adjective(spelled("Вежбу+нск")).be, adjective(spelled("Крумзи+ловка")).ru
    ('Вяжбунскі', 'Крумзиловский')
    >>> adjective(spelled("Крумзу+личи")).be
    'Крумзуліцкі'
    """
    stem = name.marked
    for ending, short in _ADJECTIVE_STEM.items():
        if stem.endswith(ending):
            stem = stem.removesuffix(ending) + short
            break
    form = spelled(f"{stem.removesuffix('ск')}ский")
    if name.ru == "Демоград":
        return Name(form.marked, form.ru, "Дэмаградскі", "Demahradski")
    return form


def with_stress(marked: str, text: str) -> str:
    """Put the stress mark into a spelled form, after as many vowels as in ``marked``.

    Examples
    --------
    >>> with_stress("Крумзу+лово", "Крумзулава")
    'Крумзу´лава'
    """
    ordinal = sum(c in _VOWELS for c in marked[: marked.index("+")].lower())
    for position, letter in enumerate(text):
        ordinal -= letter.lower() in _VOWELS
        if not ordinal:
            return f"{text[: position + 1]}{STRESS_MARK}{text[position + 1 :]}"
    return text


class NameMaker:
    """Draws invented names; none is drawn twice."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._used: set[str] = set()
        self._parts = [text.split() for text in _PARTS]

    def town(self) -> Name:
        """Return a new name in -ск."""
        return self._unique(("ск",))

    def centre(self) -> Name:
        """Return a new name from which a selsovet's adjective can be made."""
        return self._unique(_CENTRE_ENDINGS)

    def village(self) -> Name:
        """Return a new village name, one in eight with Большие, Старые or so."""
        name = self._unique(_VILLAGE_ENDINGS)
        if name.marked.endswith(_PLURAL_ENDINGS):
            draw = int(self._rng.integers(16))
            if draw < len(_PREFIXES):
                return spelled(name.marked, list(_PREFIXES)[draw])
        return name

    def _unique(self, endings: tuple[str, ...]) -> Name:
        while True:
            head, first, middle, stressed, tail = map(self._one, self._parts)
            marked = f"{head}{first}{middle}{stressed}+{tail}{self._one(endings)}"
            if marked not in self._used:
                self._used.add(marked)
                return spelled(marked)

    def _one(self, parts: Sequence[str]) -> str:
        return parts[int(self._rng.integers(len(parts)))]


def place_names(rng: np.random.Generator, places: pd.DataFrame) -> list[Name]:
    """Name all places in order; some villages repeat a name, even in their raion."""
    maker = NameMaker(rng)
    written = iter(RAION_TOWNS)
    named: list[Name] = []
    villages: dict[int, list[Name]] = {}
    for kind, centre, raion in zip(
        places["kind"], places["centre"], places["raion"], strict=True
    ):
        earlier = villages.setdefault(int(raion), [])
        if kind == Kind.CAPITAL:
            named.append(spelled(CAPITAL))
        elif kind in TOWNS:
            known = next(written, None)
            named.append(spelled(known) if known else maker.town())
        elif centre or kind != Kind.RURAL:
            named.append(maker.centre())
        else:
            same, elsewhere = drawn(rng, 0.03, 1)[0], drawn(rng, 0.06, 1)[0]
            pool = earlier if same else villages[int(rng.integers(raion + 1))]
            again = (same or elsewhere) and len(pool) > 0
            name = pool[int(rng.integers(len(pool)))] if again else maker.village()
            earlier.append(name)
            named.append(name)
    return named
