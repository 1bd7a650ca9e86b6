"""Sphinx extension of all runs: what pages say of their twins in other languages.

In the head of a page stands its address in each language (``hreflang``), in its bar a switch that
leads to the same page, and with ``twin.js`` to the same place on it: headings have the same ids.

In a further language, links to pages that only the first has (the api) lead there and
say so, and scripts find their words in ``_static/words.js``.

Out of scope: which pages have twins (``press.languages.twins``).
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path


from press import page_names, urls
from press.languages import printed, twins
from press.templating import head

SCRIPT, WORDS, STYLE = "twin.js", "words.js", "chinese.css"
LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"#:?]+\.[a-z]+)([^"]*")([^>]*>)')


def setup(app) -> None:
    app.connect("config-inited", know, priority=100)
    app.connect("html-page-context", name_twins, priority=700)  # after the theme made its buttons
    app.connect("build-finished", write_words, priority=300)


def know(app, config) -> None:
    app.languages = printed.languages(config.press_languages)
    own = app.languages.get(config.press_language, printed.FIRST)
    printed.use(own)
    if own is not printed.FIRST:
        config.html_static_path.append("press/languages/static")
        config.html_css_files = [*config.html_css_files, STYLE]
        config.html_js_files = [(WORDS, {"priority": 100, "loading_method": "defer"}), *config.html_js_files]
        config.numfig_format = {"figure": "图%s"}


def others(app, page: str) -> dict[printed.Language, str]:
    """The languages that a page is also in, and its address in each, from the root of this one's pages."""
    own, root = printed.now(), Path(app.srcdir)
    data = page_names.in_each_language(page) and page_names.has_data(root)
    if own.code:
        return {printed.FIRST: "../"}
    return {language: language.folder for code, language in app.languages.items()
            if page in twins.pages(code, root) or data and twins.pages(code, root)}  # fmt: skip


def name_twins(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Name the twins of a page in its head and its bar, and its own language."""
    own = printed.now()
    context["language"] = own.tag
    if doctree is None and not page_names.in_each_language(pagename):
        return
    found = others(app, pagename)
    if not found:
        return
    up, file = "../" * pagename.count("/"), f"{pagename}{app.builder.out_suffix}"
    address = getattr(app, "address", "")
    alternates = {own: file.rpartition("/")[2]} | {one: f"{up}{at}{file}" for one, at in found.items()}
    if address:
        alternates = {one: urls.canonical(address, pagename, language=one) for one in alternates}
        alternates[printed.Language(tag="x-default")] = alternates.get(printed.FIRST, "")
    context["metatags"] = context.get("metatags", "") + head(*(
        ("link", {"rel": "alternate", "hreflang": one.tag, "href": at})
        for one, at in sorted(alternates.items(), key=lambda pair: pair[0].tag)
    ))  # fmt: skip
    app.add_js_file(SCRIPT, loading_method="defer")
    if own.code:  # the first language offers its source, which runs
        for menu in context.get("header_buttons", []):
            if "buttons" in menu:
                menu["buttons"] = [one for one in menu["buttons"] if one["label"] != "download-source-button"]
    context.setdefault("header_buttons", [])[:0] = [
        {"type": "link", "url": f'{up}{at}{file}" hreflang="{one.tag}" lang="{one.tag}', "text": one.name,
         "tooltip": one.name, "icon": "", "label": "twin-button"}
        for one, at in found.items()
    ]  # fmt: skip


def write_words(app, exception) -> None:
    own = printed.now()
    if exception is not None or not own.code:
        return
    words = {m.id: m.string for m in printed.messages(own.code) if any(file.endswith(".js") for file, _ in m.locations)}
    text = f"window.bookWords = {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
    (Path(app.outdir) / "_static" / WORDS).write_text(text, encoding="utf-8")


def led_home(page: str, path: Path, folder: Path) -> str:
    """The page with links to what only the first language has leading there; ``folder`` holds the
    pages of this one."""
    here = path.relative_to(folder).parent.as_posix()
    home = "../" * (len(path.relative_to(folder).parts) - 1) + "../"  # the folder of the first language

    def changed(match: re.Match) -> str:
        before, address, rest, end = match.groups()
        target = posixpath.normpath(posixpath.join(here, address))
        if (folder / target).exists() or "hreflang=" in before + end:
            return match[0]
        address = home + target.removeprefix("../")  # as at_home has it, or as a page of the first language
        return f'{before}{address}{rest} hreflang="{printed.FIRST.tag}"{end}'

    return LINK.sub(changed, page)
