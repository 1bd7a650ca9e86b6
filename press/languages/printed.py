"""The language that this process prints, and what the press says in it.

The first language is that of the sources: English.  What the press says in others stands in
``press/locale/<code>.po``, by the English words; ``say`` gives them, in templates as ``_``.  Scripts
have the same function, and the words in ``_static/words.js`` (``press.languages.alternates``).

A process prints one language: a second run has a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path


from press import ROOT

LOCALE = Path(__file__).parent.parent / "locale"


@dataclass(frozen=True)
class Language:
    """A language of the book: ``code`` names the folder of its pages, ``tag`` is as HTML has it,
    ``name`` as its readers call it; ``record`` replaces fields of the book's record."""

    code: str = ""
    tag: str = "en"
    name: str = "English"
    sphinx: str = "en"
    record: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def folder(self) -> str:
        """The folder of its pages in the built book, with a slash; empty for the first."""
        return f"{self.code}/" if self.code else ""


FIRST = Language()
_now = FIRST


def use(language: Language) -> None:
    global _now
    _now = language


@contextmanager
def printing(language: Language) -> Iterator[None]:
    """Print a language for a while, then again the one before."""
    before = now()
    use(language)
    try:
        yield
    finally:
        use(before)


def now() -> Language:
    return _now


BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows that a CSV is UTF-8


def csv_mark() -> str:
    """How a table as CSV begins: in Chinese with the mark by which Excel knows that it is UTF-8."""
    return BYTE_ORDER_MARK if now().code == "zh" else ""


def say(english: str, /, **given: object) -> str:
    """A text of the press in the language that is printed, with the ``given`` in its ``{name}``.

    Text that the catalogue lacks stays English; a test finds it.  If HTML is given, the result is
    HTML.
    """
    words = catalogue(_now.code).get(english, english) if _now.code else english
    if any(hasattr(value, "__html__") for value in given.values()):
        from markupsafe import Markup  # what runs on a bare Python prints no HTML

        words = Markup(words)
    return words.format(**given) if given else words


@lru_cache(maxsize=None)
def catalogue(code: str) -> Mapping[str, str]:
    """What the press says in a language, by the English words."""
    return {message.id: message.string for message in messages(code)}


def messages(code: str) -> list:
    """The entries of a language's catalogue, as Babel reads them."""
    from babel.messages.pofile import read_po

    with (LOCALE / f"{code}.po").open("rb") as file:
        return [message for message in read_po(file, locale="zh_CN" if code == "zh" else code)
                if message.id and message.string]  # fmt: skip


def languages(given: Mapping) -> dict[str, Language]:
    """The further languages that ``press_languages`` of the settings names, by their codes."""
    return {code: Language(code, one["tag"], one["name"], one["sphinx"], one.get("record", {}))
            for code, one in given.items()}  # fmt: skip


def configured(root: Path = ROOT) -> dict[str, Language]:
    """The further languages of the book at ``root``, by their codes; none if its settings cannot be
    read, which the build says in its own words."""
    import yaml

    try:
        given = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        return languages(given["sphinx"]["config"].get("press_languages") or {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        return {}


def codes(root: Path = ROOT) -> list[str]:
    return list(configured(root))


def file_of(name: str, code: str, root: Path = ROOT) -> Path:
    path = root / f"{name}.md"
    return path.parent / code / path.name
