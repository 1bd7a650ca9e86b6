"""The page of changes between two editions, as one file of HTML.

It opens with a summary, then chapter by chapter, then the data and the verdicts as a whole.

Out of scope: its pieces (``parts``, ``pictures``) and what changed (``compare``).
"""

from __future__ import annotations

import html as escaping
from collections.abc import Iterable
from pathlib import Path

from press.changes import parts, pictures
from press.changes.counts import passages
from press.changes.editions import Edition
from press.changes.summary import count, nothing, sentences
from press.datapages.markup import bullets, code, link, text

STYLE = Path(__file__).with_name("changes.css")
COUNTS = {
    "numbers": ("number moved", "numbers moved"),
    "others": ("number that came, went or rests on other rows",
               "numbers that came, went or rest on other rows"),
    "verdicts": ("verdict on its claims", "verdicts on its claims"),
    "figures": ("figure", "figures"),
    "passages": ("passage", "passages"),
    "rows": ("row of data behind its numbers", "rows of data behind its numbers"),
}
NUMBERS = {
    "moved": "Numbers that moved", "added": "New numbers", "removed": "Numbers no longer there",
    "rests otherwise": "Numbers that stay, on other rows or of other confidence",
}  # fmt: skip
CLAIMS = {
    "turned": "Verdicts that turned", "added": "New claims", "removed": "Claims no longer there",
    "reworded": "Verdicts that stay, with another reason or wording",
}  # fmt: skip
STATES = {"added": "new", "removed": "taken out", "renamed": "renamed",
          "retitled": "with another title"}  # fmt: skip
MANY = 60  # observations that are shown at once
FOLD = 6  # entries that are shown at once where most readers need none of them
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<link rel="icon" href="data:,">
<title>{title}: {book}</title>
<style>
{style}</style>
</head>
<body>
<header>
<p class="kicker">{home}</p>
<h1>{title}</h1>
{summary}
</header>
<main>
{body}
</main>
<footer>
<p>{foot}</p>
</footer>
</body>
</html>
"""


def html(found: dict, old: Edition, new: Edition) -> str:
    """The page for what ``compare`` found."""
    told = list(sentences(found))
    title = f"What changed from edition {found['old']} to {found['new']}"
    body = [_chapters(found), *(_chapter(found, each, old, new) for each in found["by_page"]),
            _data(found, old, new), _verdicts(found, old, new), _pages(found, old, new)]  # fmt: skip
    return PAGE.format(
        description=escaping.escape(" ".join(told)),
        title=escaping.escape(title),
        book=escaping.escape(new.index["title"]),
        style=STYLE.read_text(encoding="utf-8"),
        home=f"{text(new.index['title'])}: {_front(old)}, {_front(new)}",
        summary=bullets(map(text, told), "summary"),
        body="\n".join(filter(None, body)),
        foot=f"The same for programs: {link('changes.json', code('changes.json'))}, "
             f"described by {link('../../schema.json', code('schema.json'))}. An edition is "
             "never altered once it is out; what is mended stands in the next one.",
    )  # fmt: skip


def _front(edition: Edition) -> str:
    first = next(iter(edition.items("texts").values()), {"page": "index.html"})
    return parts.go(edition, first["page"], parts.name(edition))


# ----------------------------------------------------------------------------------- overview


def _chapters(found: dict) -> str:
    """The chapters with what changed in each; those in which nothing did come last, in one line."""
    items, still = [], []
    for each in found["by_page"]:
        counts = [count(each[kind], *words) for kind, words in COUNTS.items() if each[kind]]
        named = link(f"#{each['page']}", text(each["title"])) + _state(each)
        if counts or each["change"] in STATES:
            items.append(f"{named}: {', '.join(counts)}" if counts else named)
        else:
            still.append(named)
    rest = f"<p>Nothing changed in: {'; '.join(still)}.</p>" if still else ""
    return (
        f'<h2 id="chapters">By chapter</h2>{bullets(items)}{rest}'
        f'<p>All of the {link("#data", "rows of data")} and the {link("#verdicts", "verdicts")}.</p>'
    )


def _state(each: dict) -> str:
    words = STATES.get(each["change"], "")
    return f' <span class="note">({words})</span>' if words else ""


# ------------------------------------------------------------------------------------ chapters


def _chapter(found: dict, each: dict, old: Edition, new: Edition) -> str:
    """All that changed in one chapter; said too if nothing did."""
    pages = {f"{name}.html" for name in (each["old"], each["new"]) if name}
    body = [*_numbers(found, pages, old, new), _figures(found, pages, old, new),
            _texts(found, pages, old, new), _claims_of(found, pages),
            _rows_of(found, pages)]  # fmt: skip
    said = "".join(body)
    if each["change"] == "renamed":
        said = f"<p>The page was {code(each['old'])}, and is {code(each['new'])}.</p>{said}"
    elif each["change"] == "added":
        said = f"<p>The page is new in edition {text(found['new'])}.</p>{said}"
    elif each["change"] == "removed":
        said = f"<p>Edition {text(found['new'])} has no such page.</p>{said}"
    ends = [parts.go(edition, f"{name}.html", parts.name(edition))
            for edition, name in ((old, each["old"]), (new, each["new"])) if name]  # fmt: skip
    was = each["old"] or each["page"]
    also = f'<span id="{escaping.escape(was)}"></span>' if was != each["page"] else ""
    return (
        f'<section>{also}<h2 id="{escaping.escape(each["page"])}">{text(each["title"])}</h2>'
        f'<p class="where">{", ".join(ends)}</p>'
        f"{said or '<p>Nothing changed in this chapter.</p>'}</section>"
    )


def _numbers(found: dict, pages: set[str], old: Edition, new: Edition) -> Iterable[str]:
    own = [each for each in found["numbers"] if (each["new"] or each["old"])["page"] in pages]
    for change, title in NUMBERS.items():
        entries = [parts.number(each, old, new) for each in own if each["change"] == change]
        yield _group(title, entries, fold=change != "moved")


def _figures(found: dict, pages: set[str], old: Edition, new: Edition) -> str:
    return _group("Figures", [pictures.figure(each, old, new) for each in found["figures"]
                              if (each["new"] or each["old"])["page"] in pages])  # fmt: skip


def _texts(found: dict, pages: set[str], old: Edition, new: Edition) -> str:
    return _group("Text", [parts.passage(each, old, new) for each in found["texts"]
                           if each["new_page"] in pages and passages(each)])  # fmt: skip


def _claims_of(found: dict, pages: set[str]) -> str:
    """Links to the verdicts on this chapter's claims."""
    keys = [each["id"] for each in found["claims"] if each["change"] != "reworded"
            and (each["new"] or each["old"])["chapter"] in pages]  # fmt: skip
    if not keys:
        return ""
    links = ", ".join(link(f"#claim-{key}", text(key)) for key in keys)
    return f"<p>Verdicts on claims of this chapter that turned, came or went: {links}.</p>"


