"""A declared text is said in one language, or in another that there is."""

from geo.reports.words import text_of


def test_a_text_falls_back_to_one_that_is_there():
    assert text_of({"kk": "Пошта"}, "be") == "Пошта"
    assert text_of({"ru": "", "en": "Post"}, "ru") == "Post"
    assert text_of(None, "ru") == ""
