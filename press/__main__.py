"""The command line: ``python -m press COMMAND``. The Makefile gives the commands short names."""

from __future__ import annotations

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m press", description="How the book is printed.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("build", help="check data/, run the chapters, write _build/html")
    one.add_argument("--all", action="store_true", help="keep nothing of earlier builds")
    one = commands.add_parser("serve", help="show the book at an address of this machine")
    one.add_argument("--port", type=int, default=0, help="a free one if not given")
    commands.add_parser("check", help="check tables, text, code, locks and known vulnerabilities")
    one = commands.add_parser("live", help="rebuild and reload pages as files are saved")
    one.add_argument("--port", type=int, default=0, help="a free one if not given")
    commands.add_parser("audit", help="report figures typed by hand in the chapters")
    commands.add_parser("pdf", help="print the book and each chapter, _build/pdf")
    commands.add_parser("epub", help="make the book for e-readers, _build/epub")
    commands.add_parser("lock", help="renew requirements.txt and requirements-test.txt")
    commands.add_parser("font", help="renew the font of Chinese labels, citygap/fonts")
    commands.add_parser("icons", help="renew the icons of the pages, press/static/icons.css")
    commands.add_parser("offline", help="pack the built book into _build/offline.zip")
    commands.add_parser("picture", help="renew the picture of the README, docs/finding.svg")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a terminal that has no Chinese still gets the rest
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    # Each command imports what it needs: the others start at once and run without it.
    if given.command == "build":
        from press.build import build

        return build(everything=given.all)
    if given.command == "serve":
        from press.serve import serve

        return serve(given.port)
    if given.command == "check":
        from press.check import check

        return check()
    if given.command == "live":
        from press.live import live

        return live(given.port)
    if given.command == "audit":
        from press.audit import report

        return report()
    if given.command == "pdf":
        from press.paper import make_pdf

        return make_pdf()
    if given.command == "epub":
        from press.paper import make_epub

        return make_epub()
    if given.command == "lock":
        from press.lock import lock

        return lock()
    if given.command == "icons":
        from press.icons import icons

        return icons()
    if given.command == "offline":
        from press.offline import offline

        return offline()
    if given.command == "picture":
        from press.picture import picture

        return picture()
    from press.fonts import font

    return font()


if __name__ == "__main__":
    sys.exit(main())
