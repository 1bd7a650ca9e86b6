"""``make live``: what is saved is on the page that is open, without a hand being moved."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_build import change, write_book

ROOT = Path(__file__).resolve().parent.parent
SLACK = 3.0  # seconds from a save to the page, besides what the chapter's code takes
pytest.importorskip("livereload")


@pytest.fixture
def live(tmp_path):
    """A small book followed by ``make live``: its folder, its address, and what was said."""
    book = tmp_path / "book"
    book.mkdir()
    write_book(book)
    shutil.copy(ROOT / "pyproject.toml", book)
    said = (book / "said").open("w+")
    running = subprocess.Popen(
        [sys.executable, "-m", "press", "live"], cwd=book, stdout=said, stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a shell may ignore
    )  # fmt: skip
    text, end = "", time.monotonic() + 90
    while "follows what is saved" not in text:
        assert time.monotonic() < end and running.poll() is None, text
        time.sleep(0.1)
        text = (book / "said").read_text()
    yield book, re.search(r"http://\S+", text)[0], book / "said"
    os.killpg(running.pid, signal.SIGINT)
    running.wait(20)
    said.close()


def took(said: Path) -> float:
    """Seconds that the last run took."""
    return float(re.findall(r": ([\d.]+) s$", said.read_text(), re.M)[-1])


@pytest.mark.slow
def test_what_is_saved_is_on_the_open_page(live, chromium):
    book, address, said = live
    page = chromium.new_context().new_page()
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    page.goto(f"{address}chapters/one.html")
    end = time.monotonic() + 60
    while not any('"info"' in frame for frame in sent):  # then the page is told of changes
        assert time.monotonic() < end, "the page is not connected"
        page.wait_for_timeout(50)
    started = time.monotonic()
    change(book / "chapters" / "one.md", "The answer is", "The better answer is")
    page.wait_for_selector("text=The better answer is", timeout=60_000)
    seen = time.monotonic() - started
    # A busy machine is slow at everything: what counts is what was added to the making itself.
    assert seen < max(SLACK, took(said) + 2), f"{seen:.1f} s"

    # What is saved at once after a reload, or after the start, is not lost.
    for was, now in (("better", "good"), ("good", "best"), ("best", "better")):
        change(book / "chapters" / "one.md", f"The {was} answer", f"The {now} answer")
        page.wait_for_selector(f"text=The {now} answer is", timeout=60_000)

    change(book / "chapters" / "one.md", "tables.answer()", "tables.answer() + 1")
    page.wait_for_selector("text=4712", timeout=60_000)
    change(book / "data" / "answer.csv", "4711", "5000")
    page.wait_for_selector("text=5001", timeout=60_000)
    change(book / "citygap" / "tables.py", ".split()[1])", ".split()[1]) + 5")
    page.wait_for_selector("text=5006", timeout=60_000)
    page.context.close()

    change(book / "chapters" / "one.md", "The better", "{glue}`nothing` The better")
    end = time.monotonic() + 60
    while "chapters/one.md:" not in said.read_text():
        assert time.monotonic() < end, "a fault was not said"
        time.sleep(0.1)
    assert "Traceback" not in said.read_text()
    assert not (book / "_build" / "html").exists(), "the book itself is left alone"
