"""What changed, in a few sentences, for the head of the page.

Out of scope: the changes themselves (``compare``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.templating import counted

#: Words for the count of each kind of change, in the order of the sentence.
ROWS = {"changed": "changed", "added": "added", "removed": "taken out"}
NUMBERS = {"added": "new", "removed": "gone", "rests otherwise": "the same on other rows"}
CLAIMS = {"added": "new", "removed": "gone", "reworded": "with another reason or wording"}


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
    rows = sum(counts["rows"].values())
    yield f"Data: {counted(rows, 'row')} ({_listed(counts['rows'], ROWS)})." if rows else "Data: no row changed."
    yield f"Numbers in the text: {_lead(counts['numbers'], 'moved', NUMBERS)}."
    yield f"Verdicts: {_lead(counts['claims'], 'turned', CLAIMS)}."
    yield f"Figures: {_listed(counts['figures']) or 'none changed'}."
    passages, places = counts["texts"]["passages"], counts["texts"]["sections"]
    yield (f"Text: {counted(passages, 'passage')} in {counted(places, 'section')}." if passages
           else "Text: no passage changed in more than its numbers.")  # fmt: skip
    yield f"Pages: {_listed(counts['pages']) or 'none added, renamed or taken out'}."


def _listed(counts: Mapping[str, int], words: Mapping[str, str] | None = None) -> str:
    """How many changes of each kind there were: "2 changed, 1 taken out"."""
    words = words or {kind: ROWS.get(kind, kind) for kind in counts}
    return ", ".join(f"{counts[kind]:,} {word}" for kind, word in words.items() if counts.get(kind))


def _lead(counts: Mapping[str, int], kind: str, others: Mapping[str, str]) -> str:
    """The same of one kind, and behind it of the others: "none moved; 3 new"."""
    more = _listed(counts, others)
    return f"{_listed(counts, {kind: kind}) or f'none {kind}'}{f'; {more}' if more else ''}"


def shown(number: dict) -> str:
    """A number as printed, and its bounds where these say more."""
    words, bounds = number["shown"], number["range"]
    return words if bounds == words else f"{words} [{bounds}]"
