"""The page of changes between two editions, from the templates ``edition_diff/``.

It opens with a summary, then chapter by chapter, then the data and the verdicts as a whole.

Out of scope: what changed (``compare``) and the words for it (the templates).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from citygap.data.tables import book
from citygap.quantity.reading_rules import WORDS
from press.edition_diff import text_diff
from press.edition_diff.counts import KINDS, passages
from press.edition_diff.read_edition import Edition
from press.edition_diff.summary import sentences, shown
from press.cjk import HAN
from press.data_pages import wording
from press.data_pages.wording import told
from press.languages.printed import now, say
from press.templating import code, marked_here, render

ROWS = "rows.csv"  # beside the page: every row that changed
STYLE = Path(__file__).with_name("changes.css")
HAN_SIGN = re.compile(f"[{HAN}]")
#: What a register says of its entries, by what became of them.
REGISTERED = {"added": "{entries} added to the register of {name}",
              "removed": "{entries} taken out of the register of {name}"}  # fmt: skip
NUMBER = re.compile(r"-?[\d,]*\.?\d+")
MANY = 60  # rows of a table up to which all are shown, and not only those that bear something
NAMED = 2  # first cells of a line of a figure's data, which say what it is about

Line = list[tuple[str, str]]  # pieces of a line of text: "=", "-" or "+", and words


def html(found: dict, old: Edition, new: Edition) -> str:
    title = f"What changed from edition {found['old']} to {found['new']}"
    return render(
        "edition_diff/page.html",
        language="en",
        title=f"{title}: {new.index['title']}",
        heading=title,
        book=new.index["title"],
        icon="data:,",
        told=list(sentences(found)),
        style=Markup(STYLE.read_text(encoding="utf-8")),
        fronts=[(edition.version, address_in(edition, _front(edition))) for edition in (old, new)],
        body=inside(found, old, new, ROWS),
    )


def _front(edition: Edition) -> str:
    return next(iter(edition.items("texts").values()), {"page": "index.html"})["page"]


def inside(found: dict, old: Edition, new: Edition, file: str) -> Markup:
    """All of it below the summary; ``file`` is the address of :func:`rows_csv`."""
    by_page = found["by_page"]
    still = [each for each in by_page
             if not each["change"] and not any(each[kind] for kind in KINDS)]  # fmt: skip
    return render(
        "edition_diff/body.html",
        found=found,
        old=old,
        new=new,
        changed=[each for each in by_page if each not in still],
        still=still,
        chapters=[_chapter(found, each, old, new) for each in by_page],
        tables=_tables(found),
        file=file,
        registers=[
            (counts[change], say(words, name=register_name(name), entries="{entries}"))
            for name, counts in found["registers"].items()
            for change, words in REGISTERED.items()
            if counts[change]
        ],
        address_in=address_in,
        anchor_of=anchor_of,
        said=told if now().code else marked_here,
        column=lambda name: wording.column(name) if now().code else code(name),
        in_english=in_english,
        label_of=lambda each: label(each, old, new),
        link_of=lambda url: url if book.may_link(url) else "",  # an old edition may link to what is refused now
        as_printed=lambda each: as_printed(each["new"] or each["old"], new if each["new"] else old),
        with_bounds=shown,
        other_rows=other_rows,
        other_fields=other_fields,
        sentence=sentence,
        lines_of=lines,
        compared=text_diff.words,
        data_lines=lambda values: list(data_lines(values)),
    )


def address_in(edition: Edition, page: str, anchor: str = "") -> str:
    """The address of a page of an edition; empty if there is no such page."""
    path, _, place = page.partition("#")
    place = anchor or place
    if not path or not edition.has(path):
        return ""
    return f"{edition.up}{path}" + (f"#{place}" if place else "")


def _chapter(found: dict, each: dict, old: Edition, new: Edition) -> dict:
    pages = {f"{name}.html" for name in (each["old"], each["new"]) if name}
    stems = tuple(f"{page.removesuffix('.html')}#" for page in pages)

    def here(kind: str, field: str = "page") -> list[dict]:
        return [one for one in found[kind] if (one["new"] or one["old"])[field] in pages]

    own = {
        "numbers": here("numbers"),
        "figures": here("figures"),
        "texts": [one for one in found["texts"] if one["new_page"] in pages and passages(one)],
        "claims": [one["id"] for one in here("claims", "chapter") if one["change"] != "reworded"],
        "rows": [row for row in found["rows"] if any(one.startswith(stems) for one in row["numbers"])],
    }
    ends = [(edition, name) for edition, name in ((old, each["old"]), (new, each["new"])) if name]
    return each | {"own": own, "said": any(own.values()), "ends": ends, "was": each["old"] or each["page"]}


def rows_csv(found: dict, old: Edition, new: Edition) -> str:
    """Every row that changed, as a file: table, key of the row, what became of it, column, value
    before and after, and the reason if one is registered.

    A row that was changed has a line for each cell that differs, another one line without a column.
    """
    out = io.StringIO()
    file = csv.writer(out, lineterminator="\n")
    file.writerow(["table", "row", "change", "column", "before", "after", "reason"])
    for row in found["rows"]:
        sides = [as_printed(row[side], edition) if row[side] else "" for side, edition in (("old", old), ("new", new))]
        whole = {"column": "", "old": sides[0], "new": sides[1], "reason": row["reason"]}
        for cell in row["columns"] if row["change"] == "changed" else [whole]:
            file.writerow([row["table"], row["id"], row["change"],
                           *(_harmless(cell[field]) for field in ("column", "old", "new", "reason"))])  # fmt: skip
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: "-4.4 percent" begins with the sign for minus."""
    return re.sub(r"\A-(?=\d)", "\N{MINUS SIGN}", cell)


