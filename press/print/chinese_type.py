"""Chinese type for print: the characters of a volume in static faces, regular and semibold.

Chromium draws a variable font glyph by glyph, which no reader's program can search; hence faces of
fixed weight, cut from Noto Sans SC (SIL Open Font License 1.1) for the pages that are printed.

Out of scope: the font of figures and of the EPUB, ``citygap/fonts`` (``make font``).
"""

from __future__ import annotations

from pathlib import Path

SOURCE = "ofl/notosanssc/NotoSansSC[wght].ttf"  # in the package justmytype-intl-cjk
WEIGHTS = (400, 600)
_there: set[str] = set()  # the characters of the faces that this process has cut


def faces(text: str, folder: Path) -> dict[int, Path]:
    """Write a face of each weight, with every character of ``text`` that the font has, to
    ``folder``; the files by weight.  Faces that this process has cut serve again if they do."""
    import justmytype_intl_cjk
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    source = Path(justmytype_intl_cjk.__file__).parent / "fonts" / SOURCE
    folder.mkdir(parents=True, exist_ok=True)
    made = {weight: folder / f"NotoSansSC-{weight}.ttf" for weight in WEIGHTS}
    if set(text) <= _there:
        return made
    _there.update(text)
    for weight in WEIGHTS:
        font = TTFont(source, recalcTimestamp=False)
        subsetter = subset.Subsetter(subset.Options(hinting=False, notdef_outline=True))
        subsetter.populate(text="".join(sorted(_there)))
        subsetter.subset(font)
        instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
        font.save(made[weight])
    return made
