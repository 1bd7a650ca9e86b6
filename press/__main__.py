"""The command line: ``python -m press COMMAND``. The Makefile gives the commands short names."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Command:
    """A command: what it does, the function that does it, and its arguments.

    Each argument is the name that argparse shows and its options; the function is called with
    their values, in this order.
    """

    words: str
    function: str  # module:name
    arguments: tuple[tuple[str, dict], ...] = ()


FLAG = {"action": "store_true"}
PORT = ("--port", {"type": int, "default": 0, "help": "a free one if not given"})
COMMANDS = {
    "build": Command("check data/, run the chapters, write _build/html", "press.build.build:build", (
        ("--all", {**FLAG, "help": "keep nothing of earlier builds"}),
    )),
    "serve": Command("show the book at an address of this machine", "press.serve.serve:serve", (
        PORT, ("--site", {**FLAG, "help": "all editions, site/, instead"}),
    )),
    "live": Command("rebuild and reload pages as files are saved", "press.serve.dev_server:live", (PORT,)),
    "check": Command(
        "check tables, text, code, locks and known vulnerabilities", "tools.check:check"
    ),
    "audit": Command("report figures typed by hand in the chapters", "press.audit:report"),
    "pdf": Command("print the book and each chapter, _build/pdf", "press.print:make_pdf"),
    "epub": Command("make the book for e-readers, _build/epub", "press.print:make_epub"),
    "offline": Command("pack the built book into _build/offline.zip", "press.editions.offline:offline"),
    "assets": Command("make what is released of an edition, _build/assets",
                      "press.assets:assets", (
        ("version", {"nargs": "?", "default": "", "help": "an edition in site/; else the built book"}),
        ("--html", {"default": "", "help": argparse.SUPPRESS}),
        ("--out", {"default": "", "help": argparse.SUPPRESS}),
    )),
    "restore": Command("bring editions from the branch gh-pages back into site/",
                       "press.editions.gh_pages:restore"),
    "keep": Command("commit site/ to the branch gh-pages; no edition on it changes",
                    "press.editions.gh_pages:keep", (
        ("--archive", {"default": "", "help": "the pages of one edition, packed, instead of site/"}),
    )),
    "edition": Command("make an edition: test, tag, build into site/",
                       "press.editions.release:edition", (
        ("version", {"help": "such as 2026.2"}),
        ("--check", {"default": "", "metavar": "COMMAND", "help": "run instead of make test test-slow"}),
    )),
    "site": Command("assemble site/: all editions, the newest, what is in work",
                    "press.editions.assemble:site"),
    "verifysite": Command("compare editions in site/ with their record, editions.yml",
                          "press.editions.verify:verify", (
        ("editions", {"nargs": "*", "help": "all if none is named"}),
    )),
    "bench": Command("measure the build beside plain jupyter-book's", "tools.bench:bench", (
        ("--times", {"type": int, "default": 5, "help": "how often each is measured"}),
        ("--no-growth", {"action": "store_false", "help": "leave out the curve of growth"}),
    )),
    "lock": Command("renew the lists of packages", "tools.lock:lock"),
    "font": Command("renew the font of Chinese labels, citygap/fonts", "tools.fonts:font"),
    "icons": Command("renew the icons of the pages, press/static/icons.css", "tools.icons:icons"),
    "vega": Command("renew Vega-Lite, which draws figures on demand, press/static/explore", "tools.vega:vega"),
    "picture": Command("renew the picture of the README, docs/finding.svg",
                       "tools.readme_figure:picture"),
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m press", description="How the book is printed.")
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = parsers.add_parser(name, help=command.words)
        for argument, options in command.arguments:
            own.add_argument(argument, **options)
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a terminal that has no Chinese still gets the rest
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    command = COMMANDS[given.command]
    values = [getattr(given, argument.lstrip("-").replace("-", "_"))
              for argument, _ in command.arguments]  # fmt: skip
    # A command imports what it needs: the others start at once and run without it.
    module, _, function = command.function.partition(":")
    return getattr(import_module(module), function)(*values)


if __name__ == "__main__":
    sys.exit(main())
