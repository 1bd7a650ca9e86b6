"""Small pieces of the page of changes: links into the editions, rows, numbers, verdicts, text.

All that comes from an edition goes through ``text`` or ``html.escape``.

Out of scope: figures (``pictures``), the page as a whole (``page``).
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from citygap.reading import WORDS
from press.changes import texts
from press.changes.editions import Edition
from press.changes.summary import ROWS, count, shown
from press.datapages.markup import bullets, code, link, outside, text

LINES = 12  # that are shown of a list
LEFT_OUT = '<span class="note">\u2026</span>'  # sentences that are the same
SIGNS = {"-": "del", "+": "ins"}
LABELS = {"low": "lower bound, as read", "high": "upper bound, as read",
          "bounds_unit": "unit of the bounds", "forecast": "read as a forecast"}  # fmt: skip


def name(edition: Edition) -> str:
    """An edition in words."""
    return f"edition {text(edition.version)}"


def go(edition: Edition, address: str, inner: str, anchor: str = "") -> str:
    """A link to a page of an edition; HTML ``inner`` alone if there is no such page."""
    path, _, place = address.partition("#")
    place = anchor or place
    if not path or not edition.has(path):
        return inner
    return link(f"{edition.up}{path}" + (f"#{place}" if place else ""), inner)


def both(old: Edition, was: dict | None, new: Edition, now: dict | None) -> str:
    """Links to a thing in each edition that has it."""
    parts = [go(edition, each["page"], text(edition.version), each["anchor"])
             for edition, each in ((old, was), (new, now)) if each]  # fmt: skip
    return f'<span class="where">(in {", ".join(parts)})</span>'


def anchored(key: str) -> str:
    """The anchor of a row on this page."""
    return "row-" + "".join(c if c.isalnum() or c in "_.-" else "-" for c in key)


# --------------------------------------------------------------------------------------- rows


def row(each: dict, old: Edition, new: Edition, anchor: str = "") -> str:
    """A row that changed: what it is, its cells before and after, source, reason, what rests on it."""
    said = [f'<p class="what"><span class="tag {each["change"]}">{ROWS[each["change"]]}</span> '
            f"{label(each, old, new)}</p>"]  # fmt: skip
    if each["change"] == "changed":
        said.append(bullets(_cell(one) for one in each["columns"]))
    else:
        sign = "+" if each["change"] == "added" else "-"
        printed = as_printed(each["new"] or each["old"], new if each["new"] else old)
        said.append(f"<p>{mark(sign, printed)}</p>")
        said.append(_reason(each, silent=each["change"] == "added"))
    said.append(_source(each, old, new))
    said.append(_rests(each))
    marked = f' id="{html.escape(anchored(anchor))}"' if anchor else ""
    return f'<li class="entry"{marked}>{"".join(said)}</li>'


def label(each: dict, old: Edition, new: Edition) -> str:
    """What a row is about, with a link to it in the newest edition that has it."""
    edition, page = (new, each["new_page"]) if each["new_page"] else (old, each["old_page"])
    key = each["id"]
    words = code(f"{each['table']}: {key}")
    if each["table"] != "observations":
        return go(edition, page, words)
    place, indicator, *_ = key.split("/")
    named = []
    for kind, one in (("places", place), ("indicators", indicator)):
        found = new.items(kind).get(one) or old.items(kind).get(one) or {}
        named.append(found.get("name_en") or one)
    period = "/".join(key.split("/")[2:-1])
    return go(edition, page, text(f"{named[0]}, {named[1]}, {period}"))


def as_printed(row: dict, edition: Edition) -> str:
    """A row of text in words: a figure as its source prints it, else its cells."""
    if row.get("value") and "bound" in row and "unit" in row:
        high = f" to {row['value_high']}" if row.get("value_high") else ""
        known = edition.tables.get("units", {}).get(row["unit"], {})
        unit = "" if row["unit"] == "count" else known.get("name_en") or row["unit"]
        words = f"{WORDS.get(row['bound'], row['bound'] + ' ')}{row['value']}{high} {unit}"
        return " ".join(words.split())
    return "; ".join(f"{column}: {value}" for column, value in row.items() if value)


def _cell(one: dict) -> str:
    column = LABELS.get(one["column"])
    named = text(column) if column else code(one["column"])
    reason = _reason(one)
    return f"{named}: {change(one['old'], one['new'])}{reason}"


def change(old: str, new: str) -> str:
    """A value before and after."""
    return f"{mark('-', old or 'empty')} {mark('+', new or 'empty')}"


def mark(sign: str, words: str) -> str:
    return f"<{SIGNS[sign]}>{text(words)}</{SIGNS[sign]}>"


def _reason(one: dict, silent: bool = False) -> str:
    if one.get("reason"):
        effect = f" {text(one['effect'])}" if one.get("effect") else ""
        return f'<p class="reason">Why: {text(one["reason"])}{effect}</p>'
    return "" if silent else '<p class="reason">No reason is registered.</p>'


def _source(each: dict, old: Edition, new: Edition) -> str:
    found = new.items("sources").get(each["source"]) or old.items("sources").get(each["source"])
    if not found:
        return ""
    words = outside(found["url"], text(found["title"]))
    when = found["date"] or found["year"]
    return f'<p class="source">Source: {words}. {text(found["author"])}, {text(when)}</p>'


def _rests(each: dict) -> str:
    """The numbers and claims that rest on a row, which tell a reader whether it matters to him."""
    parts = []
    if each["numbers"]:
        keys = ", ".join(code(one.rpartition("/")[2]) for one in each["numbers"][:LINES])
        more = f" and {len(each['numbers']) - LINES} more" if len(each["numbers"]) > LINES else ""
        parts.append(f"{count(len(each['numbers']), 'number')} in the text: {keys}{more}")
    if each["claims"]:
        parts.append("the verdict on " + ", ".join(text(one) for one in each["claims"]))
    words = "; ".join(parts) or "no number in the text and no verdict"
    return f'<p class="rests">On it rests: {words}.</p>'


# ---------------------------------------------------------------------- numbers and verdicts


def number(each: dict, old: Edition, new: Edition) -> str:
    """A number that moved: before, after, its bounds, and its sentence."""
    was, now = each["old"], each["new"]
    notes = []
    if each["change"] == "moved":
        head = change(was["shown"], now["shown"])
        if (was["shown"], now["shown"]) != (was["range"], now["range"]):
            notes.append(f"bounds {change(was['range'], now['range'])}")
    elif each["change"] == "rests otherwise":
        head = text(now["shown"])
        notes += _rows(was["rows"], now["rows"])
    else:
        head = mark("+" if now else "-", shown(now or was))
    if was and now:
        notes += [f"{field} {change(was[field], now[field])}"
                  for field in ("unit", "scope", "confidence") if was[field] != now[field]]
    said = _sentence((was or now)["sentences"], (now or was)["sentences"])
    sentence = f'<p class="sentence">{said}</p>' if said else ""
    noted = f'<p class="note">{"; ".join(notes)}</p>' if notes else ""
    return (f'<li class="entry"><p class="what">{head} {both(old, was, new, now)}</p>'
            f"{noted}{sentence}</li>")  # fmt: skip


def _sentence(was: Sequence[str], now: Sequence[str]) -> str:
    """The first sentence of a number, with what differs in it if it is about the same."""
    if not was or not now:
        return "".join(map(text, [*was, *now][:1]))
    alike = texts.similarity(was[0], now[0]) >= texts.ALIKE
    return pieces(texts.words(was[0], now[0])) if alike and was[0] != now[0] else text(now[0])


def _rows(was: Sequence[str], now: Sequence[str]) -> list[str]:
    """The rows that a number no longer rests on, and those that it now does."""
    found = []
    for words, these, others in (("no longer on", was, now), ("now on", now, was)):
        keys = [code(key) for key in these if key not in others]
        more = [f"{len(keys) - LINES} more"] * (len(keys) > LINES)
        if keys:
            found.append(f"{words} {', '.join([*keys[:LINES], *more])}")
    return found


def claim(each: dict, old: Edition, new: Edition) -> str:
    """A claim whose verdict turned, or whose wording did."""
    was, now = each["old"], each["new"]
    one = now or was
    if each["change"] == "turned":
        said = f'<p class="verdict">{change(was["verdict"], now["verdict"])}</p>'
    elif each["change"] == "reworded":
        said = f'<p class="verdict">still {text(now["verdict"])}</p>'
    else:
        said = f'<p class="verdict">{mark("+" if now else "-", one["verdict"])}</p>'
    if was and now and was["reason"] != now["reason"]:
        said += f'<p class="reason">Before: {text(was["reason"])}</p>'
    said += f'<p class="reason">{"Now" if now else "It was"}: {text(one["reason"])}</p>'
    return (f'<li class="entry" id="claim-{html.escape(each["id"])}"><p class="what"><b>'
            f'{text(each["id"])}</b> {text(one["text"])} {both(old, was, new, now)}</p>{said}</li>')


# --------------------------------------------------------------------------------------- text


def pieces(found: Sequence[Sequence[str]]) -> str:
    """A difference word by word, a sentence a line; sentences that are the same are left out."""
    lines: list[list[tuple[str, str]]] = [[]]
    for sign, words in found:
        first, *rest = words.split("\n")
        lines[-1].append((sign, first))
        for more in rest:
            if sign != "=":
                lines[-1].append((sign, ""))  # its end is new, or was taken out
            lines.append([(sign, more)])
    told: list[str] = []
    for line in lines:
        if any(sign in SIGNS for sign, _ in line):
            told.append("".join(mark(sign, words) if sign in SIGNS else text(words)
                                for sign, words in line if words))  # fmt: skip
        elif told[-1:] != [LEFT_OUT]:
            told.append(LEFT_OUT)
    return "<br>".join(told)


def passage(section: dict, old: Edition, new: Edition) -> str:
    """What changed in one section, with links to it in both editions."""
    was = section["old"] and {"page": section["old_page"], "anchor": section["old"]["anchor"]}
    now = section["new"] and {"page": section["new_page"], "anchor": section["new"]["anchor"]}
    heading = text((section["new"] or section["old"])["heading"])
    if section["change"] == "renamed":
        heading = change(section["old"]["heading"], section["new"]["heading"])
    tag = {"added": " (new section)", "removed": " (section taken out)"}.get(section["change"], "")
    said = [block for block in section["blocks"] if not block["only_numbers"]]
    few = len(section["blocks"]) - len(said)
    note = f'<p class="note">{count(few, "passage")} with other numbers alone.</p>' if few else ""
    blocks = "".join(f'<p class="passage">{pieces(block["pieces"])}</p>' for block in said)
    return (f'<li class="entry"><p class="what"><b>{heading}</b>{tag} '
            f"{both(old, was, new, now)}</p>{blocks}{note}</li>")  # fmt: skip
