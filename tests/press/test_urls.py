"""Addresses of the published site."""

from press.urls import canonical, folder, permanent

ROOT = "https://book.example/"


def test_what_is_cited_names_the_edition():
    assert permanent(ROOT, "2026.1", "chapters/data", "top") == (
        "https://book.example/2026.1/chapters/data.html#top"
    )


def test_a_version_that_is_not_out_stands_in_dev():
    assert folder("2026.2.dev") == "dev"
    assert permanent(ROOT, "2026.2.dev", "index") == "https://book.example/dev/index.html"


def test_search_engines_are_shown_the_newest():
    assert canonical(ROOT, "chapters/data") == "https://book.example/latest/chapters/data.html"


def test_without_an_address_none_is_made_up():
    assert permanent("", "2026.1", "index") == canonical("", "index") == ""
