"""How bound numbers are named in prose, and that none loses the scale of its unit."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from myst_nb.core.variables import RetrievalError

from citygap.notebook import Bound, in_english
from citygap.quantity.quantity import read
from press.build.diagnostics import meant
from press.extensions import bound_numbers

IN_ENGLISH = {
    # as published                                  as printed in a sentence
    ("425.3", "about", "1e4 persons", None): "about 4.253 million",
    ("171", "exact", "1e8 CNY", None): "17.1 billion",
    ("17.1", "exact", "1e8 CNY", None): "1.71 billion",
    ("800", "range", "1e8 CNY", "1053"): "79 to 110 billion",
    ("4500", "over", "1e8 CNY", None): "over 450 billion",
    ("17127.1", "exact", "1e8 CNY", None): "1.7 trillion",
    ("0.5", "nearly", "1e8 USD", None): "nearly 50 million",
    ("4.2", "nearly", "1e4 TEU", None): "nearly 42,000",
    ("95.3", "exact", "1e4 count", None): "953,000",
    # other units stand in the prose, scale and all
    ("17.1", "exact", "1e9 USD", None): "17.1",
    ("40", "nearly", "count", None): "nearly 40",
    ("12", "exact", "%", None): "12%",
}


@pytest.mark.parametrize("published", IN_ENGLISH)
def test_ten_thousands_and_hundred_millions_print_in_english_words(published):
    value, bound, unit, high = published
    quantity = read(value, bound, unit, high=high)
    bound = Bound("x", quantity)
    assert in_english(quantity) == str(bound) == IN_ENGLISH[published]
    assert f">{IN_ENGLISH[published]}</data>" in bound._repr_html_()


def test_the_card_keeps_the_unit_as_published():
    made = Bound("x", read("425.3", "about", "1e4 persons"))._repr_html_()
    assert 'data-unit="1e4 persons"' in made and 'data-published="about 425.3"' in made
    assert 'data-range="4.203 to 4.303 million people"' in made and 'data-key="x"' in made


def test_a_unit_that_was_chosen_for_the_prose_stays():
    assert str(Bound("x", read("5", "exact", "1e8 USD").to("1e6 USD"))) == "500"


FAULTS = [
    # power, printed, sentence, after            what is said
    (8, "17.1 billion", "makes yuan.", " yuan.", ""),
    (8, "17.1 billion", "makes hundred million yuan.", " hundred million yuan.", "'hundred million' follows: delete"),
    (4, "4.25 million", "has million people.", " million people.", "'million' follows: delete that"),
    (4, "42,000", "has 万 people.", "万 people.", "'万' follows"),
    (9, "17.1", "makes billion yuan.", " billion yuan.", ""),
    (9, "17.1", "from to billion yuan", " to ", ""),
    (9, "17.1", "makes yuan.", " yuan.", "the sentence does not say so: write 'billion' after it"),
    (6, "31.9", "has people.", " people.", "write 'million' after it"),
    (7, "31.9", "has people.", " people.", "bind it in another unit"),
]


@pytest.mark.parametrize("power, printed, sentence, after, says", FAULTS)
def test_a_scale_is_said_once(power, printed, sentence, after, says):
    given = {"data-unit": f"1e{power} x", "data-words": printed}
    fault = bound_numbers.scale_fault(power, given, sentence, after)
    assert says in fault and bool(says) == bool(fault)


def chapter(**bound):
    client = SimpleNamespace(glue_data={key: {"data": {"text/plain": text}} for key, text in bound.items()})
    return {"nb_renderer": SimpleNamespace(renderer=SimpleNamespace(nb_client=client))}


@pytest.mark.parametrize("key", ["luzhou-gdp", "luzhou_gdp"])
def test_a_key_is_found_as_bind_is_given_it_and_with_hyphens(key):
    found = bound_numbers.retrieve(chapter(**{"luzhou-gdp": "17.1"}), key)
    assert found.data == {"text/plain": "17.1"}


@pytest.mark.parametrize("key, says", [
    ("luzhou-gdq", "binds 'luzhou-gdq': did you mean 'luzhou-gdp'? Else bind it in a cell, bind(luzhou_gdq=...)"),
    ("luzhou_gdq", "binds 'luzhou_gdq': did you mean 'luzhou-gdp'? Else bind it in a cell, bind(luzhou_gdq=...)"),
    ("area", "binds 'area': bind it in a cell, bind(area=...)"),
])  # fmt: skip
def test_an_unknown_key_is_named_with_the_nearest_and_the_remedy(key, says):
    with pytest.raises(RetrievalError, match="^no cell of this chapter ") as fault:
        bound_numbers.retrieve(chapter(**{"luzhou-gdp": "17.1"}), key)
    assert str(fault.value).endswith(says)
    with pytest.raises(RetrievalError):
        bound_numbers.retrieve({}, key)


def test_the_claim_that_was_meant_is_named():
    assert meant("C8", {"C08", "C31"}) == "did you mean 'C08'? Else " and meant("xyz", {"C08"}) == ""


def test_the_bounds_of_a_number_in_words_are_given_on_its_scale():
    made = Bound("x", read("130", "about", "1e4 count"))._repr_html_()
    assert re.search(r'data-said-range="1\.2\d+ to 1\.3\d+"', made), made
    assert "about 1.3 million" in made
