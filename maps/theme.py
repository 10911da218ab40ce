"""The look and the words of every map.

:func:`theme` turns the manifest of a release into one JSON-able dictionary that the
map application, its table and the exported page draw from. Domains, indicators,
standards and sources come from the manifest, so that a new one needs no change in
any of them; colours and marks stand in ``theme.yaml``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.texts import LANGUAGES, Forms, noun_forms, wording
from geo.types import KNOWN_STATUSES, WITHOUT_VALUE, AssessedUnit
from maps.look import DARK, LOOK, classes_by_limits, value_classes


def text_language(language: str) -> str:
    """Return the language in which the pages speak to a reader of ``language``.

    >>> [text_language(code) for code in ("be", "kk", "lt")]
    ['be', 'ru', 'en']
    """
    if language in LANGUAGES:
        return language
    return str(LOOK["text_fallback"].get(language, "en"))


def label(texts: Mapping[str, Any] | None, default: str = "") -> dict[str, str]:
    """Return one text per language of the pages, filled up from the others.

    Parameters
    ----------
    texts
        Language -> text, as declared; may miss languages.
    default
        What is shown where nothing is declared.

    >>> label({"ru": "Почта", "en": "Post"})
    {'ru': 'Почта', 'be': 'Почта', 'en': 'Post'}
    """
    given = {key: str(text) for key, text in (texts or {}).items() if text}
    rest = next(iter(given.values()), default)
    filled: dict[str, str] = {}
    for language in LANGUAGES:
        order = (language, *wording("grammar", language)["instead"].split())
        filled[language] = next((given[key] for key in order if key in given), rest)
    return filled


def texts(language: str) -> dict[str, Any]:
    """Return the words of the pages in one language.

    Parameters
    ----------
    language
        ISO 639-1 code; a language without texts falls back (:func:`text_language`).

    Returns
    -------
    dict
        Section (``texts``, ``verdicts``, ``statuses``, …) -> key -> text; a text of
        ``plurals`` is itself a mapping of plural category -> text.
    """
    tongue = text_language(language)
    said: dict[str, Any] = {
        name: dict(wording(section, tongue))
        for name, section in LOOK["sections"].items()
    }
    said["languages"] = {code: wording("grammar", code)["name"] for code in LANGUAGES}
    said["plurals"] = _plurals(tongue)
    return said


def _plurals(language: str) -> dict[str, Forms]:
    """Return the counted texts of the pages, with ``{n}`` for the number."""
    nouns = noun_forms("nouns", language)
    units = noun_forms("units.counted", language)
    place = wording("grammar", language)["in"]
    return {
        **{unit: _after_number(forms) for unit, forms in units.items()},
        "people": _after_number(nouns["people"]),
        "days": _after_number(nouns["days"]),
        "in_settlements": _after_number(nouns["in_settlements"], f"{place} "),
        "settlements": _after_number(nouns["settlements"]),
    }


def _after_number(forms: Forms, before: str = "") -> Forms:
    return {kind: f"{before}{{n}} {form}" for kind, form in forms.items()}


def _every(section: str, key: str) -> dict[str, str]:
    """Return a word in all languages."""
    return {language: wording(section, language)[key] for language in LANGUAGES}


def class_index(value: float | None, breaks: Iterable[float]) -> int | None:
    """Return the class of a value, 0 the lowest; None stays unknown.

    >>> class_index(0.05, [0.05]), class_index(0.04, [0.05]), class_index(None, [])
    (1, 0, None)
    """
    if value is None:
        return None
    return sum(value >= limit for limit in breaks)


def radius(population: float | None) -> float:
    """Return the radius in pixels of a settlement's circle at map zoom 8.

    >>> radius(None), radius(550), radius(3_000_000)
    (2.5, 4.1, 24.0)
    """
    stops: list[float] = LOOK["size"]["population"]
    radii: list[float] = LOOK["size"]["radius"]
    if population is None:
        return float(LOOK["size"]["unknown"])
    if population >= stops[-1]:
        return radii[-1]
    upper = next(i for i, stop in enumerate(stops) if population < stop)
    low, high = stops[upper - 1], stops[upper]
    part = (population - low) / (high - low)
    return round(radii[upper - 1] + part * (radii[upper] - radii[upper - 1]), 3)


#: Version of the tables from which the features of the settlement tiles are numbered.
NUMBERED_FROM = 7
#: Units whose norms colour no settlement; a raion's card shows its own.
NOT_ON_THE_MAP = frozenset({*AssessedUnit, "household", "grid_cell"})


def _marks(look: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return how each verdict or status is drawn and what it is called."""
    section = look["sections"][kind]
    return [
        {"id": name, **mark, "label": _every(section, name)}
        for name, mark in look[kind].items()
    ]


