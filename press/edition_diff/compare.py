"""What differs between two editions, as plain data: ``changes.json``.

Entries are matched by their keys, which stay from edition to edition (``press.api.listing``).

Out of scope: text (``text_diff``), how it is shown (``render``, ``summary``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from press.api import VERSION
from press.edition_diff import counts, text_diff
from press.edition_diff.read_edition import Edition

REGISTERS = ("corrections", "rereadings", "contradictions")
NOT_COMPARED = {"id", "page", "reread", "scope", "copies", "earlier_ids", "short"}  # of rows: made from others
SAME_PAGE = 0.5  # share of sentences from which a page is another one's successor
FORMS = {"values": "csv", "picture": "svg"}  # what changed in a figure, by the file that tells


def compare(old: Edition, new: Edition, renamed: Mapping[str, str] | None = None) -> dict:
    """Everything that differs; ``renamed`` are pages known to be renamed, the old name first."""
    old = _with_keys_of(old, new)
    pages = list(_pages(old, new, renamed or {}))
    moves = {each["old"]: each["new"] for each in pages if each["change"] == "renamed"}
    found = {
        "schema": VERSION,
        "kind": "changes",
        "old": old.version,
        "new": new.version,
        "folders": {"old": old.name, "new": new.name},
        "pages": pages,
        "rows": list(_rows(old, new)),
        "registers": _registers(old, new),
        "claims": list(_claims(old, new)),
        "numbers": list(_numbers(old, new, moves)),
        "figures": list(_figures(old, new, moves)),
    }
    found["texts"] = list(_texts(old, new, moves, _sentences(found["numbers"])))
    found["by_page"] = counts.by_page(found, old, new, moves)
    found["summary"] = counts.summary(found)
    return found


def _with_keys_of(old: Edition, new: Edition) -> Edition:
    """``old`` with the keys that its sources have in ``new``, so that its rows are found again: a source
    may get another key, or be merged with one that is the same work."""
    there = old.items("sources")
    keys = {earlier: key for key, source in new.items("sources").items()
            for earlier in source.get("earlier_ids", ()) if earlier in there and earlier != key}  # fmt: skip
    return old.rekeyed(keys) if keys else old


# ------------------------------------------------------------------------------------- pages


def _pages(old: Edition, new: Edition, renamed: Mapping[str, str]) -> Iterator[dict]:
    """Pages added, removed, renamed or given another title."""
    gone = [page for page in old.pages if page not in new.pages]
    come = [page for page in new.pages if page not in old.pages]
    for page in list(gone):
        successor = renamed.get(page) or _successor(page, come, old, new)
        if successor in come:
            gone.remove(page)
            come.remove(successor)
            yield _page("renamed", page, successor, old, new)
    yield from (_page("removed", page, None, old, new) for page in gone)
    yield from (_page("added", None, page, old, new) for page in come)
    for page, title in old.pages.items():
        if page in new.pages and new.pages[page] != title:
            yield _page("retitled", page, page, old, new)


def _page(change: str, before: str | None, after: str | None, old: Edition, new: Edition) -> dict:
    return {"change": change, "old": before, "new": after,
            "old_title": old.pages.get(before or "", ""),
            "new_title": new.pages.get(after or "", "")}  # fmt: skip


def _successor(page: str, come: list[str], old: Edition, new: Edition) -> str:
    """The new page that has most of an old one's sentences, or its title; empty if none has."""
    before, after = old.items("texts").get(page), new.items("texts")
    found = [(text_diff.page_likeness(before, after[each]), each) for each in come
             if before and each in after]  # fmt: skip
    best = max(found, default=(0, ""))
    if best[0] >= SAME_PAGE:
        return best[1]
    titled = [each for _, each in found if after[each]["title"] == old.pages[page]]
    return titled[0] if titled else ""


# -------------------------------------------------------------------------------------- rows


