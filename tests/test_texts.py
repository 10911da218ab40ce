"""Every code has a word in every language, and all languages say the same."""

import re
import string

import pytest
import yaml

from geo.cli.compare import Language
from geo.errors import DeclarationError, TextError
from geo.reports.counting import counted
from geo.reports.diff.causes import CAUSES
from geo.reports.diff.compare import DIRECTIONS
from geo.reports.passport.grammar import people_in
from geo.scores.ladder import RUNGS
from geo.settings import DECLARATIONS
from geo.sources.declarations import declaration_files
from geo.sources.numerals import NumeralFault
from geo.sources.workbook.form import completeness_lists
from geo.texts import FOLDER, LANGUAGES, lexicon, noun_forms, spoken, wording
from geo.types import (
    ClassOutcome,
    FacilityKind,
    Force,
    Kind,
    Level,
    Reason,
    Status,
    Tristate,
    Verdict,
)
from maps.theme import LOOK

#: languages that a country declares for its names and that have no texts yet; their
#: readers get the texts of another language
WITHOUT_TEXTS = {"kk", "lt", "de"}
#: section -> the codes that must have a word there
#: modules that tell languages apart and say nothing: whose attribution a source
#: declares, how a register begins its names, who reads Russian
WITH_LANGUAGE_KEYS = {
    # names of invented places, in the files that the mirror has of them
    "geo/synthetic/areas.py",
    "geo/synthetic/supply.py",
    "geo/sources/feeding.py",
    "geo/sources/source.py",
    "geo/sources/readers/names.py",
    "maps/theme.py",
}
DECLARED = yaml.safe_load((DECLARATIONS / "indicators.yaml").read_text("utf-8"))
VOCABULARIES = {
    "verdicts.word": Verdict,
    "verdicts.label": Verdict,
    "verdicts.clause": Verdict,
    "verdicts.before": Verdict,
    "verdicts.after": Verdict,
    "verdicts.same": Verdict,
    "verdicts.now": Verdict,
    "statuses.word": Status,
    "statuses.label": Status,
    "reasons.label": Reason,
    "reasons.why": Reason,
    "reasons.clause": Reason,
    "reasons.remedy": Reason,
    "class_outcomes": ClassOutcome,
    "settlement_kinds.word": Kind,
    "settlement_kinds.label": Kind,
    "settlement_kinds.choice": Kind,
    "facility_kinds.choice": FacilityKind,
    "facility_kinds.way": FacilityKind,
    "tristate": Tristate,
    "levels": Level,
    "forces": Force,
    "map.rungs": RUNGS,
    "map.weekdays": range(1, 8),
    "map.change_causes": CAUSES,
    "map.change_groups": (
        "worse",
        "better",
        "value",
        "norm",
        "place",
        "known",
        "several",
    ),
    "map.change_directions": DIRECTIONS,
    "map.detours": ("near", "ferry", "around"),
    "map.ladder_reasons": ("no_people", "coverage", "assumed", "ordinal", "zero"),
    "verdicts.assumed": LOOK["assumed_verdicts"],
    "verdicts.after_alone": (Verdict.KEPT, Verdict.BREACHED),
    "workbook.generations": (0, 2, 3, 4, 5),
    "workbook.states": ("open", "closed"),
    "workbook.directions": (0, 1),
    "explain.centre": Tristate,
    "explain.limit": (">=", "<="),
    "confidences": ("verified", "reported"),
    "months": range(1, 13),
}
#: The workbook is Russian, its explanations Belarusian too; nobody reads it in English.
#: By how the path begins; drop-downs, which are not here, stand in all languages.
OF_THE_FORM = {
    ("workbook.sheets.", "workbook.columns.", "workbook.instruction.",
     "workbook.form.sheet"): ("ru", "be"),
    ("workbook.form.", "workbook.parts.", "workbook.lists.", "workbook.known.",
     "workbook.place.", "workbook.open.", "workbook.more.", "workbook.spot.",
     "workbook.taken.", "workbook.faults."): ("ru",),
}  # fmt: skip
FORM = yaml.safe_load((DECLARATIONS / "forms" / "workbook.yaml").read_text("utf-8"))
CLASSES = {
    "one_few_many": {"one", "few", "many", "other"},
    "one_other": {"one", "other"},
}


def is_noun(node):
    return isinstance(node, dict) and {"one", "other"} <= node.keys()


def leaves(node, path=""):
    """Yield the path and the text, or the forms of the noun, of all that is said."""
    for key, value in node.items():
        where = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict) and not is_noun(value):
            yield from leaves(value, where)
        else:
            yield where, value


def languages_of(where):
    said = (
        spoken for begins, spoken in OF_THE_FORM.items() if where.startswith(begins)
    )
    return next(said, LANGUAGES)


SAID = {language: dict(leaves(lexicon(language))) for language in LANGUAGES}


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_language_is_one_file():
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_things(language):
    wanted = [where for where in SAID["ru"] if language in languages_of(where)]
    assert list(SAID[language]) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_said_is_empty(language):
    for where, said in SAID[language].items():
        for text in said.values() if is_noun(said) else [said]:
            assert isinstance(text, str), where
            assert text, where


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_fill_in_the_same(language):
    for where, russian in SAID["ru"].items():
        if language not in languages_of(where) or "grammar." in where:
            continue
        if not is_noun(russian):
            said = SAID[language][where]
            assert placeholders(said) == placeholders(russian), where


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_noun_has_a_form_for_each_class_of_numbers(language):
    classes = CLASSES[wording("grammar", language)["plurals"]]
    for where, said in SAID[language].items():
        if is_noun(said):
            assert set(said) == classes, where


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", VOCABULARIES)
def test_every_code_has_a_word(section, language):
    wanted = {str(code) for code in VOCABULARIES[section]}
    assert set(wording(section, language)) == wanted


