"""Small pieces of the page of changes: links into the editions, rows, numbers, figures, text.

All that comes from an edition goes through ``text`` or ``html.escape``.

Out of scope: the page as a whole (``page``).
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from citygap.reading import WORDS
from press.changes.editions import Edition
from press.changes.summary import ROWS, count, shown
from press.datapages.markup import bullets, code, link, outside, text

LINES = 12  # of a figure's data that are shown
FEW = 4  # lines that are shown at once
SIGNS = {"-": "del", "+": "ins"}
LABELS = {"low": "lower bound, as read", "high": "upper bound, as read",
          "bounds_unit": "unit of the bounds", "forecast": "read as a forecast"}  # fmt: skip
WHAT = {"values": "its values", "picture": "its drawing", "caption": "its caption",
        "number": "its number", "page": "the page that it stands on"}  # fmt: skip


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
        said.append(f"<p>{_mark(sign, as_printed(each['new'] or each['old']))}</p>")
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


def as_printed(row: dict) -> str:
    """A row of text in words: a figure as its source prints it, else its cells."""
    if "value" in row and "bound" in row and "unit" in row:
        high = f" to {row['value_high']}" if row.get("value_high") else ""
        words = f"{WORDS.get(row['bound'], row['bound'] + ' ')}{row['value']}{high} {row['unit']}"
        return " ".join(words.split())
    return "; ".join(f"{column}: {value}" for column, value in row.items() if value)


def _cell(one: dict) -> str:
    column = LABELS.get(one["column"])
    named = text(column) if column else code(one["column"])
    reason = _reason(one)
    return f"{named}: {_change(one['old'], one['new'])}{reason}"


def _change(old: str, new: str) -> str:
    """A value before and after."""
    return f"{_mark('-', old or 'empty')} {_mark('+', new or 'empty')}"


def _mark(sign: str, words: str) -> str:
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
        head = _change(was["shown"], now["shown"])
        if (was["shown"], now["shown"]) != (was["range"], now["range"]):
            notes.append(f"bounds {_change(was['range'], now['range'])}")
    elif each["change"] == "rests otherwise":
        head = text(now["shown"])
        notes += _rows(was["rows"], now["rows"])
    else:
        head = _mark("+" if now else "-", shown(now or was))
    if was and now:
        notes += [f"{field} {_change(was[field], now[field])}"
                  for field in ("unit", "scope", "confidence") if was[field] != now[field]]
    said = (now or was)["sentences"]
    sentence = f'<p class="sentence">{text(said[0])}</p>' if said else ""
    noted = f'<p class="note">{"; ".join(notes)}</p>' if notes else ""
    return (f'<li class="entry"><p class="what">{head} {both(old, was, new, now)}</p>'
            f"{noted}{sentence}</li>")  # fmt: skip


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
        said = f'<p class="verdict">{_change(was["verdict"], now["verdict"])}</p>'
    elif each["change"] == "reworded":
        said = f'<p class="verdict">still {text(now["verdict"])}</p>'
    else:
        said = f'<p class="verdict">{_mark("+" if now else "-", one["verdict"])}</p>'
    if was and now and was["reason"] != now["reason"]:
        said += f'<p class="reason">Before: {text(was["reason"])}</p>'
    said += f'<p class="reason">{"Now" if now else "It was"}: {text(one["reason"])}</p>'
    return (f'<li class="entry" id="claim-{html.escape(each["id"])}"><p class="what"><b>'
            f'{text(each["id"])}</b> {text(one["text"])} {both(old, was, new, now)}</p>{said}</li>')


# ------------------------------------------------------------------------------------ figures


def figure(each: dict, old: Edition, new: Edition) -> str:
    """A figure before and after, side by side."""
    was, now = each["old"], each["new"]
    one = now or was
    what = [WHAT[one] for one in each["what"]]
    words = {"added": "New", "removed": "Taken out"}.get(each["change"], f"Changed: {join(what)}")
    if "picture" in each["what"] and "values" not in each["what"]:
        words += "; its values are the same"
    seen = "".join(
        _picture(edition, side, title)
        for edition, side, title in ((old, was, "Before"), (new, now, "After"))
        if side and (each["change"] != "changed" or {"picture", "values"} & {*each["what"]})
    )
    told = _caption(was, now) if "caption" in each["what"] else ""
    return (
        f'<li class="entry" id="{html.escape(each["id"])}"><p class="what"><b>Figure '
        f'{text(one["number"])}</b> {text(one["title"])} {both(old, was, new, now)}</p>'
        f'<p class="note">{words}.</p>{told}<div class="pair">{seen}</div>'
        f"{_lines(each['values'])}</li>"
    )


def join(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _picture(edition: Edition, side: dict, title: str) -> str:
    """The picture of one edition, in the reader's shade."""
    shades = side["shades"]
    plain = shades.get("light") or side["picture"]
    source = ""
    if shades:
        source = (f'<source srcset="{html.escape(edition.up + shades["dark"])}" '
                  'media="(prefers-color-scheme: dark) and (not print)">')  # fmt: skip
    return (
        f'<figure><figcaption>{title}: {name(edition)}</figcaption><picture>{source}'
        f'<img src="{html.escape(edition.up + plain)}" alt="{html.escape(side["alt"])}" '
        'loading="lazy"></picture></figure>'
    )