def _rows(old: Edition, new: Edition) -> Iterator[dict]:
    """Rows of all tables that were added, changed or taken out."""
    behind = _resting(old, new)
    reasons = list(new.items("corrections").values())
    for table in dict.fromkeys([*old.tables, *new.tables]):
        if table in REGISTERS:
            continue
        before, after = old.tables.get(table, {}), new.tables.get(table, {})
        for key in [*before, *(key for key in after if key not in before)]:
            was, now = before.get(key), after.get(key)
            columns = _columns(was, now) if was and now else []
            if was and now and not columns:
                continue
            change = "changed" if was and now else "added" if now else "removed"
            row = was or now
            rests = sorted({one for name in quantity_keys(table, row) for one in behind.get(name, ())})
            yield {
                "table": table, "id": key, "change": change,
                "source": (now or was).get("source", ""),
                "columns": [each | _reason(reasons, table, key, each["column"], each["new"])
                            for each in columns],
                "old": None if was is None else _plain(was) if change == "removed" else {},
                "new": None if now is None else _plain(now) if change == "added" else {},
                **(_reason(reasons, table, key, "", "") if change != "changed" else
                   {"reason": "", "effect": ""}),
                "old_page": was.get("page", "") if was else "",
                "new_page": now.get("page", "") if now else "",
                "numbers": [one for one in rests if "#" in one],
                "claims": [one for one in rests if "#" not in one],
            }  # fmt: skip


def _columns(was: dict, now: dict) -> list[dict]:
    """Cells that differ, as text; bounds count where nothing printed differs."""
    names = [name for name in dict.fromkeys([*was, *now]) if name not in NOT_COMPARED]
    differ = [name for name in names if was.get(name, "") != now.get(name, "")]
    printed = [name for name in differ if name not in ("low", "high", "bounds_unit", "forecast")]
    return [{"column": name, "old": _cell(was.get(name, "")), "new": _cell(now.get(name, ""))}
            for name in printed or differ]  # fmt: skip


def _cell(value: object) -> str:
    return value if isinstance(value, str) else "none" if value is None else str(value)


def _plain(row: dict) -> dict:
    return {name: _cell(value) for name, value in row.items()
            if name not in NOT_COMPARED | {"low", "high", "bounds_unit", "forecast"}}  # fmt: skip


def _reason(register: list[dict], table: str, key: str, column: str, new: str) -> dict:
    """Reason and effect of a change, from the register of corrections; empty if it has none."""
    found = [row for row in register
             if (row["table"], row["row"], row["column"]) == (table, key, column)
             and (not column or row["new"] == new)]  # fmt: skip
    last = max(found, key=lambda row: row["date"], default={})
    return {"reason": last.get("reason", ""), "effect": last.get("effect", "")}


def quantity_keys(table: str, row: dict) -> list[str]:
    """The keys by which numbers (``citygap.data.row_keys.parse``) and claims name a row of a table."""
    if table == "observations":
        return [row["id"]]
    if table == "targets":
        what = row["indicator"] or row["name_en"]
        return ["/".join((row["place"], what, row["period"], row["plan"], row["source"]))]
    found = [f"{table}/{row['id']}", "/".join([table, *filter(None, row["id"].split("/"))])]
    if "place" in row and "period" in row:
        found += ["/".join((table, row["place"], row["period"], column)) for column in row]
    return found


def _resting(old: Edition, new: Edition) -> dict[str, set[str]]:
    """Numbers and claims that rest on each row, in either edition."""
    found: dict[str, set[str]] = {}
    for edition in (old, new):
        for kind, field in (("numbers", "rows"), ("claims", "rests_on")):
            for key, item in edition.items(kind).items():
                for row in item[field]:
                    found.setdefault(row, set()).add(key)
    return found


def _registers(old: Edition, new: Edition) -> dict[str, dict[str, int]]:
    found = {}
    for name in REGISTERS:
        before, after = (
            edition.items(name) if name == "corrections" else edition.tables.get(name, {})
            for edition in (old, new)
        )
        found[name] = {"added": len(after.keys() - before.keys()),
                       "removed": len(before.keys() - after.keys())}  # fmt: skip
    return found


# ------------------------------------------------------------------- claims, numbers, figures


def _claims(old: Edition, new: Edition) -> Iterator[dict]:
    """Claims whose verdict turned, that were added or taken out, or are told in other words."""
    fields = ("text", "verdict", "reason", "chapter", "page", "anchor")
    before, after = old.items("claims"), new.items("claims")
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was and now:
            if all(was[name] == now[name] for name in ("text", "verdict", "reason")):
                continue
            change = "turned" if was["verdict"] != now["verdict"] else "reworded"
        else:
            change = "added" if now else "removed"
        yield {"id": key, "change": change,
               "old": {name: was[name] for name in fields} if was else None,
               "new": {name: now[name] for name in fields} if now else None}  # fmt: skip


