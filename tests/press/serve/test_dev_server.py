"""``make live``: what is saved is on the page that is open, without a hand being moved."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.patience import PATIENCE, wait_until
from tests.press.build.test_build import change, write_book

ROOT = Path(__file__).resolve().parents[3]
SEED, SAVES = 20260101, 15


@dataclass
class Live:
    """A small book that is followed: its folder and its address."""

    book: Path
    address: str

    def said(self) -> str:
        return (self.book / "said").read_text(encoding="utf-8")

    def made(self) -> int:
        """How often pages were made."""
        return len(re.findall(r"^\d\d:\d\d:\d\d .*: [\d.]+ s$", self.said(), re.M))

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode()


@pytest.fixture
def live(tmp_path):
    """A small book followed by ``make live``."""
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
    followed = Live(book, "")
    try:
        wait_until(
            lambda: running.poll() is not None or "follows what is saved" in followed.said(),
            "the first pages",
        )
        assert running.poll() is None, followed.said()
        followed.address = re.search(r"http://\S+", followed.said())[0]
        yield followed
        assert "Traceback" not in followed.said()
        assert not (book / "_build" / "html").exists(), "the book itself is left alone"
    finally:
        os.killpg(running.pid, signal.SIGINT)
        try:
            assert running.wait(PATIENCE) == 0
        finally:
            said.close()


@pytest.fixture
def shows(live, chromium) -> Callable[[str], None]:
    """Waits until the open page of the first chapter has a text."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live.address}chapters/one.html")

    def shown(text: str) -> None:
        try:
            page.wait_for_selector(f"text={text}")
        except Error as error:
            pytest.fail(f"{error}\n{live.said()}")

    yield shown
    context.close()


# -------------------------------------------------------------------------------------- the tests


@pytest.mark.slow
def test_what_is_saved_is_on_the_open_page(live, shows):
    chapter = live.book / "chapters" / "one.md"
    change(chapter, "The answer is", "The better answer is")
    shows("The better answer is")
    # What is saved at once after a reload, or after the start, is not lost.
    for was, now in (("better", "good"), ("good", "best"), ("best", "better")):
        change(chapter, f"The {was} answer", f"The {now} answer")
        shows(f"The {now} answer is")
    change(chapter, "tables.answer()", "tables.answer() + 1")
    shows("4712")
    change(live.book / "data" / "answer.csv", "4711", "5000")
    shows("5001")
    change(live.book / "citygap" / "data" / "tables.py", ".split()[1])", ".split()[1]) + 5")
    shows("5006")
    change(live.book / "citygap" / "data" / "tables.py", "+ 5", "+ 6")  # in the same second, perhaps
    shows("5007")
    change(chapter, "The better", "{glue}`nothing` The better")
    wait_until(lambda: "chapters/one.md:" in live.said(), "the fault")


@pytest.mark.slow
def test_saves_at_any_moment_are_on_the_open_page(live, shows):
    """While pages are made, while the page reloads, while it connects."""
    moments = random.Random(SEED)
    chapter, data = live.book / "chapters" / "one.md", live.book / "data" / "answer.csv"
    begun = time.monotonic()
    change(chapter, "The answer is", "Answer 0 is")
    shows("Answer 0 is")
    takes = time.monotonic() - begun
    for number in range(1, SAVES):
        change(chapter, f"Answer {number - 1} is", f"Answer {number} is")
        if number % 3 == 0:
            change(data, data.read_text().split()[1], str(1000 + number))
        time.sleep(moments.uniform(0, takes))  # no wait for anything: the moment is what is tried
        if number % 5 == 0:
            shows(f"Answer {number} is")
    shows(f"Answer {SAVES - 1} is {data.read_text().split()[1]}")


@pytest.mark.slow
def test_a_page_knows_whether_pages_were_made_since_it_was_handed_out(live):
    def number(page: str) -> str:
        return re.search(r'src="/reload\.js\?(\d+)"', page)[1]

    old = live.get("chapters/one.html")
    assert number(old) == live.get("made")
    made = live.made()
    change(live.book / "chapters" / "one.md", "The answer is", "The better answer is")
    wait_until(lambda: live.made() > made and number(old) != live.get("made"), "the new page")
    new = live.get("chapters/one.html")
    assert "The better answer is" in new and number(new) == live.get("made")


@pytest.mark.slow
def test_a_file_put_back_with_its_old_time_or_removed_is_noticed(live):
    chapter, data = live.book / "chapters" / "one.md", live.book / "data" / "answer.csv"
    kept = shutil.copy2(chapter, live.book / "kept.md")
    change(chapter, "The answer is", "The better answer is")
    wait_until(lambda: "The better answer is" in live.get("chapters/one.html"), "the new page")
    os.replace(kept, chapter)
    wait_until(lambda: "The answer is" in live.get("chapters/one.html"), "the old page")
    data.unlink()
    wait_until(lambda: "chapters/one.md:" in live.said(), "the fault")
