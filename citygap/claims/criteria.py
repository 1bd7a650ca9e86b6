"""How parts of a claim are answered from rows: the few ways in which the rules read the tables.

Every function returns a :class:`~citygap.claims.verdicts.Part` (or several) whose answer follows
from rows.  Three habits hold throughout:

- which pages, times and documents count is decided once, by :meth:`Witness.admits`;
- where sources differ, the better page speaks, of equals the later one, and else the question is
  left open;
- most plans were read from their beginning, so what is not seen in one is never called absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from citygap.claims.dates import Span, span, start
from citygap.claims.evidence import (
    emphasis_item,
    fact_item,
    figure_item,
    when,
    words,
)
from citygap.claims.evidence_tables import Witness
from citygap.claims.verdicts import Item, Part, Role
from citygap.data.tables import CONFIDENCE
from citygap.quantity.quantity import Quantity, read, reading_rules
from citygap.quantity.three_valued import Answer

#: How many times as wide a word may be read before a figure no longer fits it.
LOOSE = 2
#: What makes a city the seat of a firm, and how it is said.
BASIS = {
    "registered office": "{} has its registered office in {}",
    "head office": "{} has its head office in {}",
    "legal name": "{} is by its legal name a company of {}",
    "reported location": "{} is reported to sit in {}",
}
STANCE = {Answer.YES: "for", Answer.NO: "against", Answer.CANNOT_TELL: "context"}


def unknown(text: str, *items: Item, role: Role = Role.ESSENTIAL) -> Part:
    """A part on which the tables hold nothing."""
    return Part(Answer.of(False, False), text, items, role)


def note(text: str, *items: Item) -> Part:
    """Something worth knowing that decides nothing."""
    return unknown(text, *items, role=Role.NOTE)


def figure_note(w: Witness, text: str, *quantities: Quantity) -> Part:
    """A note on published figures."""
    return note(text, *(figure_item(w, q, "context") for q in quantities))


# ------------------------------------------------------------------------------- statements


def told(
    w: Witness,
    claim: str,
    part: str,
    says: str,
    role: Role = Role.ESSENTIAL,
    quiet: bool = False,
    since: str = "",
) -> Part:
    """What the statements in evidence.csv say on a part of a claim.

    Which of them count is decided by :meth:`Witness.admits`; of those the better page speaks, and
    of equals the one on a surely later time.  ``says`` is the part as a clause ("the firm supplies
    SERES"); ``quiet`` leaves the reason to other parts where the answer is yes.
    """
    rows = w.rows("evidence", claim=claim, part=part)
    spoken = [r for r in rows if r["stance"] != "context" and w.admits(r, since)]
    best = max((CONFIDENCE[r["confidence"]] for r in spoken), default=0)
    spoken = [r for r in spoken if CONFIDENCE[r["confidence"]] == best]
    pro, con = ([r for r in spoken if r["stance"] == s] for s in ("supports", "contradicts"))
    answer = Answer.of(_outdone(con, pro), _outdone(pro, con))
    stances = {"supports": "for", "contradicts": "against", "context": "context"}
    items = tuple(
        fact_item(r, stances[r["stance"]] if w.admits(r, since) else "context") for r in rows
    )
    if answer is Answer.CANNOT_TELL:
        barred = [r for r in rows if r["stance"] != "context"]
        text = (
            f"sources of equal standing differ on whether {says}"
            if spoken
            else f"only a page of low standing, of another time or on another plan bears on whether {says}"
            if barred
            else _unseen(w, claim, says)
        )
    else:
        text = (pro if answer is Answer.YES else con)[0]["what"]
    return Part(answer, "" if quiet and answer is Answer.YES else text, items, role)


def _unseen(w: Witness, claim: str, says: str) -> str:
    """That no page says a part of a claim: found wanting only where one was looked for."""
    if day := w.claim(claim)["looked"]:
        return f"no independent source was found that {says}, though one was looked for on {span(day)}"
    return f"no page that was read for the tables says that {says}"


def _outdone(rows: Sequence[dict[str, str]], others: Sequence[dict[str, str]]) -> bool:
    """Whether rows of the same standing give way to others: there are none, or all are older."""
    if not others:
        return False
    days = [[span(start(r["period"])) for r in each if r["period"]] for each in (rows, others)]
    if any(len(d) < len(each) for d, each in zip(days, (rows, others), strict=True)):
        return not rows
    older, newer = days
    return all(any(o.before(n) is Answer.YES for n in newer) for o in older)


# ---------------------------------------------------------------------------------- figures


def agrees(row: dict[str, str], claimed: Quantity, q: Quantity, width: float = 1) -> Answer:
    """Whether an independent figure bears out the figure of a claim.

    ``over`` and ``at_most`` are true or false of a number; a number after *nearly*, *about* or
    nothing is borne out if the two readings overlap, the claim's being ``width`` times as wide.
    """
    q = q.to(claimed.unit)
    value = float(row["value"])
    if row["bound"] in ("over", "at_least"):
        return Answer.of(q.low >= value, q.high < value)
    if row["bound"] in ("under", "at_most"):
        return Answer.of(q.high <= value, q.low > value)
    with reading_rules(width=width):
        region = read(row["value"], row["bound"], claimed.unit)
    overlap = q.high >= region.low and q.low <= region.high
    return Answer.of(overlap, not overlap)


def figure(w: Witness, claim: str, readings: Sequence[Quantity]) -> list[Part]:
    """Whether independent readings bear out the figure of a claim, best voice first.

    Parts: the figure itself (a word read up to :data:`LOOSE` times as wide); its wording as the
    reading rules have it; whether every other reading agrees.
    """
    row, claimed = w.claim(claim), w.claimed(claim)
    sound = [q for q in readings if q.confidence != "low"]
    weak = tuple(figure_item(w, q, "context") for q in readings if q.confidence == "low")
    if not sound:
        text = (
            "only pages of low standing give this figure besides the commentary"
            if weak
            else "no source but the commentary gives this figure"
        )
        return [unknown(text, *weak)]
    speaks, others = sound[0], sound[1:]
    answer = agrees(row, claimed, speaks, LOOSE)
    where = f"{words(speaks)} ({when(speaks.period)})"
    text = {
        Answer.YES: f"another source than the commentary gives {where}",
        Answer.NO: f"the independent figure is {where}, which does not fit",
        Answer.CANNOT_TELL: f"the independent figure is {where}, whose bounds leave it open",
    }[answer]
    parts = [Part(answer, text, (figure_item(w, speaks, STANCE[answer]), *weak))]
    worded = agrees(row, claimed, speaks)
    parts.append(
        Part(
            worded,
            f"that is {claimed.text()} only if the word is read {LOOSE} times as wide as usual"
            if answer is Answer.YES and worded is not Answer.YES
            else "",
            role=Role.GLOSS,
        )
    )
    for other in others:
        if other.bounds == speaks.bounds:
            parts.append(note("", figure_item(w, other, STANCE[answer])))
            continue
        same = agrees(row, claimed, other)
        differs = f"another source gives {words(other)} ({when(other.period)})"
        item = figure_item(w, other, STANCE[same])
        parts.append(Part(same, differs if same is Answer.NO else "", (item,), Role.GLOSS))
    return parts


def compared(
    w: Witness,
    answer: Answer,
    texts: tuple[str, str, str],
    quantities: Iterable[Quantity] = (),
    role: Role = Role.ESSENTIAL,
) -> Part:
    """A part answered by a comparison; ``texts`` for yes, no and cannot tell."""
    text = dict(zip((Answer.YES, Answer.NO, Answer.CANNOT_TELL), texts, strict=True))[answer]
    items = tuple(figure_item(w, q, STANCE[answer]) for q in quantities)
    return Part(answer, text, items, role)


def majority(yes: int, no: int) -> Answer:
    """Yes if two thirds of those that tell say yes, no if two thirds say no."""
    told_ = yes + no
    return Answer.of(told_ > 0 and 3 * yes >= 2 * told_, told_ > 0 and 3 * no >= 2 * told_)


def naming(w: Witness, claim: str, right: Sequence[Quantity]) -> Role:
    """What the name of a figure (core, industry) is to its claim, where the source has another name.

    It is said in passing, unless the figures under the right name lie outside what the claim gives.
    """
    row, claimed = w.claim(claim), w.claimed(claim)
    outside = {agrees(row, claimed, q, LOOSE) for q in right} == {Answer.NO}
    return Role.ESSENTIAL if outside else Role.GLOSS


# ------------------------------------------------------------------- seats, dates and plans


def located(w: Witness, place: str, city: str) -> Part:
    """Whether a firm sits in a city, by the seats table; the best page speaks."""
    rows = w.rows("seats", place=place)
    seats = [r for r in rows if r["basis"] in BASIS]
    best = {
        here: max(
            (CONFIDENCE[r["confidence"]] for r in seats if (r["city"] == city) is here), default=0
        )
        for here in (True, False)
    }
    answer = Answer.of(best[True] > best[False], best[False] > best[True])
    items = []
    for r in rows:
        seat = r["basis"] in BASIS and CONFIDENCE[r["confidence"]]
        stance = ("for" if r["city"] == city else "against") if seat else "context"
        key = f"seats/{place}/{r['city']}/{r['basis']}/{r['source']}"
        more = f" ({r['note']})" if r["note"] else ""
        text = f"{w.name(place)}: {r['basis']} in {w.name(r['city'])}{more}"
        items.append(Item((key,), text, (r["source"],), r["confidence"], stance))
    spoken = next((r for r in seats if (r["city"] == city) is (answer is Answer.YES)), None)
    text = (
        f"no sound source places {w.name(place)}"
        if answer is Answer.CANNOT_TELL
        else BASIS[spoken["basis"]].format(w.name(place), w.name(spoken["city"]))
    )
    return Part(answer, text, tuple(items))


def dated(row: dict[str, str], answer: Callable[[Span], Answer], item: Callable) -> Part:
    """Whether the date of a plan or an event is as claimed."""
    found = answer(span(row["date"]))
    name = row.get("name_en") or row["title_en"]
    return Part(found, f"{name}: {span(row['date'])}", (item(row, STANCE[found]),))


def emphasised(
    w: Witness,
    claim: str,
    theme: str,
    weight: int,
    says: str,
    unseen: str = "",
    role: Role = Role.ESSENTIAL,
) -> Part:
    """Whether a theme was seen in the plan that a claim names with at least a weight.

    Weights are 1 (named) and 2 (a section).  ``says`` is the half sentence for yes, ``unseen``
    that for what was not seen.  A page that says that it is no section (part ``section`` of
    evidence.csv) answers no.
    """
    rows = [
        r
        for r in w.rows("emphasis", plan=w.documents(claim)[0], theme=theme)
        if w.confidence(r["source"]) != "low"
    ]
    read_whole = told(w, claim, "section", says)
    seen = any(int(r["weight"]) >= weight for r in rows)
    answer = Answer.of(
        seen and read_whole.answer is not Answer.NO, read_whole.answer is Answer.NO
    )
    items = tuple(emphasis_item(w, r, STANCE[answer]) for r in rows)
    text = {
        Answer.YES: says,
        Answer.NO: read_whole.text,
        Answer.CANNOT_TELL: unseen or f"it was not seen that {says}",
    }[answer]
    return Part(answer, text, (*items, *read_whole.items), role)


def context(w: Witness, claim: str, part: str = "", words: bool = False) -> list[Part]:
    """The statements on a claim (or a part of it) that are only context; with ``words`` the reason says them."""
    rows = w.rows("evidence", claim=claim, **({"part": part} if part else {}))
    return [note(r["what"] * words, fact_item(r, "context")) for r in rows if r["stance"] == "context"]


def aims(w: Witness, plan: str, *keys: str) -> list[Item]:
    """Numeric aims of a plan as context: by their indicator, or by their name where they have none."""
    found = []
    for row in w.rows("targets", plan=plan):
        if (row["indicator"] or row["name_en"]) in keys:
            fields = (row["indicator"] or row["name_en"], row["period"], row["plan"], row["source"])
            aim = read(row["value"], row["bound"], row["unit"], high=row["value_high"] or None)
            text = f"{w.plan(row['plan'])['title_en']}: {row['name_en']}, {row['period']}: {words(aim)}"
            key, measure = "/".join([row["place"], *fields]), "个" * (row["unit"] == "count")
            found.append(Item((key,), text, (row["source"],), row["confidence"], "context", measure))
    return found
