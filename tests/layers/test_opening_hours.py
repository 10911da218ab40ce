import numpy as np
import pytest

from geo.layers.opening_hours import week_of_hours

NONE = (np.nan, np.nan)


def hours(*pairs):
    """Return a week of (opens, closes) in hours, from Monday, closed on the rest."""
    week = [*pairs, *[NONE] * (7 - len(pairs))]
    return np.array(week, float) * 3600


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mo-Fr 08:00-17:00", hours(*[(8, 17)] * 5)),
        ("пн–пт 8.00–17.00", hours(*[(8, 17)] * 5)),
        ("пн-сб 8-20", hours(*[(8, 20)] * 6)),
        ("Пн, Ср 9:30-12", None),  # half a time is no time
        ("пн, ср 10-12", hours((10, 12), NONE, (10, 12))),
        ("аў-нд 09:00-13:00", hours(NONE, *[(9, 13)] * 6)),
        ("круглосуточно", hours(*[(0, 24)] * 7)),
        ("24/7", hours(*[(0, 24)] * 7)),
        ("ежедневно 9-18", hours(*[(9, 18)] * 7)),
        ("09:00–19:00", hours(*[(9, 19)] * 7)),
        # a break at noon is within
        (
            "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-13:00",
            hours(*[(8, 17)] * 5, (9, 13)),
        ),
        ("пн-пт 8.00-17.00, сб 9.00-13.00", hours(*[(8, 17)] * 5, (9, 13))),
        # the night is no visit: of two parts the longer one
        ("Mo 20:00-06:00", hours((20, 24), (0, 6))),
        ("Mo 07:00-09:00,14:00-18:00", hours((14, 18))),
        ("Mo, We 9:30-12:00", hours((9.5, 12), NONE, (9.5, 12))),
        ("по записи", None),
        ("закрыт", None),
        ("closed", None),
        ("Mo-Fr 8 till late", None),
        ("", None),
        (None, None),
    ],
)
def test_hours_in_words_and_in_the_syntax_of_openstreetmap(text, week):
    found = week_of_hours(text)
    if week is None:
        assert found is None
    else:
        np.testing.assert_array_equal(found, week)