def _rows_of(found: dict, pages: set[str]) -> str:
    """Links to the rows of data that changed behind this chapter's numbers."""
    stems = tuple(f"{page.removesuffix('.html')}#" for page in pages)
    links = [
        link("#" + parts.anchored(f"{each['table']}/{each['id']}"), code(each["id"]))
        for each in found["rows"]
        if any(one.startswith(stems) for one in each["numbers"])
    ]
    if not links:
        return ""
    return f"<h3>Data behind its numbers</h3>{_some(links)}"


def _group(title: str, entries: list[str], fold: bool = False) -> str:
    """Entries below a heading; in a fold if they are many and few readers need them."""
    if not entries:
        return ""
    body = f'<ul class="entries">{"".join(entries)}</ul>'
    if fold and len(entries) > FOLD:
        many = count(len(entries), "entry", "entries")
        body = f"<details><summary>{many}</summary>{body}</details>"
    return f"<h3>{title}</h3>{body}"


def _some(items: list[str]) -> str:
    """A list, in a fold if it is long."""
    said = bullets(items)
    if len(items) <= FOLD:
        return said
    return f"<details><summary>{count(len(items), 'row')}</summary>{said}</details>"


# ------------------------------------------------------------------------- data and the rest


def _data(found: dict, old: Edition, new: Edition) -> str:
    """Every row that changed, table by table; the first of an indicator bears its page's name."""
    said, tables = [], dict.fromkeys(each["table"] for each in found["rows"])
    known: set[str] = set()
    for table in tables:
        entries = []
        for each in found["rows"]:
            if each["table"] != table:
                continue
            page = (each["new_page"] or each["old_page"]).partition(".html")[0]
            mark = ""
            if table == "observations" and page and page not in known:
                known.add(page)
                mark = f'<li id="{escaping.escape(page)}"></li>'
            entries.append(mark + parts.row(each, old, new, f"{table}/{each['id']}"))
        fold = table != "observations" or len(entries) > MANY
        said.append(_group(f"Table {code(table)}", entries, fold))
    kept = [f"{count(counts[change], 'entry', 'entries')} {words} the register of {name}"
            for name, counts in found["registers"].items()
            for change, words in (("added", "added to"), ("removed", "taken out of"))
            if counts[change]]  # fmt: skip
    registers = f"<p>Registers: {'; '.join(kept)}.</p>" if kept else ""
    return f'<h2 id="data">Rows of data</h2>{"".join(said) or "<p>No row changed.</p>"}{registers}'


def _verdicts(found: dict, old: Edition, new: Edition) -> str:
    said = "".join(
        _group(title, [parts.claim(each, old, new) for each in found["claims"]
                       if each["change"] == change], fold=change == "reworded")
        for change, title in CLAIMS.items()
    )  # fmt: skip
    return f'<h2 id="verdicts">Verdicts</h2>{said or "<p>No verdict turned.</p>"}'


def _pages(found: dict, old: Edition, new: Edition) -> str:
    """Pages that came, went or have another name; nothing if there are none."""
    if nothing(found) or not found["pages"]:
        return ""
    items = []
    for each in found["pages"]:
        was = each["old"] and parts.go(old, f"{each['old']}.html", code(each["old"]))
        now = each["new"] and parts.go(new, f"{each['new']}.html", code(each["new"]))
        if each["change"] == "retitled":
            titles = f"{text(each['old_title'])} / {text(each['new_title'])}"
            items.append(f"{now}: another title, {titles}")
        elif each["change"] == "renamed":
            items.append(f"{was} is now {now}")
        else:
            items.append(f"{now or was}: {'new' if now else 'taken out'}")
    return f'<h2 id="pages">Pages</h2>{_some(items)}'
