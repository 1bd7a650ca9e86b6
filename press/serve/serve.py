"""``python -m press serve``: the book, or the site of all editions, at an address of this machine,
for this machine only."""

from __future__ import annotations

import functools
import json
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from press import HTML, ROOT, shown
from press.site_files import MISSING, missing

HOST = "127.0.0.1"
SITE = ROOT / "site"
FACTS = "edition.json"  # what a book says of itself: press.editions.pages.page_banner


class Handler(SimpleHTTPRequestHandler):
    """Serves files; pages are asked for anew each time, so that a new build is seen at once."""

    caching = "no-cache"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self.caching)
        super().end_headers()

    def send_error(self, code, message=None, explain=None) -> None:
        """As a host of static pages does, answer with the book's own page where there is none."""
        page = lost(Path(self.directory)).encode()
        if code != HTTPStatus.NOT_FOUND or not page:
            super().send_error(code, message, explain)
        else:
            self.answer(page, code=code)

    def answer(self, content: bytes, kind: str = "text/html", code: int = HTTPStatus.OK) -> None:
        """Send this, which is no file."""
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_request(self, code="-", size="-") -> None:
        """Good answers are not worth a line."""


def lost(folder: Path) -> str:
    """The page for addresses that lead nowhere: that of a site, or one made for a single book."""
    if (folder / MISSING).is_file():
        return (folder / MISSING).read_text(encoding="utf-8")
    try:
        book = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    chapters = [(book["pages"][name]["title"], name) for name in book["chapters"]]
    return missing("", book["title"], book["language"], chapters)


def server(port: int = 0, folder: Path | None = None, handler: type[Handler] = Handler) -> ThreadingHTTPServer:
    """A server of ``_build/html``, or another folder, on ``port``, 0 for a free one; the caller
    runs it."""
    return ThreadingHTTPServer((HOST, port), functools.partial(handler, directory=str(folder or HTML)))


def serve(port: int = 0, site: bool = False) -> int:
    """Serve the book, or the site of all editions, until interrupted; 1 if there is none yet."""
    folder, make = (SITE, "make site") if site else (HTML, "make book")
    if not (folder / "index.html").is_file():
        print(f"There is nothing in {shown(folder)} yet. Make it with: {make}")
        return 1
    with server(port, folder) as running:
        address = f"http://{HOST}:{running.server_port}/"
        print(f"The {'site' if site else 'book'} is at {address} (stop with Ctrl-C)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
