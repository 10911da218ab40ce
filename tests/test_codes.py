"""What may become the name of a folder."""

import pytest

from geo.codes import check_country_code, is_country_code, parse_release_name
from geo.errors import NotFoundError


@pytest.mark.parametrize("code", ["by", "demo", "zz", "abcdefgh"])
def test_country_codes(code):
    assert is_country_code(code)
    assert check_country_code(code) == code


@pytest.mark.parametrize(
    "code",
    [
        "",
        "b",
        "abcdefghi",
        "BY",
        "b1",
        "..",
        "by/",
        "/by",
        "by/..",
        "by\n",
        "бел",
        "b y",
    ],
)
def test_what_is_no_country_code(code):
    assert not is_country_code(code)
    with pytest.raises(NotFoundError) as caught:
        check_country_code(code, ["by", "demo"], "releases")
    assert str(caught.value) == (
        f"releases: {code!r} is no country code. A code is two to eight small Latin "
        "letters; there are: by, demo."
    )
    with pytest.raises(NotFoundError, match=r"letters, such as by\.$"):
        check_country_code(code)


def test_a_long_argument_is_cut():
    with pytest.raises(NotFoundError) as caught:
        check_country_code("x" * 1000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "parsed"),
    [
        ("2026-11-22.1", ("2026-11-22", 1)),
        ("2024-02-29.123456789", ("2024-02-29", 123456789)),
        ("2026-11-22", None),
        ("2026-11-22.0", None),
        ("2026-11-22.01", None),  # its folder would be called .1
        ("2026-11-22.1234567890", None),
        ("2026-13-01.1", None),
        ("2026-02-29.1", None),
        ("٢٠٢٦-11-22.1", None),
        ("2026-11-22.1\n", None),
        ("../2026-11-22.1", None),
    ],
)
def test_release_names(name, parsed):
    assert parse_release_name(name) == parsed
