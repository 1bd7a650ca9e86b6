"""``python -m press font``: the font of Chinese labels, for machines that have none.

``citygap/fonts/NotoSansSC-subset.ttf`` is Noto Sans SC (SIL Open Font License 1.1) at weight 400.
matplotlib draws a variable font at its thinnest weight, hence a static one.  It holds

- the 3,755 everyday characters (GB 2312, level 1),
- every character that occurs in ``data/``, ``chapters/`` and the words of figures
  (``citygap/words``), and place names' Traditional forms,
- ASCII, Latin-1, punctuation and the signs of :data:`SIGNS`.

Its family is named "Noto Sans SC Subset", so that a whole Noto Sans SC on the machine and this one
are never taken for each other.  The same source gives the same bytes.

Out of scope: choosing the font in figures (``citygap.charts.style``); a test holds the labels to
it.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from citygap.words import CATALOGUE
from press import CHAPTERS, DATA, FONTS, shown
from press.execution.digests import files_of

NAME = "NotoSansSC-subset.ttf"
FAMILY = "Noto Sans SC Subset"
LICENCE = "OFL.txt"
SOURCE = "ofl/notosanssc/NotoSansSC[wght].ttf"  # in the package justmytype-intl-cjk
WEIGHT = 400
WORDS = CATALOGUE.parent
LIMIT = 1_500_000  # bytes

# Municipalities, provinces, regions and cities in their Traditional forms.
PLACES = (
    "重慶北京上海天津深圳杭州廣州成都西安武漢合肥南京蘇州長沙青島鄭州寧波無錫濟南大連瀋陽哈爾濱長春昆明"
    "貴陽南寧蘭州銀川西寧烏魯木齊拉薩呼和浩特太原石家莊南昌福州廈門海口東莞佛山珠海香港澳門臺灣台北新加坡"
    "河北山西遼寧吉林黑龍江江蘇浙江安徽福建江西山東河南湖北湖南廣東海南四川貴州雲南陝西甘肅青海"
    "內蒙古廣西壯族西藏寧夏回族新疆維吾爾自治區特別行政區省市縣區中國美國歐盟東盟越南泰國老撾馬來西亞"
    "兩江新區渝北長江三角洲珠江粵港澳大灣區京津冀成渝雙城經濟圈"
)
SIGNS = "−×÷±≈≠≤≥→←↑↓↗↘∞√∑·•…–—‘’“”„†‡‰′″℃№①②③④⑤⑥⑦⑧⑨⑩■□▲△▼▽◆◇○●★☆"


def font() -> int:
    """Write the font and its licence; 1 if a Han character is not to be had."""
    import justmytype_intl_cjk

    source = Path(justmytype_intl_cjk.__file__).parent / "fonts" / SOURCE
    wanted = characters()
    path = FONTS / NAME
    FONTS.mkdir(parents=True, exist_ok=True)
    lacking = write(source, wanted, path)
    (FONTS / LICENCE).write_text(
        source.with_name(LICENCE).read_text(encoding="utf-8"), encoding="utf-8"
    )
    size = path.stat().st_size
    print(f"{shown(path)}: {len(wanted) - len(lacking)} characters, {size:,} bytes")
    if lacking:
        print("Not in the source: " + " ".join(sorted(lacking)))
    if size > LIMIT:
        print(f"That is more than {LIMIT:,} bytes: leave out part of GB 2312.")
    return 1 if size > LIMIT or any(is_han(character) for character in lacking) else 0


def characters() -> set[str]:
    """Every printing character that the font is to have."""
    text = PLACES + SIGNS + gb2312_level_1()
    for first, last in ((0x20, 0x7E), (0xA0, 0xFF), (0x3000, 0x3017), (0xFF01, 0xFF5E)):
        text += "".join(map(chr, range(first, last + 1)))
    for folder, ends in ((DATA, {".csv", ".bib", ".json"}), (WORDS, {".csv"}), (CHAPTERS, {".md"})):
        for path in sorted(files_of(folder)):
            if path.suffix in ends:
                text += path.read_text(encoding="utf-8-sig")
    return {character for character in text if unicodedata.category(character)[0] not in "CZ"} | {
        " ", "\u00a0", "\u3000"
    }  # fmt: skip


def gb2312_level_1() -> str:
    """The 3,755 everyday characters of GB 2312: rows 16 to 55 of its table."""
    codes = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return b"".join(codes).decode("gb2312", errors="ignore")


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


def write(source: Path, wanted: set[str], path: Path) -> set[str]:
    """Write a static subset of the variable font ``source``; the characters it does not have."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    whole = TTFont(source, recalcTimestamp=False)
    lacking = {character for character in wanted if ord(character) not in whole.getBestCmap()}
    options = subset.Options()
    options.hinting = False
    options.layout_features = []  # matplotlib uses none
    options.drop_tables += ["GPOS", "GSUB", "BASE", "vhea", "vmtx"]
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(whole)
    static = instancer.instantiateVariableFont(whole, {"wght": WEIGHT})
    if "STAT" in static:
        del static["STAT"]
    name = static["name"]
    name.names = [record for record in name.names if record.nameID in (0, 5, 7, 13, 14)]
    compact = FAMILY.replace(" ", "")
    for number, text in (
        (1, FAMILY),
        (2, "Regular"),
        (3, f"{compact}-Regular"),
        (4, f"{FAMILY} Regular"),
        (6, f"{compact}-Regular"),
    ):
        name.setName(text, number, 3, 1, 0x409)
    static["OS/2"].usWeightClass = WEIGHT
    static.save(path, reorderTables=True)
    return lacking
