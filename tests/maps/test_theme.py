"""The theme: readable colours, whole texts, labels from the manifest, light import."""

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import maps
from geo.texts import LANGUAGES
from geo.types import (
    KNOWN_STATUSES,
    WITHOUT_VALUE,
    FacilityKind,
    Force,
    Kind,
    Level,
    Reason,
    Status,
    Tristate,
    Verdict,
)
from maps.look import LOOK, classes_by_limits
from maps.theme import (
    class_index,
    label,
    radius,
    texts,
    theme,
)
from tests.maps.country import tables
from tests.maps.country_places import (
    DAYS_CODE,
    POST,
    SERVED_CODE,
    TRIPS,
    TRIPS_CODE,
)
from tests.maps.country_release import manifest
from tests.maps.test_contrast import contrast, luminance

HERE = Path(maps.__file__).parent
APP = HERE / "app"
COLOURS, CLASSES = LOOK["colours"], classes_by_limits()
VERDICT_MARKS, STATUS_MARKS = LOOK["verdicts"], LOOK["statuses"]
ASSUMED_MARKS = LOOK["assumed_verdicts"]
PAGES = (*APP.glob("src/**/*.ts"), *APP.glob("src/**/*.css"), APP / "index.html")
TERMS = {
    "verdicts": Verdict,
    "statuses": Status,
    "reasons": Reason,
    "kinds": Kind,
    "levels": Level,
    "forces": Force,
    "tristate": Tristate,
    "facilities": FacilityKind,
    "languages": LANGUAGES,
}


def released():
    """Return a manifest as a release holds it."""
    return manifest(tables()) | {"release": "zz/2026-11-22.1"}


@pytest.fixture(scope="module")
def shown():
    return theme(released())


@pytest.mark.parametrize("better", ["lower", "higher"])
@pytest.mark.parametrize("breaks", [[1], [1, 2], [30, 60, 120], [1, 2, 4, 6]])
def test_values_are_the_stronger_the_worse(better, breaks):
    declared = released()
    declared["indicators"][0] |= {"classes": breaks, "better": better}
    classes = theme(declared)["indicators"][0]["classes"]
    assert classes["breaks"] == breaks
    worst_last = classes["colours"][:: 1 if better == "lower" else -1]
    assert len(worst_last) == len(breaks) + 1
    lights = [luminance(colour) for colour in worst_last]
    assert lights == sorted(lights, reverse=True)
    assert lights[0] == luminance(CLASSES["gap"]["colours"][0])
    assert lights[-1] == luminance(CLASSES["gap"]["colours"][-1])
    assert min(contrast(a, b) for a, b in itertools.pairwise(worst_last)) >= 1.3


@pytest.mark.parametrize(
    ("entry", "labels"),
    [
        ({"unit": "yes/no", "classes": [1]}, ["нет", "да"]),
        ({"unit": "G", "classes": [2, 3, 4, 5]}, ["нет связи", "2G", "3G", "4G", "5G"]),
        (
            {
                "unit": "level",
                "classes": [1],
                "levels": {"0": {"ru": "нет"}, "1": {"ru": "ФАП", "en": "point"}},
            },
            ["нет", "ФАП"],
        ),
        ({"unit": "km", "classes": [1]}, None),
        # limits of a release before, not one class for each figure
        ({"unit": "G", "classes": [4]}, None),
    ],
)
def test_a_class_of_one_figure_has_its_word(entry, labels):
    declared = released()
    declared["indicators"][0] |= entry
    classes = theme(declared)["indicators"][0]["classes"]
    found = classes.get("labels")
    assert labels == (found and [one["ru"] for one in found])


def test_values_are_offered_where_one_is_known(shown):
    drawn = [row["code"] for row in shown["indicators"] if row["classes"]]
    assert drawn == [TRIPS_CODE, DAYS_CODE, SERVED_CODE]
    declared = released()
    declared["statuses"][TRIPS_CODE] = {"unknown": 5, "unreachable": 1, "measured": 0}
    del declared["statuses"][DAYS_CODE]
    without = [row["classes"] for row in theme(declared)["indicators"]]
    assert without[:4] == [None] * 4
    assert without[4] is not None


def test_standard_says_which_verdicts_may_be_assumed(shown):
    assumed = {row["id"]: row["assumed"] for row in shown["standards"]}
    assert assumed == {TRIPS: ["breached:assumed", "kept:assumed"], POST: []}
    # where the judge takes no assumption none of its verdicts is marked
    now = released()
    now["standards"] = [one | {"unread": []} for one in now["standards"]]
    assert {tuple(row["assumed"]) for row in theme(now)["standards"]} == {()}


def test_an_assumption_is_not_knowledge():
    assert {*KNOWN_STATUSES, "assumed"} & set(WITHOUT_VALUE) == {"unreachable"}
    assert set(Status) - set(KNOWN_STATUSES) == {
        "assumed", "unknown", "unsnapped", "at_home", "not_applicable",
    }  # fmt: skip


def test_every_term_of_the_vocabulary_has_a_word_and_a_mark():
    words = texts("ru")
    for section, vocabulary in TERMS.items():
        assert set(words[section]) == set(vocabulary), section
    assert set(VERDICT_MARKS) == set(Verdict)
    assert set(words["assumed_verdicts"]) == set(ASSUMED_MARKS)
    assert set(STATUS_MARKS) == set(Status)


