"""What counts as a figure in running text: digits, number words, fractions, multiples, Chinese.

:func:`figures` finds them all and judges none: whether one may be typed is for ``permits``.  So
every digit counts, that of a year or a name too, and so does every "one" that is not plain idiom.

- Digits of any script, with separators, signs and units: 4,500; 17.1%; 2013-18; 3x; 13th; H100; ½.
- English: cardinals, ordinals, fractions, dozens and decades, groups ("trio"), multiples
  ("twice", "tenfold", "half", "order of magnitude").
- Chinese: numerals with a unit or a counted thing (八百亿, 三成, 两倍, 十家), fractions (三分之一,
  百分之五), ordinals (第三) and set words (一半, 翻番).  A numeral alone is most often part of a
  name (四川, 三亚) and is none.

A scale word right after a bound number is that number's unit ("{glue}`core` billion yuan") and
no figure of its own.

Out of scope: words that only compare ("more", "most"); bind them with ``citygap.notebook.says``.
"""

from __future__ import annotations

import re
import unicodedata

#: Stands in running text for a number that the computation prints there (``prose``).
BOUND = "\ufffc"
#: Stands for what the audit does not read: code, citations, cross-references.
UNREAD = "\ufffb"

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = "hundred thousand million billion trillion".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth "
    "fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth billionth"
).split()
PLURALS = (
    "thirds fourths fifths sixths sevenths eighths ninths tenths twelfths twentieths hundredths "
    "thousandths tens twenties thirties forties fifties sixties seventies eighties nineties dozens"
).split()
OTHERS = (
    "dozen", "decades?", "century", "centuries", "duo", "trio", "quartet", "quintet", "couple of",
    "twice", "thrice", "half", "halves", "halved?", "halving", "quarters?",
    "doubl(?:e|es|ed|ing)", "tripl(?:e|es|ed|ing)", "trebl(?:e|es|ed|ing)",
    "quadrupl(?:e|es|ed|ing)", "quintupl(?:e|es|ed|ing)", "orders?\\s+of\\s+magnitude",
)  # fmt: skip

_SCALE = f"(?:{'|'.join(SCALES)})s?"
_CARDINAL = "|".join([*ONES, *TENS])
_FOLD = f"(?:{_CARDINAL}|{'|'.join(SCALES)}|many|several)-?fold"
_WORD = f"(?:{'|'.join([_FOLD, _CARDINAL, _SCALE, *ORDINALS, *PLURALS, *OTHERS])})"
_ENGLISH = rf"(?<!\w){_WORD}(?:(?:\s|-)+(?:(?:and|of|a)\s+)*{_WORD})*(?!\w)"

_SIGNS = "".join(
    chr(code) for code in range(0x80, 0x2800) if unicodedata.category(chr(code)) in ("No", "Nl")
)
_DIGIT = rf"[\d{_SIGNS}]"
# Letters, signs and separators that touch a digit belong to it: H100, 4,500, 2013-18, 3x, +17.1%.
_LETTER = r"[^\W\d_\u2e80-\u9fff]"
_DIGITS = (
    rf"(?:[$€£¥≈~<>±+−-]\s?|{_LETTER}+[-.]?)?{_DIGIT}"
    rf"(?:[.,:/–−-]?{_DIGIT})*(?:\s?[%‰×]|-?{_LETTER}+)?"
    rf"(?:(?:\s|-){_SCALE}(?!\w))*"
)

_HAN_DIGIT = "〇零一二两兩三四五六七八九十廿卅"
_HAN_SCALE = "百千万萬亿億兆"
_HAN = _HAN_DIGIT + _HAN_SCALE
_HAN_COUNTED = "成倍折分个個家件名位座条款台项类种年月日元点次人户只所支批期大" + _HAN_SCALE
_CHINESE = "|".join(
    [
        rf"[{_HAN}]+分之[{_HAN}点半]+",
        r"一半|过半|近半|大半|半数|对半|减半|翻一?番|翻[两三四]番|翻倍|倍增|半(?=[年数个成])",
        rf"第[{_HAN}]+",
        rf"[数几上近过逾超][{_HAN}]+",
        rf"[{_HAN}]*[{_HAN_DIGIT}][{_HAN}]*[余多来]?[{_HAN_COUNTED}]",
        rf"[{_HAN}]{{2,}}",
    ]
)

FIGURE = re.compile(f"{_DIGITS}|{_ENGLISH}|{_CHINESE}", re.IGNORECASE)
#: A bound number's unit: "{glue}`core` hundred million yuan", "{glue}`core`亿元".
UNIT = re.compile(
    rf"{BOUND}[\s-]*(?:(?:(?:hundred|ten)\s+)?(?:{'|'.join(SCALES)})\b|[万百千]?[亿億]|[十百千]?[万萬])",
    re.IGNORECASE,
)
#: A power in a unit: "km²".
POWER = re.compile(r"[^\W\d_]+[²³]")
#: English in which a number word counts nothing, whatever the book is about.
IDIOM = re.compile(
    r"""\b(?: (?:any|every|no)\sone | one\sanother | the\sone\s(?:that|which|who) | one's
        | one\s(?:can|may|must|should|could|might|would|cannot)
        | (?:this|that|which)\sone
        | (?:an?|the)\s(?!mere|bare|full|whole|single)\w+\sone
          (?=[,.;:?!)]|\s(?:and|for|is|or|than|that|was|which)\b)
        | on\s(?:the\sone|one)\shand | second-hand | first-hand | at\sfirst(?:\ssight)?
        | first\sof\sall | third[\s-]part(?:y|ies)
        )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def figures(text: str) -> list[tuple[int, int]]:
    """Start and end of every figure of a running text, in order."""
    free = [match.span() for pattern in (UNIT, POWER, IDIOM) for match in pattern.finditer(text)]
    return [
        match.span()
        for match in FIGURE.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in free)
    ]
