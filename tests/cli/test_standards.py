"""`paritet standards`: the norms as a lawyer sees them, and the record of a check."""

import pytest

from geo.settings import DECLARATIONS

AGRO = "by.transport.trips.agrogorodok_1000"


@pytest.fixture
def act(tmp_path):
    path = tmp_path / "instruction.pdf"
    path.write_bytes(b"text")
    return path


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def _lines(text, start):
    found = (line for line in text.splitlines() if line.strip().startswith(start))
    return [line.split() for line in found]


def test_the_list_names_force_confidence_unit_and_rows_in_force(paritet):
    code, old, _ = paritet("standards", "list", "by", "--on", "2025-12-31")
    assert code == 0
    code, new, _ = paritet("standards", "list", "by", "--on", "2026-01-01")
    assert code == 0
    centre = "by.transport.trips.selsovet_centre"
    ((*_, first, seen, day, _, last),) = _lines(old, centre)
    assert (first, seen, day, last) == ("16", "seen", "2025-05-31", "2025-12-31")
    ((*_, first, day, _, last),) = _lines(new, centre)
    assert (first, day, last) == ("20", "2026-01-01", "…")
    (head,) = _lines(new, "by.transport.trips ")
    assert head[:4] == ["by.transport.trips", "law", "reported", "settlement"]
    assert head[4:] == ["4", "of", "5", "rows"]
    (water,) = _lines(new, "by.utilities.water.agrogorodok_mogilev")
    assert water[-4:] == ["oblast", "list:", "Могилёвская", "область"]
    (fibre, _) = _lines(new, "by.telecom.fibre_100_households")
    assert fibre[1] == "target"


def test_what_was_not_read_on_the_day_is_listed_as_such(paritet):
    water = "by.utilities.water."
    _, out, _ = paritet("standards", "list", "by", "--on", "2026-01-01")
    read, *lost = _lines(out, water)
    assert read[:3] == [f"{water}agrogorodok_mogilev", ">=", "81"]
    assert lost == [
        [f"{water}{kind}.after", "not", "read", "2026-01-01", "–", "…"]
        for kind in ("town", "agrogorodok")
    ]
    _, out, _ = paritet("standards", "list", "by", "--on", "2010-01-01")
    assert {tuple(line[1:3]) for line in _lines(out, "by.transport.trips.")} == {
        ("not", "read")
    }


@pytest.mark.parametrize("command", ["list", "context"])
def test_where_a_figure_was_seen_is_named_only_when_asked_for(paritet, command):
    plain = paritet("standards", command, "by")[1]
    assert "://" not in plain
    lines = paritet("standards", command, "by", "--seen-at")[1].splitlines()
    assert sum(line.startswith("        seen at http") for line in lines) > 10
    # nothing but these lines is added
    rest = [line for line in lines if " seen at " not in line]
    assert rest == plain.splitlines()


def test_without_a_country_all_with_standards_of_their_own_are_listed(paritet):
    code, out, _ = paritet("standards", "list")
    assert code == 0
    heads = [line for line in out.splitlines() if " standards, " in line]
    assert [line.partition(":")[0] for line in heads] == ["by", "demo", "kz"]


def test_the_context_is_listed_with_status_and_how_it_was_seen(paritet):
    code, out, _ = paritet("standards", "context", "kz")
    assert code == 0
    assert out.startswith("kz: 20 entries that are never judged\n")
    (line,) = _lines(out, "kz.regional_standards")
    assert line[1:3] == ["benchmark", "read"]
    (line,) = _lines(out, "intl.fcc")
    assert line[1:3] == ["benchmark", "recalled"]


def test_a_check_is_recorded_and_listed(paritet, act, overlay):
    words = ("--by", "И. Иванова", "--date", "2026-01-10", "--copy", act)
    data = ("--data", overlay)
    code, out, _ = paritet("standards", "verify", AGRO, *words, *data)
    assert code == 0
    assert out.startswith(f"{AGRO}: verified by И. Иванова on 2026-01-10 against instr")
    assert (overlay / "countries" / "by" / "verifications.csv").is_file()
    _, out, _ = paritet("standards", "list", "by", *data)
    (line,) = _lines(out, AGRO)
    assert line[-6:] == ["verified", "by", "И.", "Иванова", "on", "2026-01-10"]
    (head,) = _lines(out, "by.transport.trips ")
    assert head[2] == "reported"  # the other rows were not compared
    code, _, err = paritet("standards", "verify", AGRO, *words, *data)
    assert code == 2
    assert "is verified already" in err


@pytest.mark.parametrize(
    ("norm", "more", "sentence"),
    [
        ("by.transport.trip", {}, "Near it: by.transport.trips.village_20_50"),
        (AGRO, {"--date": "2999-01-01"}, "the day 2999-01-01 lies in the future"),
        (AGRO, {"--copy": "nowhere.pdf"}, "nowhere.pdf: there is no such file"),
        (AGRO, {"--data": "nowhere"}, "the declarations folder does not exist"),
        (AGRO, {"--valid-from": "soon"}, "--valid-from: 'soon' is no day"),
        (
            "by.transport.trips.selsovet_centre",
            {},
            "has revisions by first day: none, 2026-01-01. Say which with --valid-from",
        ),
    ],
)
def test_a_check_that_says_too_little_is_one_sentence(
    paritet, act, overlay, norm, more, sentence
):
    given = {"--by": "X", "--date": "2026-01-10", "--copy": act, "--data": overlay}
    words = [word for pair in (given | more).items() for word in pair]
    code, out, err = paritet("standards", "verify", norm, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("✗") == 1
    assert not (overlay / "countries").exists()


def test_pages_say_reported_until_the_check_and_the_build_tells_of_a_changed_figure(
    paritet, kitchen, act, tmp_path
):
    """The whole way: verify, build, show; then the figure changes."""
    own = tmp_path / "own"
    country = own / "countries" / "demo"
    country.mkdir(parents=True)
    small = (kitchen.data / "countries/demo/country.yaml").read_text(encoding="utf-8")
    (country / "country.yaml").write_text(small, encoding="utf-8")
    words = ("--by", "X", "--date", "2026-01-10", "--copy", act, "--data", own)
    for revision in ("town", "other"):
        norm = f"by.health.ambulance.urgent_wait.{revision}"
        revised = ("--valid-from", "2025-11-04")
        assert paritet("standards", "verify", norm, *words, *revised)[0] == 0
    out = tmp_path / "releases"
    code, _, _ = paritet("build", "demo", "--data", own, "--out", out)
    assert code == 0
    card = paritet("show", "Примеровск", "--releases", out)[1]
    urgent, transport = (
        card[card.index(title) :].splitlines()[2]
        for title in ("неотложному вызову", "транспортировки пациента")
    )
    assert "по сообщению" not in urgent
    assert "по сообщению" in transport
    changed = own / "countries" / "by" / "standards"
    changed.mkdir()
    text = (DECLARATIONS / "countries/by/standards/ambulance.yaml").read_text("utf-8")
    (changed / "ambulance.yaml").write_text(
        text.replace("value: 75", "value: 70"), encoding="utf-8"
    )
    code, _, err = paritet("build", "demo", "--data", own, "--out", out)
    assert code == 0
    assert "by.health.ambulance.urgent_wait.town: checked by X on 2026-01-10" in err
    assert "counts as reported again" in err
    card = paritet("show", "Примеровск", "--releases", out)[1]
    assert "по сообщению" in card[card.index("неотложному вызову") :].splitlines()[2]
