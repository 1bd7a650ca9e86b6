"""The page of contradictions, corrections and re-readings.

Out of scope: finding contradictions and checking the registers (``citygap.corrections``).
"""

from __future__ import annotations

from collections import Counter

from citygap import addresses
from citygap.corrections import TOLERANCE, anchor_of
from press.datapages.markup import (
    Frame,
    Page,
    Row,
    Site,
    code,
    confidence,
    definitions,
    paragraph,
    period_words,
    printed,
    section,
    table,
    text,
)

CAUSES = {
    "wording": "the words leave more open than the reading rules do",
    "definition": "two things may be counted",
    "reprint": "a page repeats a figure wrongly or loosely",
    "not known": "why is not known",
}


def page(site: Site) -> Page:
    """The page of the three registers."""
    name = addresses.CORRECTIONS.removesuffix(".html")
    frame = site.frame(name)
    parts = [
        frame.trail((addresses.OVERVIEW, "Data pages")),
        "<h1>Contradictions and corrections</h1>",
        contradictions(frame),
        corrections(frame),
        rereadings(frame),
        report(),
    ]
    words = "contradictions corrections errata register re-readings read again"
    return Page(name, "Contradictions and corrections", "".join(parts), words)


def contradictions(frame: Frame) -> str:
    """Both rows of every contradiction, which of them speaks, and why they differ."""
    site = frame.site
    rows = {
        (r["place"], r["indicator"], r["period"], r["source"]): r for r in site.observations
    }
    lines = []
    for found in site.registers.contradictions:
        one = rows[found["place"], found["indicator"], found["period"], found["source"]]
        other = rows[
            found["place"], found["indicator"], found["other_period"], found["other_source"]
        ]
        lines.append(Row((
            f"{frame.place(found['place'])}<br>{frame.indicator(found['indicator'])}",
            figure(frame, one),
            figure(frame, other),
            f"{text(found['reason'])}<br>"
            f'<span class="scope">{text(CAUSES[found["cause"]])}; found {text(found["found"])}'
            "</span>",
        ), addresses.slug(anchor_of(found))))  # fmt: skip
    methods = frame.chapter("methods", "Methods")
    share = f"{TOLERANCE * 100:g}"
    intro = paragraph(
        "Two observations of one place and one indicator contradict one another if neither is a "
        "forecast or of low confidence and the ranges that their words leave open "
        f"({methods}) lie more than {share}% of the figure apart. Both rows stand, and a rule says "
        "which speaks. The list is complete: a contradiction that is not on it, and one on it that "
        "is no longer in the data, stop the build."
    )
    head = ("What", "One row", "The other", "Why they differ")
    return section("contradictions", "Contradictions", intro,
                   table(head, lines, f"{len(lines)} contradictions"))


def figure(frame: Frame, row: dict[str, str]) -> str:
    """A row as printed, with a link to it and a mark if it speaks for its period."""
    address = addresses.observation_address(
        row["place"], row["indicator"], row["period"], row["source"]
    )
    speaks = frame.site.tables.observe(row["place"], row["indicator"], row["period"])
    mark = ' <span class="speaks">speaks</span>' if row["source"] in speaks.sources else ""
    value = printed(row["value"], row["bound"], row["unit"])
    return (
        f"{frame.go(address, value)}{mark}<br>{text(period_words(row['period']))}, "
        f"{frame.go(addresses.source_address(row['source']), code(row['source']))}, "
        f"{confidence(row['confidence'])}"
    )


def corrections(frame: Frame) -> str:
    """What was changed in the tables, latest first."""
    rows = list(reversed(frame.site.registers.corrections))
    intro = paragraph(
        "Figures that stood in a table and were mended, with the reason and the effect on the "
        "book. Rows that were added are no corrections: a better value stands beside the old one."
    )
    if not rows:
        return section("corrections", "Corrections", intro,
                       paragraph("No figure was corrected so far."))
    lines = [
        Row((
            f"{_row(frame, row)}<br>"
            f'<span class="scope">{text(row["date"])}, {text(row["table"])}</span>',
            (f"{code(row['column'])}:<br>" if row["column"] else "")
            + f"{text(row['old']) or 'nothing'} → {text(row['new']) or 'taken out'}",
            f"{text(row['reason'])}<br>"
            f'<span class="scope">Effect:</span> {text(row["effect"])}',
        ))
        for row in rows
    ]  # fmt: skip
    head = ("What", "Old and new", "Reason and effect")
    return section("corrections", "Corrections", intro,
                   table(head, lines, f"{len(lines)} corrections", "corrections"))


def report() -> str:
    """How to report a number; ``report.js`` fills the form in from the address."""
    how = paragraph(
        "Every number's card, and its place in the list of headlines, gives its key: the chapter "
        "and the name of the number there, with the edition on the title page. A report that holds "
        "the key, what the number should be and a page that says so can be checked in a minute. "
        "If it is right, the table is mended and the correction stands above."
    )
    form = (
        '<form id="report-form" hidden><p><label for="report-text">Your report, to be copied into a '
        "letter or an issue of the repository</label></p>"
        '<textarea id="report-text" rows="9" cols="60" spellcheck="false"></textarea>'
        '<p><button type="button" id="report-copy">Copy</button> '
        '<output id="report-done" for="report-text"></output></p></form>'
    )
    return section("report", "Report a number", how, form)


def _row(frame: Frame, row: dict[str, str]) -> str:
    """What a correction is about: an observation by its names, with a link; else its key."""
    for each in frame.site.observations if row["table"] == "observations" else ():
        key = (each["place"], each["indicator"], each["period"], each["source"])
        if "/".join(key) == row["row"]:
            name = frame.site.indicators[each["indicator"]]["name_en"]
            place = frame.site.names[each["place"]]
            words = f"{place}: {name}, {period_words(each['period'])}"
            return frame.go(addresses.observation_address(*key), text(words))
    return code(row["row"])


def rereadings(frame: Frame) -> str:
    """How many rows were read again at their source, by outcome, and which."""
    registers = frame.site.registers
    latest = [found[0] for found in registers.rereadings.values()]
    intro = paragraph(
        "Rows on which a headline rests are read again at their source. The record stands with "
        "the row on the page of its indicator."
    )
    if not latest:
        return section("rereadings", "Re-readings", intro,
                       paragraph("No re-reading is on record yet."))
    outcomes = Counter(row["outcome"] for row in latest)
    tally = definitions([(text(outcome), f"{n}") for outcome, n in outcomes.most_common()])
    keys = {(r["place"], r["indicator"], r["period"], r["source"]) for r in frame.site.observations}
    lines = []
    for row in sorted(latest, key=lambda r: (r["outcome"], r["indicator"], r["place"])):
        key = (row["place"], row["indicator"], row["period"], row["source"])
        what = text(f"{frame.site.names.get(row['place'], row['place'])}, {row['indicator']}")
        if key in keys:
            what = frame.go(addresses.observation_address(*key), what)
        elif "/" in row["indicator"]:
            what = frame.go(addresses.table_page(row["indicator"].split("/")[0]) + "#rows", what)
        lines.append(Row((
            f"{what}<br>{text(period_words(row['period']))}",
            text(row["outcome"]),
            text(row["date"]),
            frame.go(addresses.source_address(row["source"]), code(row["source"])),
            text(row["note"]),
        )))  # fmt: skip
    head = ("Row", "Outcome", "Read on", "Source", "Note")
    return section("rereadings", "Re-readings", intro, tally,
                   table(head, lines, f"{len(lines)} rows read again", "rereadings"))