def _numbers(old: Edition, new: Edition, moves: Mapping[str, str]) -> Iterator[dict]:
    """Numbers in prose that moved, came, went or rest on other rows."""
    fields = ("shown", "low", "high", "range", "unit", "scope", "confidence", "rows", "page",
              "anchor", "sentences")  # fmt: skip
    before = {_moved(key, moves): item for key, item in old.items("numbers").items()}
    after = new.items("numbers")
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was and now:
            if any(was[name] != now[name] for name in ("shown", "range", "unit", "scope")):
                change = "moved"
            elif set(was["rows"]) != set(now["rows"]) or was["confidence"] != now["confidence"]:
                change = "rests otherwise"
            else:
                continue
        else:
            change = "added" if now else "removed"
        yield {"id": key, "change": change,
               "old": {name: was[name] for name in fields} if was else None,
               "new": {name: now[name] for name in fields} if now else None}  # fmt: skip


def _moved(key: str, moves: Mapping[str, str]) -> str:
    page, _, anchor = key.partition("#")
    return f"{moves.get(page, page)}#{anchor}"


def _figures(old: Edition, new: Edition, moves: Mapping[str, str]) -> Iterator[dict]:
    """Figures that were added, taken out or changed, and what changed in them."""
    before, after = old.items("figures"), new.items("figures")
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        what = _what(was, now, moves) if was and now else []
        if was and now and not what:
            continue
        change = "changed" if was and now else "added" if now else "removed"
        yield {"id": key, "change": change, "what": what,
               "old": _figure(old, was), "new": _figure(new, now),
               "values": _values(old, was, new, now) if "values" in what else None}  # fmt: skip


def _what(was: dict, now: dict, moves: Mapping[str, str]) -> list[str]:
    """What changed in a figure: values, picture, caption, number, page."""
    found = [what for what, form in FORMS.items()
             if was["files"].get(form, {}).get("sha256") != now["files"].get(form, {}).get("sha256")]
    name = was["page"].removesuffix(".html")
    if was["caption"] != now["caption"]:
        found.append("caption")
    if was["number"] != now["number"]:
        found.append("number")
    if f"{moves.get(name, name)}.html" != now["page"]:
        found.append("page")
    return found


def _figure(edition: Edition, figure: dict | None) -> dict | None:
    """What is told of a figure in one edition, with the files of its picture."""
    if figure is None:
        return None
    whole = figure["files"].get("svg", {}).get("path", "")
    shades = {shade: whole.removesuffix(".svg") + f".{shade}.svg" for shade in ("light", "dark")}
    drawn = all(edition.has(path) for path in shades.values())
    return {name: figure[name] for name in ("number", "title", "caption", "alt", "page", "anchor")} | {
        "picture": whole, "shades": shades if drawn else {},
    }  # fmt: skip


def _values(old: Edition, was: dict, new: Edition, now: dict) -> dict:
    """Lines of a figure's data that only one edition has, below the head of each."""
    before, after = old.values(was), new.values(now)
    lost, won = (Counter(map(tuple, lines[1:])) for lines in (before, after))
    return {
        "head": (after or before or [[]])[0],
        "old": [line for line in before[1:] if line in [*map(list, lost - won)]],
        "new": [line for line in after[1:] if line in [*map(list, won - lost)]],
    }


def _sentences(numbers: list[dict]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in numbers:
        if each["change"] == "moved":
            found.setdefault(each["new"]["page"], set()).update(each["new"]["sentences"])
    return found


def _told_already(block: dict, sentences: set[str]) -> bool:
    """Whether all that a block has anew are sentences of numbers that moved, other digits apart.

    A year in a citation is no bound number: a passage that differs in it is told.
    """
    kept, before = ("".join(words for sign, words in block["pieces"] if sign != out).split("\n")
                    for out in "-+")  # fmt: skip
    return all(any(line.endswith(one) for one in sentences) for line in kept if line not in before)


def _texts(
    old: Edition, new: Edition, moves: Mapping[str, str], moved: Mapping[str, set[str]]
) -> Iterator[dict]:
    """Sections whose text differs, of pages that both editions have."""
    before, after = old.items("texts"), new.items("texts")
    for page, was in before.items():
        now = after.get(moves.get(page, page))
        if now is None:
            continue
        for section in text_diff.sections(was["sections"], now["sections"]):
            for block in section["blocks"]:
                known = moved.get(now["page"], set())
                block["only_numbers"] = block["only_numbers"] and _told_already(block, known)
            yield {"old_page": was["page"], "new_page": now["page"], **section}
