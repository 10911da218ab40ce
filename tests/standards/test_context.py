"""Context: what is documented, and what may not be written into it."""

import pytest

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import load_country
from geo.standards.context import load_context
from geo.standards.country import law_of

GOOD = """\
context:
- id: xx.health.gp
  domain: health
  title: {ru: Врачи, en: Doctors}
  metric: residents per doctor
  unit: residents per doctor
  unit_of_assessment: raion
  status: superseded
  figures:
  - {of: any, op: "<=", value: 1300}
  source: {act: Act 1, revision: "2019"}
  confidence: read
"""


@pytest.fixture
def folder(tmp_path):
    def write(text, name="xx"):
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        (place / "context.yaml").write_text(text, encoding="utf-8")
        return place

    return write


def test_an_entry_as_it_is_written(folder, tmp_path):
    (entry,) = load_context([folder(GOOD), tmp_path / "nowhere"])
    assert (entry.status, entry.confidence) == ("superseded", "read")
    assert entry.figures[0].value == 1300
    assert entry.source.url is None


def test_a_later_folder_replaces_an_entry(folder):
    later = folder(GOOD.replace("1300", "1500"), "later")
    (entry,) = load_context([folder(GOOD), later])
    assert entry.figures[0].value == 1500


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "  confidence: read\n",
            "  confidence: read\n  usable_as_norm: true\n",
            "'usable_as_norm' belongs to a standard: context is never judged",
        ),
        ("  figures:\n", "  indicator: x\n  figures:\n", "'indicator' belongs to"),
        ("  figures:\n", "  force: law\n  figures:\n", "'force' belongs to a standard"),
        (
            "status: superseded",
            "status: in_force",
            "whose figure was read is a standard: move it to standards/*.yaml",
        ),
        ("status: superseded", "status: law", "key 'status': "),
        ("confidence: read", "confidence: sure", "key 'confidence': "),
        ('op: "<="', 'op: "~"', "key 'figures.0.op': "),
        ("  unit: residents per doctor\n", "", "key 'unit': Field required"),
        ("  metric: residents per doctor\n", "  metrics: x\n", "key 'metrics': "),
    ],
)
def test_what_an_entry_may_not_say_is_refused_with_file_entry_and_key(
    old, new, words, folder
):
    assert old in GOOD
    with pytest.raises(DeclarationError) as caught:
        load_context([folder(GOOD.replace(old, new))])
    assert words in caught.value.what
    assert caught.value.where.endswith("context.yaml, entry xx.health.gp")
    assert "docs/standards.md" in caught.value.remedy


def test_a_recalled_norm_in_force_may_keep_its_figure_for_whoever_checks_it(folder):
    text = GOOD.replace("superseded", "in_force").replace("read\n", "recalled\n")
    (entry,) = load_context([folder(text)])
    assert entry.confidence == "recalled"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("standards: []", "one key 'context' with a list"),
        ("context: {}", "one key 'context' with a list"),
        ("context: [3]", "valid dictionary"),
        ("context:\n\t- x", "not valid YAML"),
        (GOOD + GOOD.removeprefix("context:\n"), "the id stands there twice"),
    ],
)
def test_a_file_that_is_no_list_of_context(text, words, folder):
    with pytest.raises(DeclarationError) as caught:
        load_context([folder(text)])
    assert words in str(caught.value)
    assert "context.yaml" in str(caught.value)


def test_an_id_is_judged_or_context_and_never_both(tmp_path):
    place = tmp_path / "countries" / "by"
    place.mkdir(parents=True)
    text = GOOD.replace("xx.health.gp", "by.transport.trips.village_20_50")
    (place / "context.yaml").write_text(text, encoding="utf-8")
    dirs = [DECLARATIONS, tmp_path]
    with pytest.raises(DeclarationError, match="judged as a standard and kept as cont"):
        law_of(load_country("by", dirs), dirs)
