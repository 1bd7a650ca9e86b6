"""``python -m press serve``: the book at an address of this machine, for this machine only."""

from __future__ import annotations

import functools
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from press import HTML, shown
from press.sitefiles import MISSING

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files; pages are asked for anew each time, so that a new build is seen at once."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code, message=None, explain=None) -> None:
        """As a host of static pages does, answer with the book's own page where there is none."""
        missing = HTML / MISSING
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            super().send_error(code, message, explain)
            return
        page = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_request(self, code="-", size="-") -> None:
        """Good answers are not worth a line."""


def server(port: int = 0) -> ThreadingHTTPServer:
    """A server of ``_build/html`` on ``port``, 0 for a free one; the caller runs it."""
    return ThreadingHTTPServer((HOST, port), functools.partial(_Handler, directory=str(HTML)))


def serve(port: int = 0) -> int:
    """Serve the book until interrupted; 1 if there is no book yet."""
    if not (HTML / "index.html").is_file():
        print(f"There is no book in {shown(HTML)} yet. Build it with: make book")
        return 1
    with server(port) as running:
        print(f"The book is at http://{HOST}:{running.server_port}/ (stop with Ctrl-C)", flush=True)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