def test_every_unit_of_the_indicators_has_a_word():
    declared = yaml.safe_load(
        (HERE.parent / "data" / "indicators.yaml").read_text(encoding="utf-8")
    )
    units = {row["unit"] for row in declared["indicators"]}
    assert units <= set(texts("en")["units"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_categories_of_their_language(language):
    wanted = {"one", "other"} if language == "en" else {"one", "few", "many", "other"}
    for key, forms in texts(language)["plurals"].items():
        assert set(forms) == wanted, key
        assert all("{n}" in form for form in forms.values()), key


def test_kazakh_reads_russian_and_others_english():
    assert texts("kk") == texts("ru")
    assert texts("lt") == texts("en")


def asked_texts():
    """Return the keys that the app asks of ``texts``, where it names them outright."""
    found = set()
    for path in APP.glob("src/**/*.ts"):
        found |= set(re.findall(r"\.text\(\s*'(\w+)'", path.read_text("utf-8")))
    return found


def test_app_asks_for_no_text_that_is_missing():
    asked = asked_texts()
    assert len(asked) > 60
    assert asked <= set(texts("ru")["texts"])


def test_no_text_is_left_over():
    """A key counts as used where its word stands anywhere in the app."""
    pages = "\n".join(
        path.read_text("utf-8") for path in (*PAGES, *HERE.glob("folium*"))
    )
    pages += "show_map show_table show_compare show_changes"  # `show_${show}`
    pages += " download_csv download_xlsx download_gpkg download_geojson"
    unused = [
        key for key in texts("ru")["texts"] if not re.search(rf"\b{key}\b", pages)
    ]
    assert unused == []


def test_no_colour_stands_outside_the_theme():
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
    for path in (*PAGES, *HERE.glob("*.py"), *HERE.glob("folium_page.*")):
        assert literal.findall(path.read_text("utf-8")) == [], path


def test_style_sheets_use_only_colours_of_the_theme():
    known = {f"--{name.replace('_', '-')}" for name in COLOURS} | {"--fill", "--stroke"}
    for path in APP.glob("src/**/*.css"):
        used = set(re.findall(r"var\((--[\w-]+)", path.read_text("utf-8")))
        assert used <= known, path


def test_a_new_indicator_or_standard_needs_no_change(shown):
    assert [row["code"] for row in shown["indicators"]] == [
        "transport.trips_per_week",
        "post.office_minutes",
        "digital.fixed_broadband",
        "transport.return_days.hospital",
        "transport.days_per_week",
    ]
    assert shown["indicators"][2]["supplier"]["be"] == "Оператор связи"
    assert [row["id"] for row in shown["standards"]] == [TRIPS, POST]
    trips = shown["standards"][0]
    assert trips["unit"] == "trips/week"
    assert trips["confidence"] == "reported"
    assert trips["acts"][0]["title"] == "Постановление о пробе № 1"
    assert trips["title"] == {
        "ru": "Норма: transport",
        "be": "Норма: transport",
        "en": "Norm: transport",
    }


def test_a_country_may_name_its_levels(shown):
    told = released()
    given = {**told, "country": dict(told["country"])}
    given["country"]["level_names"] = {
        "raion": {
            "one": {"ru": "Община", "en": "Municipality"},
            "many": {"ru": "Общины", "en": "Municipalities"},
        }
    }
    own = theme(given)["texts"]
    assert own["ru"]["levels"]["raion"] == "Общины"
    assert own["en"]["texts"]["raion"] == "Municipality"
    assert own["ru"]["levels"]["oblast"] == shown["texts"]["ru"]["levels"]["oblast"]
    assert shown["texts"]["ru"]["levels"]["raion"] == "Районы"


def test_one_unverified_row_makes_the_standard_reported():
    declared = released()
    declared["standards"][0]["norms"][0]["confidence"] = "verified"
    assert theme(declared)["standards"][0]["confidence"] == "verified"
    declared["standards"][0]["norms"].append({"confidence": "reported"})
    assert theme(declared)["standards"][0]["confidence"] == "reported"


def test_attribution_is_said_once_with_all_its_licences():
    declared = released()
    again = dict(declared["inputs"][0], source="zz-more", licence="ODbL-1.0")
    declared["inputs"].append(again)
    lines = theme(declared)["attributions"]
    assert [line["text"]["ru"] for line in lines] == ["© Места", "© Расписание"]
    assert lines[0]["licences"] == ["CC-BY-4.0", "ODbL-1.0"]


def test_assumption_is_named_as_one():
    declared = released()
    declared["assumptions"] = [{"id": "h", "statement": {"ru": "Есть больница"}}]
    named = theme(declared)["sources"]["assumption:h"]["attribution"]
    assert named["ru"] == "Допущение: Есть больница"
    assert named["en"] == "Assumed: Есть больница"


def test_theme_is_json(shown):
    assert json.loads(json.dumps(shown)) == shown
    assert shown["synthetic"] is True
    assert shown["default_view"] == "scores"


def test_label_falls_back_and_never_fails():
    assert label({"be": "Пошта"})["en"] == "Пошта"
    assert label(None, "code")["ru"] == "code"
    assert label({"ru": "", "kk": "Пошта"})["ru"] == "Пошта"


def test_class_limits_belong_to_the_upper_class():
    breaks = CLASSES["gap"]["breaks"]
    classes = [class_index(value, breaks) for value in (0, 0.049, 0.05, 0.5, 1)]
    assert classes == [0, 0, 1, 4, 4]


def test_radius_grows_with_people_and_unknown_is_the_smallest():
    sizes = [radius(n) for n in (None, 0, 100, 1_000, 55_000, 10_000_000)]
    assert sizes == [2.5, 2.5, 3.2, 5.0, 12.0, 24.0]


def test_import_is_light():
    code = (
        "import sys, maps.theme; "
        "heavy = {'pandas', 'geopandas', 'folium', 'pyarrow', 'numpy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
