"""``paritet check`` names the norms of the raion itself, and who knows about them."""

import pytest

from geo.release.read import open_release
from geo.reports.check_units import UnitNorm, unit_lines, unit_norms
from tests.api.tiny import write_release
from tests.api.tiny_manifest import BEDS


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    suppliers = {"health.beds": {"ru": "Минздрав", "en": "Ministry of Health"}}
    root = tmp_path_factory.mktemp("releases")
    return open_release(write_release(root, suppliers=suppliers))


def lines(release, area, language="ru"):
    return unit_lines(unit_norms(release, area, language), language)


def test_a_raion_that_keeps_its_norm(release):
    assert unit_norms(release, "zz:r1", "en") == (
        UnitNorm(
            BEDS,
            "Trips",
            "kept",
            "9",
            "≥ 9",
            reported=True,
            could_supply="Ministry of Health",
        ),
    )
    assert lines(release, "zz:r1") == [
        "  Рейсы: выполнено; значение 9; норма ≥ 9, по сообщению"
    ]


def test_an_unknown_norm_says_who_could_state_it(release):
    assert lines(release, "zz:r2") == [
        "  Рейсы: неизвестно; значение —; норма ≥ 9, по сообщению",
        "    могут сообщить: Минздрав",
    ]
    assert lines(release, "zz:r2", "en")[1] == (
        "    could be supplied by: Ministry of Health"
    )


def test_yes_and_no_are_words(release):
    (plan,) = unit_norms(release, "uno", "ru")
    assert (plan.verdict, plan.value) == ("breached", "нет")


def test_an_area_without_norms_of_its_own_has_no_lines(release):
    assert lines(release, "zz:o1") == []
