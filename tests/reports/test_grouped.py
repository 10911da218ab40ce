"""Classes summed by group, on groups of at most five settlements."""

import numpy as np

from geo.reports.classed import Classed
from geo.reports.grouped import NO_CLASS, grouped

NUMBERS = ("0", "1", "2", "unreachable", "unknown")
WORDS = ("breached", "kept", "unknown")


def of(classes, settlements):
    """Group settlements, each given as group, class, people and whether it is old."""
    group, code, people, old = (np.array(one) for one in zip(*settlements, strict=True))
    found = Classed(classes, code, old.astype(bool))
    return grouped(found, group, group.max() + 1, people.astype(float))


def test_words_are_those_of_most_people():
    told = of(WORDS, [(0, 0, 60, 0), (0, 1, 30, 0), (0, 1, 31, 0), (1, 2, 5, 0)])
    assert told.code.tolist() == [1, 2]
    assert told.people.tolist() == [[60, 0], [61, 0], [0, 5]]
    assert told.settlements.tolist() == [[1, 0], [2, 0], [0, 1]]


def test_of_equally_many_the_first_class_counts_which_is_a_breach():
    assert of(WORDS, [(0, 1, 30, 0), (0, 0, 30, 0)]).code.tolist() == [0]


def test_who_is_asked_nothing_hides_nobody():
    words = ("breached", "kept", "no_norm")
    town, village, hamlet = (0, 2, 90_000, 0), (0, 0, 60, 0), (0, 1, np.nan, 0)
    assert of(words, [town]).code.tolist() == [2]
    assert of(words, [town, village]).code.tolist() == [0]
    # nobody is known to live in the hamlet: of those who are asked it alone counts
    told = of(words, [town, hamlet])
    assert told.code.tolist() == [1]
    assert told.people.tolist() == [[0], [0], [90_000]]


def test_numbers_are_of_the_resident_in_the_middle():
    """100 people: the 50th lives in class 1; the mean of the classes is 0.6."""
    told = of(NUMBERS, [(0, 0, 49, 0), (0, 1, 42, 0), (0, 2, 9, 0)])
    assert told.code.tolist() == [1]
    # between two classes it is the lower one
    assert of(NUMBERS, [(0, 0, 50, 0), (0, 2, 50, 0)]).code.tolist() == [0]


def test_a_word_stands_only_where_more_have_it_than_a_number():
    some = [(0, 0, 20, 0), (0, 2, 21, 0)]
    assert of(NUMBERS, [*some, (0, 4, 41, 0)]).code.tolist() == [2]
    assert of(NUMBERS, [*some, (0, 4, 42, 0)]).code.tolist() == [4]
    # each word for itself: 80 of 121 have no number, and yet most of one kind have one
    both = [*some, (0, 3, 40, 0), (0, 4, 40, 0)]
    assert of(NUMBERS, both).code.tolist() == [2]


def test_where_nobody_is_known_to_live_settlements_are_counted():
    nan = np.nan
    told = of(
        WORDS,
        [(0, 0, nan, 1), (0, 1, nan, 0), (0, 1, 0, 1), (1, 0, 1, 0), (1, 1, nan, 0)],
    )
    assert told.code.tolist() == [1, 0]
    # one of the two that are kept is out of date: not most of them
    assert told.old.tolist() == [False, False]
    assert told.people.tolist() == [[0, 1], [0, 0], [0, 0]]
    assert told.settlements.tolist() == [[1, 1], [2, 1], [0, 0]]


def test_a_group_is_old_with_most_people_of_its_class():
    told = of(
        NUMBERS,
        [(0, 1, 60, 1), (0, 1, 40, 0), (0, 4, 90, 0), (1, 1, 40, 1), (1, 1, 60, 0)],
    )
    assert told.code.tolist() == [1, 1]
    assert told.old.tolist() == [True, False]


def test_who_is_in_no_group_or_not_counted_is_left_out():
    told = of(WORDS, [(-1, 0, 5, 0), (1, -1, 7, 0), (2, 1, 9, 0)])
    assert told.code.tolist() == [NO_CLASS, NO_CLASS, 1]
    assert told.people.sum() == 9
    assert told.settlements.sum() == 1
    assert told.old.tolist() == [False, False, False]
