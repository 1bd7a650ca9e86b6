"""``python -m press serve``: the book at an address of this machine, for this machine only."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from press import HTML, shown

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Serves files; pages are asked for anew each time, so that a new build is seen at once."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

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