def _tables(found: dict) -> dict[str, tuple[list[tuple[str, dict]], int]]:
    """The rows that changed, table by table, and how many more there are.

    Of a table with many those are shown on which a number or a verdict rests, or whose reason is
    registered: whoever read an earlier edition looks for these.  The first of an indicator bears its
    page's name.
    """
    tables: dict[str, list[tuple[str, dict]]] = {}
    known: set[str] = set()
    many = Counter(each["table"] for each in found["rows"])
    shown_rows = [each for each in found["rows"] if many[each["table"]] <= MANY or _bears(each)]
    for each in shown_rows:
        page = ""
        if each["table"] == "observations":
            page = (each["new_page"] or each["old_page"]).partition(".html")[0]
            page = "" if page in known else page
            known.add(page)
        tables.setdefault(each["table"], []).append((page, each))
    return {table: (tables.get(table, []), all_of - len(tables.get(table, []))) for table, all_of in many.items()}


def _bears(row: dict) -> bool:
    """Whether a number or a verdict rests on a row, or why it changed is registered."""
    reasons = [row["reason"], *(cell["reason"] for cell in row["columns"])]
    return bool(row["numbers"] or row["claims"] or any(reasons))


def anchor_of(row: dict) -> str:
    key = f"{row['table']}/{row['id']}"
    return "row-" + "".join(c if c.isalnum() or c in "_.-" else "-" for c in key)


def label(row: dict, old: Edition, new: Edition) -> str:
    """What an observation is about, in words; empty for a row of another table."""
    if row["table"] != "observations":
        return ""
    place, indicator, *period, _ = row["id"].split("/")
    named = []
    for kind, one in (("places", place), ("indicators", indicator)):
        found = new.items(kind).get(one) or old.items(kind).get(one) or {}
        named.append(wording.named(found) if found.get("name_en") else one)
    when = "/".join(period)
    return say("{place}, {indicator}, {period}", place=named[0], indicator=named[1],
               period=wording.period_words(when) if now().code else when)  # fmt: skip


def as_printed(row: dict, edition: Edition) -> str:
    """A row of text in words: a figure as its source prints it, else its cells."""
    if row.get("value") and "bound" in row and "unit" in row:
        if now().code and row["bound"] in WORDS:
            measure = edition.tables["indicators"].get(row.get("indicator", ""), {}).get("measure_hans", "")
            return wording.figure(row["value"], row["bound"], row["unit"], row.get("value_high", ""), measure)
        high = f" to {row['value_high']}" if row.get("value_high") else ""
        known = edition.tables.get("units", {}).get(row["unit"], {})
        unit = "" if row["unit"] == "count" else known.get("name_en") or row["unit"]
        words = f"{WORDS.get(row['bound'], row['bound'] + ' ')}{row['value']}{high} {unit}"
        return " ".join(words.split())
    if now().code:
        return "；".join(f"{wording.column(name)}：{wording.plain(row[name])}"
                        for name in wording.shown_columns(list(row)) if row[name])  # fmt: skip
    return "; ".join(f"{column}: {value}" for column, value in row.items() if value)


