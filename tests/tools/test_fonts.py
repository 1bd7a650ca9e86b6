"""The committed font has what the labels need, for machines that have no Chinese font."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from press import FONTS
from tools.fonts import FAMILY, LICENCE, LIMIT, NAME, characters, gb2312_level_1, is_han


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(FONTS / NAME)


@pytest.mark.parametrize("table", ["places.csv", "indicators.csv", "plans.csv", "targets.csv"])
def test_every_chinese_character_of_a_table_has_a_glyph(root, font, table):
    text = (root / "data" / table).read_text(encoding="utf-8")
    lacking = {c for c in text if is_han(c)} - set(map(chr, font.getBestCmap()))
    assert not lacking, f"renew the font with: make font ({''.join(sorted(lacking))})"


def test_every_chinese_character_of_data_and_chapters_has_a_glyph(font):
    lacking = {c for c in characters() if is_han(c)} - set(map(chr, font.getBestCmap()))
    assert not lacking, f"renew the font with: make font ({''.join(sorted(lacking))})"


def test_everyday_characters_are_those_of_the_standard():
    assert len(gb2312_level_1()) == 3755
    assert gb2312_level_1()[0] == "啊" and gb2312_level_1()[-1] == "座"


def test_the_font_is_one_static_weight_small_and_free(font):
    assert "fvar" not in font  # matplotlib draws a variable font at its thinnest
    assert font["OS/2"].usWeightClass == 400
    assert (FONTS / NAME).stat().st_size < LIMIT
    assert font["name"].getDebugName(1) == FAMILY
    assert "SIL OPEN FONT LICENSE" in (FONTS / LICENCE).read_text(encoding="utf-8")