@pytest.mark.parametrize("language", ["ru", "be"])
def test_every_sheet_and_column_of_the_form_has_its_words(language):
    said = lexicon(language)["workbook"]
    assert list(said["sheets"]) == list(FORM["sheets"])
    own = {
        sheet: [key for key, column in entry["columns"].items() if column]
        for sheet, entry in FORM["sheets"].items()
    }
    wanted = {"shared": list(FORM["shared"])} | own
    assert {
        sheet: list(columns) for sheet, columns in said["columns"].items()
    } == wanted
    parts = [*said["sheets"].values()]
    parts += [
        words for columns in said["columns"].values() for words in columns.values()
    ]
    assert {tuple(words) for words in parts} == {("title", "help")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drop_down_of_the_form_has_its_words(language):
    for entry in FORM["sheets"].values():
        for column in filter(None, entry["columns"].values()):
            if "choices" in column:
                words = wording(column["choices"], language)
                assert set(column.get("only", words)) <= set(words)


def test_every_fault_of_a_workbook_is_worded_and_every_word_is_used():
    """The names of faults stand in the code, as whole words in quotation marks."""
    faults = lexicon("ru")["workbook"]["faults"]
    assert {tuple(words) for words in faults.values()} == {("what", "remedy")}
    folders = ("geo/sources", "geo/reports")
    files = [p for one in folders for p in (DECLARATIONS.parent / one).rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in files)
    raised = r"""(?:CellError|refusal|sentences|_not_found|_Forbidden)\(\s*"(\w+)\""""
    noted = r"""faults\.add\((?:[^()]|\([^()]*\))*?,\s*"(\w+)"(?:,\s*\w+=|\s*,?\s*\))"""
    named = set(re.findall(raised, code)) | set(re.findall(noted, code))
    assert named - set(faults) == set()
    quoted = set(re.findall(r'"(\w+)"', code))
    # of what a number or a list of a layer is called in the code
    made = {fault.name.lower() for fault in NumeralFault}
    made |= {f"silent_{code.partition(':')[0]}" for code in completeness_lists()}
    assert made <= set(faults)
    assert set(faults) - quoted - made == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_has_a_word(language):
    units = set(DECLARED["units"])
    assert set(wording("units.column", language)) == units
    assert set(wording("units.label", language)) == units
    # yes and no are words, 4G is written together, and % is the same after any number
    units -= {"yes/no", "G", "%"}
    assert set(noun_forms("units.counted", language)) == units
    assert set(noun_forms("units.bounded", language)) == units


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("ru", 21, "21 человек"),
        ("ru", 22, "22 человека"),
        ("ru", 111, "111 человек"),
        ("ru", 0.5, "0,5 человека"),
        ("be", 21, "21 чалавек"),
        ("be", 22, "22 чалавекі"),
        ("be", 25, "25 чалавек"),
        ("be", 1.5, "1,5 чалавека"),
        ("en", 1, "1 person"),
        ("en", 21, "21 people"),
    ],
)
def test_a_noun_follows_its_number(language, number, text):
    assert counted(number, language, "people").replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("people", "text"),
    [
        (1, "1 чалавек у 2 вёсках"),
        (2, "2 чалавекі ў 2 вёсках"),
        (5, "5 чалавек у 2 вёсках"),
    ],
)
def test_u_is_short_after_a_vowel(people, text):
    said = people_in("be", people, 2, "villages")
    assert said.replace("\u00a0", " ") == text


def test_every_language_of_every_country_has_texts_or_is_a_known_gap():
    declared = set()
    for path in DECLARATIONS.glob("countries/*/country.yaml"):
        declared |= set(yaml.safe_load(path.read_text("utf-8"))["languages"])
    assert declared - set(LANGUAGES) == WITHOUT_TEXTS
    for language in WITHOUT_TEXTS:
        assert spoken(language) == "ru"


def test_a_text_is_no_part_of_what_a_release_rests_on():
    declared = {path.parent for path in declaration_files(DECLARATIONS)}
    assert FOLDER not in declared
    assert FOLDER.parent / "forms" not in declared


def test_the_command_line_offers_the_same_languages():
    assert tuple(Language) == LANGUAGES


def test_no_language_has_a_dictionary_in_the_program():
    root = DECLARATIONS.parent
    keys = r"""(?:["'](?:ru|be|kk)["']\s*:|\b(?:ru|be|kk):\s*["'`])"""
    entry = re.compile(rf"^(?!\s*>>>).*{keys}", re.MULTILINE)
    found = {
        str(path.relative_to(root))
        for folder in ("geo", "api", "maps/app/src", "maps")
        for path in (root / folder).rglob("*")
        if path.suffix in {".py", ".ts", ".js"} and "static" not in path.parts
        if "node_modules" not in path.parts and entry.search(path.read_text("utf-8"))
    }
    assert found == WITH_LANGUAGE_KEYS


def test_what_is_missing_is_named():
    with pytest.raises(TextError, match=r"ru\.yaml, verdicts\.word: .*'lost'.* Add"):
        wording("verdicts.word", "ru")["lost"]
    with pytest.raises(TextError, match=r"be\.yaml, verdicts\.song: there is no such"):
        wording("verdicts.song", "be")
    with pytest.raises(TextError, match=r"no texts in the language 'kk'.*ru, be, en"):
        wording("verdicts.word", "kk")
    with pytest.raises(DeclarationError, match="'word' is not a text"):
        wording("verdicts", "en")
    with pytest.raises(DeclarationError, match="'kept' is not forms after numbers"):
        noun_forms("verdicts.word", "en")