def sentence(number: dict) -> list[Line | None]:
    """The first sentence of a number, with what differs in it if it is about the same."""
    was, now = number["old"], number["new"]
    was, now = (was or now)["sentences"], (now or was)["sentences"]
    if not was or not now:
        return [[("=", words)] for words in [*was, *now][:1]]
    alike = text_diff.similarity(was[0], now[0]) >= text_diff.ALIKE
    if alike and was[0] != now[0]:
        return lines(text_diff.words(was[0], now[0]))
    return [[("=", now[0])]]


def in_english(line: Line) -> bool:
    """Whether a line of text stays English on a page in another language."""
    words = "".join(words for _, words in line)
    return bool(now().code) and 2 * len(HAN_SIGN.findall(words)) < len(wording.LATIN.findall(words))


def register_name(name: str) -> str:
    names = {"corrections": say("corrections"), "rereadings": say("rereadings"), "contradictions": say("contradictions")}
    return names[name]


def lines(pieces: Sequence[Sequence[str]]) -> list[Line | None]:
    """A difference word by word, a sentence a line; None for lines together that are the same."""
    found: list[Line] = [[]]
    for sign, words in pieces:
        first, *rest = words.split("\n")
        found[-1].append((sign, first))
        for more in rest:
            if sign != "=":
                found[-1].append((sign, ""))  # its end is new, or was taken out
            found.append([(sign, more)])
    told: list[Line | None] = []
    for line in found:
        if any(sign != "=" for sign, _ in line):
            told.append([(sign, words) for sign, words in line if words])
        elif not told or told[-1] is not None:
            told.append(None)
    return told


def other_rows(number: dict) -> list[tuple[str, list[str]]]:
    """The rows that a number no longer rests on, and those that it now does."""
    if number["change"] != "rests otherwise":
        return []
    was, now = number["old"]["rows"], number["new"]["rows"]
    gone, come = ([key for key in was if key not in now], [key for key in now if key not in was])
    return [(words, keys) for words, keys in ((say("no longer on"), gone), (say("now on"), come)) if keys]


def other_fields(number: dict) -> list[tuple[str, str, str]]:
    """What differs of a number besides what is shown: its name, before and after."""
    was, now = number["old"], number["new"]
    if not was or not now:
        return []
    names = {"bounds": say("bounds"), "unit": say("unit"), "scope": say("scope"), "confidence": say("confidence")}
    fields = [("bounds", "range")] if (was["shown"], now["shown"]) != (was["range"], now["range"]) else []
    fields = fields * (number["change"] == "moved")
    fields += [(name, name) for name in ("unit", "scope", "confidence") if was[name] != now[name]]
    return [(names[name], was[field], now[field]) for name, field in fields]


def data_lines(values: dict | None) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Lines of a figure's data that differ: what became of each, its words, and of two lines with
    the same first cells, which name the thing, the cells that differ."""
    if not values:
        return
    head, left = values["head"], list(values["new"])
    for was in values["old"]:
        now = next((line for line in left if _name(line) == _name(was)), None)
        if now is None or not len(was) == len(now) == len(head):
            yield "-", say(", ").join(filter(None, was)), []
            continue
        left.remove(now)
        cells = [(name, a, b) for name, a, b in zip(head, was, now, strict=True) if a != b]
        told = [cell for cell in cells if cell[0] not in ("low", "high", "rows", "sources")]
        yield "=", say(", ").join(_name(was)), told or cells
    yield from (("+", say(", ").join(filter(None, line)), []) for line in left)


def _name(line: list[str]) -> list[str]:
    """What names the thing of a line: its first cells, as far as they are no numbers."""
    return [cell for cell in line[:NAMED] if not NUMBER.fullmatch(cell)] or line[:1]
