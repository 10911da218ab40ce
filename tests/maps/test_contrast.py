"""Contrast of the theme, light and dark: text, marks, classes, even in grey."""

import itertools

import pytest

from maps.look import DARK, LOOK, classes_by_limits

SCHEMES = pytest.mark.parametrize("look", [LOOK, DARK], ids=["light", "dark"])
GROUNDS = ("ground", "area")


def luminance(colour):
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_knows_its_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@SCHEMES
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("ink", "page"),
        ("ink", "surface"),
        ("ink", "surface_soft"),
        ("ink", "accent_soft"),
        ("ink_muted", "surface"),
        ("ink_muted", "surface_soft"),
        ("ink_muted", "page"),
        ("accent", "surface"),
        ("accent", "surface_soft"),
        ("accent", "accent_soft"),
        ("on_accent", "accent"),
        ("on_notice", "notice"),
        ("label", "label_halo"),
        ("label", "ground"),
        ("ink_muted", "label_halo"),
    ],
)
def test_text_is_readable(look, text, surface):
    assert contrast(look["colours"][text], look["colours"][surface]) >= 4.5


@SCHEMES
@pytest.mark.parametrize(
    "kind", ["verdicts", "assumed_verdicts", "statuses", "estimates", "stale"]
)
def test_marks_stand_out_from_the_map(look, kind):
    marks = {"stale": look["stale"]} if kind == "stale" else look[kind]
    for name, mark in marks.items():
        for ground in (*GROUNDS, "surface"):
            assert contrast(mark["stroke"], look["colours"][ground]) >= 3, (
                name,
                ground,
            )


@SCHEMES
@pytest.mark.parametrize("name", ["breached", "not_due"])
def test_marks_without_a_rim_stand_out_by_their_fill(look, name):
    for ground in GROUNDS:
        assert contrast(look["verdicts"][name]["fill"], look["colours"][ground]) >= 3


@SCHEMES
@pytest.mark.parametrize("name", ["line_strong", "focus", "selected", "area_border"])
def test_lines_and_focus_are_seen(look, name):
    assert contrast(look["colours"][name], look["colours"]["surface"]) >= 3


def test_dark_names_only_what_there_is_and_every_colour_of_it():
    """A colour that `dark` forgot would stay that of the light page."""

    def coloured(part, at=()):
        if isinstance(part, dict):
            return {k for key in part for k in coloured(part[key], (*at, key))}
        flat = part if isinstance(part, list) else [part]
        return {at} if str(flat[0]).startswith("#") else set()

    light = {key: part for key, part in LOOK.items() if key != "dark"}
    assert coloured(LOOK["dark"]) == coloured(light)
    assert (
        luminance(DARK["colours"]["page"]) < 0.05 < luminance(LOOK["colours"]["page"])
    )


@SCHEMES
@pytest.mark.parametrize("name", sorted(LOOK["classes"]))
def test_classes_run_from_the_ground_outwards_even_without_hues(look, name):
    classes = classes_by_limits(look)[name]
    colours, breaks = classes["colours"], classes["breaks"]
    assert len(colours) == len(breaks) + 1 == 5
    lights = [luminance(colour) for colour in colours]
    assert lights == sorted(lights, reverse=look is LOOK)
    assert min(contrast(a, b) for a, b in itertools.pairwise(colours)) >= 1.3
    for ground in GROUNDS:
        apart = [contrast(colour, look["colours"][ground]) for colour in colours]
        assert apart == sorted(apart), ground
        assert apart[0] >= 1.3, ground
    assert breaks == sorted(breaks)
    assert breaks[0] > 0
    assert breaks[-1] < 1 or name == "people"


@SCHEMES
@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [("verdicts", "kept", "breached"), ("estimates", "probably", "probably_not")],
)
def test_opposites_are_told_apart_without_hues(look, kind, one, other):
    fills = [look[kind][name]["fill"] for name in (one, other)]
    assert contrast(*fills) >= 2
    for ground in GROUNDS:
        assert min(contrast(fill, look["colours"][ground]) for fill in fills) >= 1.3


@SCHEMES
def test_kept_and_breached_differ_for_colour_blind_readers(look):
    """Blue against red: the difference survives without red or without green."""
    kept, breached = (look["verdicts"][name]["fill"] for name in ("kept", "breached"))
    blue = [int(colour[5:7], 16) for colour in (kept, breached)]
    red = [int(colour[1:3], 16) for colour in (kept, breached)]
    assert blue[0] - blue[1] > 70
    assert red[1] - red[0] > 70


@SCHEMES
def test_unknown_is_drawn_as_unknown_everywhere(look):
    for marks in (look["verdicts"], look["statuses"]):
        assert marks["unknown"]["fill"] == look["colours"]["surface"]
        hatched = [name for name, mark in marks.items() if mark["pattern"]]
        assert hatched == ["unknown"]


@SCHEMES
@pytest.mark.parametrize("name", sorted(LOOK["assumed_verdicts"]))
def test_assumed_verdict_has_the_hue_of_the_verdict_but_not_its_fill(look, name):
    plain = look["verdicts"][name.partition(":")[0]]
    mark = look["assumed_verdicts"][name]
    assert mark["stroke"] == plain["fill"]
    assert contrast(mark["fill"], plain["fill"]) >= 3
    # not that of unknown
    assert contrast(mark["fill"], look["colours"]["surface"]) >= 1.3
    assert mark["pattern"] == "hollow"
