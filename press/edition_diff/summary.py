"""What changed, in a few sentences, for the head of the page.

Out of scope: the changes themselves (``compare``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.languages.printed import now, say
from press.templating import counted

#: Words for the count of each kind of change, in the order of the sentence.
ROWS = {"changed": "{number} changed", "added": "{number} added", "removed": "{number} taken out",
        "renamed": "{number} renamed", "retitled": "{number} retitled"}  # fmt: skip
NUMBERS = {"moved": "{number} moved", "added": "{number} new", "removed": "{number} gone",
           "rests otherwise": "{number} the same on other rows"}  # fmt: skip
CLAIMS = {"turned": "{number} turned", "added": "{number} new", "removed": "{number} gone",
          "reworded": "{number} with another reason or wording"}  # fmt: skip


def nothing(found: dict) -> bool:
    """Whether the two editions say the same, word for word."""
    return not any(found[kind] for kind in ("pages", "rows", "claims", "numbers", "figures", "texts"))


def sentences(found: dict) -> Iterator[str]:
    """One sentence for each kind of change, whether there was one or not."""
    counts = found["summary"]
    if nothing(found):
        yield say("Nothing changed between edition {old} and edition {new}: data, numbers, verdicts, figures and text are the same.",
                  old=found["old"], new=found["new"])  # fmt: skip
        return
    rows = sum(counts["rows"].values())
    yield (say("Data: {rows} ({changes}).", rows=counted(rows, "row"), changes=_listed(counts["rows"], ROWS)) if rows
           else say("Data: no row changed."))  # fmt: skip
    yield say("Numbers in the text: {changes}.", changes=_lead(counts["numbers"], NUMBERS, say("none moved")))
    yield say("Verdicts: {changes}.", changes=_lead(counts["claims"], CLAIMS, say("none turned")))
    yield say("Figures: {changes}.", changes=_listed(counts["figures"]) or say("none changed"))
    passages, places = counts["texts"]["passages"], counts["texts"]["sections"]
    yield (say("Text: {passages} in {sections}.", passages=counted(passages, "passage"), sections=counted(places, "section"))
           if passages else say("Text: no passage changed in more than its numbers."))  # fmt: skip
    yield say("Pages: {changes}.", changes=_listed(counts["pages"]) or say("none added, renamed or taken out"))


def _listed(counts: Mapping[str, int], words: Mapping[str, str] | None = None) -> str:
    """How many changes of each kind there were: "2 changed, 1 taken out"."""
    kinds = [kind for kind in words or counts if counts.get(kind)]
    return say(", ").join(say((words or ROWS)[kind], number=count(counts[kind])) for kind in kinds)


def _lead(counts: Mapping[str, int], words: Mapping[str, str], none: str) -> str:
    """The same with the first kind apart: "none moved; 3 new"."""
    first, *others = words
    parts = [_listed(counts, {kind: words[kind] for kind in kinds}) for kinds in ([first], others)]
    return say("; ").join(filter(None, [parts[0] or none, parts[1]]))


def count(number: int) -> str:
    return str(number) if now().code else f"{number:,}"


def shown(number: dict) -> str:
    """A number as printed, and its bounds where these say more."""
    words, bounds = number["shown"], number["range"]
    return words if bounds == words else f"{words} [{bounds}]"