def _caption(was: dict, now: dict) -> str:
    from press.changes.texts import words

    return f'<p class="passage">{pieces(words(was["caption"], now["caption"]))}</p>'


def _lines(values: dict | None) -> str:
    """The lines of a figure's data that only one edition has."""
    if not values or not (values["old"] or values["new"]):
        return ""
    shown_ = [("-", line) for line in values["old"][:LINES]]
    shown_ += [("+", line) for line in values["new"][:LINES]]
    more = len(values["old"]) + len(values["new"]) - len(shown_)
    rows = bullets(_mark(sign, line) for sign, line in shown_)
    rest = f"<p>and {more} more</p>" if more else ""
    head = f'<p class="note">{text(values["head"][0])}</p>' if values["head"] else ""
    many = count(len(values["old"]) + len(values["new"]), "line of its data", "lines of its data")
    opened = " open" * (len(shown_) <= FEW)
    return f'<details{opened}><summary>{many}</summary>{head}<div class="lines">{rows}</div>{rest}</details>'


# --------------------------------------------------------------------------------------- text


def pieces(found: Sequence[Sequence[str]]) -> str:
    """A difference word by word; sentences stay on their lines."""
    return "".join(
        f"<{SIGNS[sign]}>{_words(words)}</{SIGNS[sign]}>" if sign in SIGNS else _words(words)
        for sign, words in found
    )


def _words(words: str) -> str:
    return text(words).replace("\n", "<br>")


def passage(section: dict, old: Edition, new: Edition) -> str:
    """What changed in one section, with links to it in both editions."""
    was = section["old"] and {"page": section["old_page"], "anchor": section["old"]["anchor"]}
    now = section["new"] and {"page": section["new_page"], "anchor": section["new"]["anchor"]}
    heading = text((section["new"] or section["old"])["heading"])
    if section["change"] == "renamed":
        heading = _change(section["old"]["heading"], section["new"]["heading"])
    tag = {"added": " (new section)", "removed": " (section taken out)"}.get(section["change"], "")
    said = [block for block in section["blocks"] if not block["only_numbers"]]
    few = len(section["blocks"]) - len(said)
    note = f'<p class="note">{count(few, "passage")} with other numbers alone.</p>' if few else ""
    blocks = "".join(f'<p class="passage">{pieces(block["pieces"])}</p>' for block in said)
    return (f'<li class="entry"><p class="what"><b>{heading}</b>{tag} '
            f"{both(old, was, new, now)}</p>{blocks}{note}</li>")  # fmt: skip
