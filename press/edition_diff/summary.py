"""What changed, in a few sentences: for the head of the page and for the terminal.

Out of scope: the changes themselves (``compare``).
"""

from __future__ import annotations

from collections.abc import Iterator

from press.templating import counted

#: Words for the count of each kind of change, one and many, in the order of the sentence.
ROWS = {"changed": "changed", "added": "added", "removed": "taken out"}
MANY = 6  # changes of a kind that the terminal lists


def nothing(found: dict) -> bool:
    """Whether the two editions say the same, word for word."""
    return not any(found[kind] for kind in ("pages", "rows", "claims", "numbers", "figures", "texts"))


def sentences(found: dict) -> Iterator[str]:
    """One sentence for each kind of change, whether there was one or not."""
    counts = found["summary"]
    if nothing(found):
        yield (f"Nothing changed between edition {found['old']} and edition {found['new']}: data, "
               "numbers, verdicts, figures and text are the same.")  # fmt: skip
        return
    rows = counts["rows"]
    total = sum(rows.values())
    parts = [f"{rows[kind]:,} {words}" for kind, words in ROWS.items() if rows.get(kind)]
    yield f"Data: {counted(total, 'row')} ({', '.join(parts)})." if total else "Data: no row changed."
    numbers = counts["numbers"]
    moved = numbers.get("moved", 0)
    more = [
        words for kind, words in (
            ("added", f"{numbers.get('added', 0):,} new"),
            ("removed", f"{numbers.get('removed', 0):,} gone"),
            ("rests otherwise", f"{numbers.get('rests otherwise', 0):,} the same on other rows"),
        ) if numbers.get(kind)
    ]  # fmt: skip
    yield (f"Numbers in the text: {f'{moved:,}' if moved else 'none'} moved"
           + (f"; {', '.join(more)}" if more else "") + ".")  # fmt: skip
    claims = counts["claims"]
    turned = claims.get("turned", 0)
    more = [f"{claims[kind]:,} {words}" for kind, words in (
        ("added", "new"), ("removed", "gone"), ("reworded", "with another reason or wording"),
    ) if claims.get(kind)]  # fmt: skip
    yield (f"Verdicts: {f'{turned:,}' if turned else 'none'} turned"
           + (f"; {', '.join(more)}" if more else "") + ".")  # fmt: skip
    figures = [f"{number:,} {kind}" for kind, number in counts["figures"].items()]
    figures = [words.replace("removed", "taken out") for words in figures]
    yield f"Figures: {', '.join(figures) or 'none changed'}."
    passages, places = counts["texts"]["passages"], counts["texts"]["sections"]
    yield (f"Text: {counted(passages, 'passage')} in {counted(places, 'section')}." if passages
           else "Text: no passage changed in more than its numbers.")  # fmt: skip
    pages = [f"{number:,} {kind}" for kind, number in counts["pages"].items()]
    pages = [words.replace("removed", "taken out") for words in pages]
    yield f"Pages: {', '.join(pages) or 'none added, renamed or taken out'}."


def terminal(found: dict) -> str:
    lines = [f"From edition {found['old']} to edition {found['new']}", ""]
    lines += [f"  {sentence}" for sentence in sentences(found)]
    for title, kind, told in (("Data", "rows", _row), ("Numbers", "numbers", _number),
                              ("Verdicts", "claims", _claim)):  # fmt: skip
        entries = [words for each in found[kind] if (words := told(each))]
        if entries:
            more = len(entries) - MANY
            lines += ["", title, *(f"  {words}" for words in entries[:MANY])]
            lines += [f"  and {more:,} more"] * (more > 0)
    return "\n".join(lines)


def _row(each: dict) -> str:
    cells = "; ".join(f"{one['column']} {one['old'] or 'empty'} -> {one['new'] or 'empty'}"
                      for one in each["columns"])  # fmt: skip
    return f"{ROWS[each['change']]}: {each['table']} {each['id']}" + (f": {cells}" if cells else "")


def _number(each: dict) -> str:
    if each["change"] != "moved":
        return ""
    field = "shown" if each["old"]["shown"] != each["new"]["shown"] else "range"
    return f"{each['id']}: {each['old'][field]} -> {each['new'][field]}"


def _claim(each: dict) -> str:
    if each["change"] != "turned":
        return ""
    return f"{each['id']}: {each['old']['verdict']} -> {each['new']['verdict']}"


def shown(number: dict) -> str:
    """A number as printed, and its bounds where these say more."""
    words, bounds = number["shown"], number["range"]
    return words if bounds == words else f"{words} [{bounds}]"
