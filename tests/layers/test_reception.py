"""A facility is open within its hours and on its days of reception."""

import numpy as np
import pandas as pd
import pytest

from geo.layers.facilities import unread_note
from geo.layers.opening_hours import (
    not_understood,
    reception_days,
    week_of_hours,
    weekly_hours,
)

FROM_EIGHT_TO_FIVE = "8:00-17:00"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (None, 127),
        (" ", 127),
        ("пн, ср, пт", 0b10101),
        ("пн–пт", 31),
        ("1-6", 63),
        ("135", 0b10101),
        ("по будням", 31),
        ("ежедневно, кроме вс", 63),
        ("Mo, We-Th", 0b1101),
        ("по записи", None),
        ("1 и 3 сб", None),  # weeks of a month
        ("через день", None),
        ("пн 9:00-12:00", None),  # hours of their own
    ],
)
def test_days_of_reception_are_read_or_not_known(text, days):
    assert reception_days(text) == days


def test_hours_hold_on_days_of_reception_only():
    week = week_of_hours(FROM_EIGHT_TO_FIVE, "пн, ср, пт")
    assert np.isfinite(week[:, 0]).tolist() == [True, False] * 2 + [True, False, False]
    assert weekly_hours(FROM_EIGHT_TO_FIVE, "пн, ср, пт") == 27
    assert (
        weekly_hours(FROM_EIGHT_TO_FIVE) == weekly_hours(FROM_EIGHT_TO_FIVE, "") == 63
    )
    assert weekly_hours("пн-чт 8:00-17:00", "ср-сб") == 18
    # closed is closed, whatever the days
    assert weekly_hours("закрыто", "пн") == 0


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("по записи", None),
        (FROM_EIGHT_TO_FIVE, "когда как"),
        ("пн-пт 8:00-17:00", "сб"),  # one of the two is wrong
        (None, "когда как"),
    ],
)
def test_what_was_not_understood_is_not_known(hours, days):
    assert week_of_hours(hours, days) is None
    assert weekly_hours(hours, days) is None
    assert not_understood(hours, days)
    assert not not_understood(None, None)
    assert not not_understood(FROM_EIGHT_TO_FIVE, "вт")
    table = pd.DataFrame({"hours": [hours, None], "staff_days": [days, "вт"]})
    (note,) = unread_note(table)
    assert (hours or days) in note
    assert unread_note(table.iloc[1:]) == ()