def _colours(look: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything of the theme that has a colour, but the indicators."""
    kinds = ("verdicts", "assumed_verdicts", "statuses", "estimates")
    stale = {"id": "stale", **look["stale"], "label": _every("map.texts", "stale")}
    return {
        "colours": look["colours"],
        **{kind: _marks(look, kind) for kind in kinds},
        "unknown": look["verdicts"]["unknown"],
        "stale": stale,
        "classes": classes_by_limits(look),
    }


def _assumed(standard: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    """Return the marks of verdicts that rest on assumed values: before version 7."""
    statuses = (manifest.get("statuses") or {}).get(standard.get("indicator"), {})
    verdicts = (manifest.get("verdicts") or {}).get(standard["id"], {})
    if not statuses.get("assumed") or "unread" in standard:
        return []
    return [
        mark
        for mark in LOOK["assumed_verdicts"]
        if verdicts.get(mark.partition(":")[0])
    ]


def _standard(
    standard: Mapping[str, Any], units: Mapping[str, str], manifest: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the pages say of a standard, with every act that its rows cite."""
    norms = standard.get("norms") or []
    acts: list[dict[str, Any]] = []
    for row in norms:
        act = dict(row.get("source") or {})
        if act and act not in acts:
            acts.append(act)
    reported = any(row.get("confidence") != "verified" for row in norms)
    return {
        "id": standard["id"],
        "domain": standard.get("domain", ""),
        "indicator": standard.get("indicator") or "",
        "unit": units.get(standard.get("indicator", ""), ""),
        "title": label(standard.get("title"), standard["id"]),
        "responsible": label(standard.get("responsible")),
        "force": standard.get("force", "law"),
        "unit_of_assessment": standard.get("unit_of_assessment", "settlement"),
        "acts": acts,
        "act": "; ".join(dict.fromkeys(act["act"] for act in acts if act.get("act"))),
        "revision": str(acts[-1].get("revision") or "") if acts else "",
        "confidence": "reported" if reported else "verified",
        "assumed": _assumed(standard, manifest),
    }


def _attributions(inputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return each attribution line once, with the licences it stands for."""
    lines: dict[str, dict[str, Any]] = {}
    for row in inputs:
        text = label(row.get("attribution"), row.get("title") or row["source"])
        line = lines.setdefault(
            text["en"] + text["ru"],
            {"text": text, "url": row.get("url"), "licences": []},
        )
        licence = row.get("licence")
        if licence and licence not in line["licences"]:
            line["licences"].append(licence)
    return list(lines.values())


def _sources(
    inputs: Iterable[Mapping[str, Any]], assumptions: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a value's source is called; an assumption is one, and says so."""
    read = {
        row["source"]: {
            "title": row.get("title") or row["source"],
            "attribution": label(row.get("attribution"), row.get("title", "")),
            "version": row.get("version"),
            "date": row.get("date"),
            "licence": row.get("licence"),
            "url": row.get("url"),
        }
        for row in inputs
    }
    word = _every("statuses.label", "assumed")
    stated = {}
    for row in assumptions:
        said = label(row.get("statement"), row["id"])
        stated[f"assumption:{row['id']}"] = {
            "title": said["en"],
            "attribution": {key: f"{word[key]}: {said[key]}" for key in LANGUAGES},
        }
    return read | stated


def _indicators(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    suppliers = manifest.get("suppliers") or {}
    statuses = manifest.get("statuses") or {}
    return [
        {
            "code": row["code"],
            "domain": row.get("domain", ""),
            "unit": row.get("unit", ""),
            "better": row.get("better", ""),
            "freshness_years": row.get("freshness_years"),
            "derived": bool(row.get("derived")),
            "quantity": row.get("quantity", "number"),
            "classes": value_classes(row, statuses.get(row["code"], {})),
            "label": label(row.get("label"), row["code"]),
            "supplier": label(suppliers.get(row["code"])),
        }
        for row in manifest.get("indicators", [])
    ]


def _local(language: str, country: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of the pages with the country's own names of its levels."""
    words = texts(language)
    for level, names in (country.get("level_names") or {}).items():
        words["levels"][level] = label(names["many"], level)[language]
        words["texts"][level] = label(names["one"], level)[language]
    return words


def _estimated(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return of which probabilities the release holds estimates, and what they mean."""
    models = (manifest.get("estimates") or {}).get("models", [])
    return [
        {
            "indicator": row["indicator"],
            "label": label(row["label"], row["indicator"]),
            "meaning": label(row["meaning"], ""),
        }
        for row in models
        if row["published"] and row.get("bands")
    ]


def theme(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return texts, colours, breaks and labels for the maps of one release.

    Parameters
    ----------
    manifest
        The release's ``manifest.json``.

    Returns
    -------
    dict
        JSON-able: ``country``, ``languages``, ``colours``, ``verdicts``,
        ``assumed_verdicts``, ``statuses``, ``estimates``, ``estimated``,
        ``classes``, ``size``, ``unknown``, ``dark`` (whatever has a colour,
        as it is where the reader's system is dark),
        ``texts`` (language -> section -> key), ``domains``, ``indicators``,
        ``standards``, ``sources``, ``attributions``, ``operators``,
        ``default_view``, ``numbered_tiles``, ``archives``, ``on``, ``synthetic``.
    """
    country = manifest["country"]
    indicators = _indicators(manifest)
    units = {row["code"]: row["unit"] for row in indicators}
    inputs = manifest.get("inputs", [])
    return {
        "release": manifest["release"],
        "on": str(manifest["on"]),
        "synthetic": bool(country.get("synthetic")),
        "default_view": manifest.get("default_view", "scores"),
        "numbered_tiles": manifest["schema_version"] >= NUMBERED_FROM,
        "archives": sorted(
            name.removeprefix("tiles/").removesuffix(".pmtiles")
            for name in manifest.get("checksums", {})
            if name.startswith("tiles/")
        ),
        "country": {
            "code": country["code"],
            "names": label(country.get("names"), country["code"]),
            "languages": list(country.get("languages", [])),
            "bounds": list(country.get("bounds") or []),
        },
        "languages": list(LANGUAGES),
        "text_fallback": LOOK["text_fallback"],
        "texts": {language: _local(language, country) for language in LANGUAGES},
        **_colours(LOOK),
        "dark": _colours(DARK),
        "known_statuses": list(KNOWN_STATUSES),
        "without_value": list(WITHOUT_VALUE),
        "estimated": _estimated(manifest),
        "size": LOOK["size"],
        "hexagons": (manifest.get("tiles") or {}).get("hexagons", []),
        "domains": [
            {"id": row["id"], "label": label(row.get("label"), row["id"])}
            for row in manifest.get("domains", [])
        ],
        "indicators": indicators,
        "standards": [
            _standard(row, units, manifest)
            for row in manifest.get("standards", [])
            if row.get("unit_of_assessment", "settlement") not in NOT_ON_THE_MAP
        ],
        "operators": list(manifest.get("operators", [])),
        "sources": _sources(inputs, manifest.get("assumptions", [])),
        "attributions": _attributions(inputs),
    }
