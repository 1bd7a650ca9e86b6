"""HTML from templates: ``press/templates/``, filled with values by Jinja.

What a template prints is escaped, unless it is HTML already (``markupsafe.Markup``), which only
these filters, macros and :func:`render` itself make; a name that nothing was given for is an error.
Filters besides Jinja's own:

- ``marked``: words with their Chinese marked (``press.cjk``), which a Chinese page need not do;
- ``code``: a key of the data, which may break after each ``_``;
- ``counted``: a number with its noun, ``{{ 2|counted("row") }}`` is "2 rows".

``_`` says a text in the language that is printed (``press.languages.printed``), ``at_home`` leads to
what stands on the pages of the first language alone.

Each template is compiled once in a process, when it is first asked for.

Out of scope: the theme's templates, which Sphinx fills.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from press.cjk import marked, script
from press.languages.printed import now, say
from press.languages.twins import at_home

TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=None)
def code(words: str) -> Markup:
    """A key of the data as HTML, which may break after each ``_``."""
    return Markup(f"<code>{html.escape(words).replace('_', '_<wbr>')}</code>")


def marked_here(words: str) -> Markup:
    """``words`` as HTML, with what is not in the language of the page marked: on a Chinese page,
    Traditional Chinese and Japanese."""
    return escape(words) if now().code == "zh" and script(words) == "zh-Hans" else marked(words)


def counted(number: int, one: str, many: str = "") -> str:
    if now().code:
        words = "{number} " + one
        return say(words, number=number)
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_web(address: str) -> bool:
    """Whether an address is one of the web, which alone may become a link that leaves the book."""
    return re.match(r"https?://", address) is not None


class DataEnvironment(Environment):
    """An environment in which ``row.title`` is the column of a row: a dictionary's own keys come
    before its methods, and are found faster."""

    def getattr(self, obj: object, attribute: str) -> object:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


LOADER = FileSystemLoader([TEMPLATES])
ENVIRONMENT = DataEnvironment(
    loader=LOADER,
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    cache_size=-1,
)
ENVIRONMENT.filters |= {"marked": marked_here, "code": code, "counted": counted}
ENVIRONMENT.tests["web"] = is_web
ENVIRONMENT.globals |= {"_": say, "at_home": at_home}


def also_from(folder: Path) -> None:
    """Let templates be found in another folder too, by the package that has them there."""
    if str(folder) not in LOADER.searchpath:
        LOADER.searchpath.append(str(folder))


def render(name: str, /, **values: object) -> Markup:
    """The template ``name``, a path below ``press/templates``, filled with ``values``.

    Raises jinja2.UndefinedError for a name in it that has no value.
    """
    return Markup(ENVIRONMENT.get_template(name).render(values))


def macros(name: str, /, **values: object) -> dict[str, Macro]:
    """The macros of the template ``name``, filled with ``values``, to be given to other templates."""
    module = ENVIRONMENT.get_template(name).make_module(values)
    return {key: value for key, value in vars(module).items() if isinstance(value, Macro)}


def head(*elements: tuple[str, dict[str, str]]) -> str:
    """Elements of a page's head, ``meta`` or ``link``, with their attributes, each on a line; a
    ``meta`` without content is left out.

    Text, to be joined to what Sphinx has made of the head so far.
    """
    told = [(name, given) for name, given in elements if name != "meta" or given["content"]]
    return str(render("head.html", elements=told))
