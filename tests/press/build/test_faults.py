"""What may go wrong around a build, and what must come of it: a row a fault in :data:`MATRIX`.

Each row breaks one build of a small book whose prose (or, where its code is to run, data) was just
changed, so that there is something to build.  After it, whatever happened,

- ``_build/html`` is the last good book or the new one, file for file;
- nothing that was printed is a traceback, and what is to be done stands in one line;
- the next build succeeds and shows what was changed.

Where this machine cannot bring a fault about (no user namespaces, no Chromium), its row is skipped
and says why.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from press.build import atomic_swap, build_lock, machine_faults
from tests.patience import PATIENCE, wait_until
from tests.press.build.test_build import build_book, change, page

SEED, KILLS = 20260101, 20
MB = 1 << 20
BUILD = [sys.executable, "-m", "press", "build"]
#: In a new network without any way out, the loopback by which the book talks to its own kernels.
LOOPBACK = "import fcntl,socket,struct;fcntl.ioctl(socket.socket(),0x8914,struct.pack('16sh',b'lo',1))"

NEW = "The new answer is"

Output = subprocess.CompletedProcess


@dataclass(frozen=True)
class Fault:
    """A row of the matrix."""

    name: str
    breaks: Callable[[Path], Output]  # breaks a build of the book in a folder
    code: int  # what the build ends with
    says: str  # pattern of the one line that says what to do, or what is done
    builds: bool = True  # whether the next build succeeds with nothing but the fault taken away


# --------------------------------------------------------------------------------- how they break


def run(book: Path, command=BUILD, limits=(), **options) -> Output:
    """A command in the book's folder; ``limits`` are (resource, bytes) that it may not pass."""

    def limit() -> None:
        for what, most in limits:
            resource.setrlimit(what, (most, most))

    return subprocess.run(
        command, cwd=book, capture_output=True, text=True, timeout=PATIENCE,
        preexec_fn=limit if limits else None, **options,
    )  # fmt: skip


@cache
def can_unshare(flags: str) -> bool:
    done = subprocess.run(["unshare", flags, "true"], capture_output=True)
    return done.returncode == 0


def apart(book: Path, flags: str, script: str) -> Output:
    """A shell script in namespaces of its own."""
    if shutil.which("unshare") is None or not can_unshare(flags):
        pytest.skip(f"unshare {flags} is not allowed here")
    return run(book, ["unshare", flags, "sh", "-ec", script], env={**os.environ, "PY": sys.executable})


def disk_full(book: Path) -> Output:
    """A disk with room for the last good book and a little more."""
    return apart(book, "-rm", """
        mkdir room; mount -t tmpfs -o size=2300k none room
        cp -a _build/html _build/build.json room; mount --bind room _build
        set +e; "$PY" -m press build; code=$?
        cp -a _build/html ../seen; exit $code""")  # fmt: skip


def files_cut_off(book: Path) -> Output:
    return run(book, limits=[(resource.RLIMIT_FSIZE, 30_000)])


def read_only_tree(book: Path) -> Output:
    return apart(book, "-rm", 'mount --bind . .; mount -o remount,bind,ro .; cd "$PWD"; "$PY" -m press build')


def not_ours(book: Path) -> Output:
    """A user who may read everything and write nothing: even root is nobody there."""
    for path in (book, *book.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        return apart(book, "-U", '"$PY" -m press build')
    finally:
        for path in (book, *book.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)


def ordinary_user(book: Path) -> Output:
    new_data(book)
    return apart(book, "-U", 'unset HOME; HOME=/nowhere "$PY" -m press build')


def little_memory(book: Path) -> Output:
    return run(book, limits=[(resource.RLIMIT_AS, 120 * MB)])


def greedy_chapter(book: Path) -> Output:
    change(book / "chapters" / "two.md", "first =", "hoard = bytearray(10**12)\nfirst =")
    try:
        return run(book, limits=[(resource.RLIMIT_AS, 4096 * MB)])
    finally:
        change(book / "chapters" / "two.md", "hoard = bytearray(10**12)\n", "")


def hanging_chapter(book: Path) -> Output:
    change(book / "_config.yml", "timeout: 120", "timeout: 3")
    change(book / "chapters" / "two.md", "first =", "while True: pass\nfirst =")
    try:
        return run(book)
    finally:
        change(book / "chapters" / "two.md", "while True: pass\n", "")
        change(book / "_config.yml", "timeout: 3", "timeout: 120")


def dying_chapter(book: Path) -> Output:
    change(book / "chapters" / "two.md", "first =", "import os; os.kill(os.getpid(), 9)\nfirst =")
    try:
        return run(book)
    finally:
        change(book / "chapters" / "two.md", "import os; os.kill(os.getpid(), 9)\n", "")


def no_network(book: Path) -> Output:
    new_data(book)
    return apart(book, "-rn", f'"$PY" -c "{LOOPBACK}"; "$PY" -m press build')


def proxies_that_lead_nowhere(book: Path) -> Output:
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    return run(book, env={**os.environ, **nowhere, "no_proxy": "127.0.0.1,localhost"})


def no_browser(book: Path) -> Output:
    """What ``make pdf`` says, with the book built and no Chromium to be found."""
    (book / "bin").mkdir()
    done = run(book, [sys.executable, "-c", (
        "import os; os.environ['PATH'] = os.path.abspath('bin');"
        "from press.print.browser import NoBrowser, press\n"
        "try:\n    press().__enter__()\nexcept NoBrowser as missing:\n    print(missing); exit(1)"
    )])  # fmt: skip
    return done


def two_at_once(book: Path) -> Output:
    options = {"cwd": book, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    first = subprocess.Popen(BUILD, **options)
    wait_until(lambda: "[1/2]" in log_of(book) or (book / "_build" / "html.next").exists())
    second = run(book)
    said, _ = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0, said
    return second


def stopped_by_hand(book: Path) -> Output:
    """Ctrl-C, which a terminal sends to the build and its kernels alike."""
    started = subprocess.Popen(
        BUILD, cwd=book, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a shell may ignore
    )  # fmt: skip
    wait_until(lambda: (book / "_build" / atomic_swap.MARK).exists())
    os.killpg(started.pid, signal.SIGINT)
    said = started.communicate(timeout=PATIENCE)
    return Output(BUILD, started.returncode, *said)


def results_damaged(book: Path) -> Output:
    """What a disk that ran full, or a killed build, may leave: files cut off in the middle."""
    for path in (book / "_build").rglob("*"):
        if path.is_file() and "html" not in path.relative_to(book / "_build").parts[0]:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (book / "_build" / atomic_swap.MARK).touch()
    return run(book)


def killed_between_two_renames(book: Path) -> Output:
    """On a file system without an exchange of folders, at the one moment without a book."""
    (book / "_build" / "html").rename(book / "_build" / "html.old")
    change(book / "chapters" / "one.md", "(a-place)=", "(no-place)=")
    try:
        return run(book)
    finally:
        change(book / "chapters" / "one.md", "(no-place)=", "(a-place)=")


def terminal_without_chinese(book: Path) -> Output:
    change(book / "chapters" / "two.md", "first =", 'raise ValueError("重庆")\nfirst =')
    try:
        return run(book, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    finally:
        change(book / "chapters" / "two.md", 'raise ValueError("重庆")\n', "")


def other_path(book: Path) -> Output:
    """The same book where the path has blanks, Chinese characters and signs."""
    moved = book.parent / "我的 书 (a&b) é 'x'"
    book.rename(moved)
    try:
        return run(moved)
    finally:
        moved.rename(book)


def git(book: Path, *arguments: str) -> None:
    name = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *name, *arguments], cwd=book, check=True, capture_output=True)


def shallow_clone(book: Path) -> Output:
    """Built in a clone of depth one."""
    (book / ".gitignore").write_text("_build\n")
    git(book, "init", "-q")
    for _ in range(2):
        git(book, "add", "-A")
        git(book, "commit", "-q", "--allow-empty", "-m", "x")
    git(book.parent, "clone", "-q", "--depth", "1", book.as_uri(), "clone")
    done = run(book.parent / "clone")
    shutil.rmtree(book / ".git")
    return done


def archive_without_git(book: Path) -> Output:
    assert not (book / ".git").exists()
    return run(book, env={**os.environ, "PATH": "/nowhere"})


MATRIX = [
    #     what goes wrong                     how                          ends  the line that says so
    Fault("the disk is full", disk_full, 1, r"The disk is full: make room"),
    Fault("files may not grow", files_cut_off, 1, r"A file may not grow .*ulimit -f"),
    Fault("the tree can only be read", read_only_tree, 1, r"on a disk that can only be read: copy"),
    Fault("the tree belongs to another", not_ours, 1, r"not yours to write: .*copy the book"),
    Fault("a user other than root", ordinary_user, 0, r"The book is ready"),
    Fault("memory for nothing", little_memory, 1, r"The memory is full, or limited .*ulimit -v"),
    Fault("a chapter wants all memory", greedy_chapter, 1, r"^chapters/two\.md:\d+: MemoryError"),
    Fault("a chapter hangs", hanging_chapter, 1, r"^chapters/two\.md.*(after 3 seconds|longer than 3 s)"),
    Fault("a chapter's process dies", dying_chapter, 1, r"^chapters/two\.md.*(died|ended|killed)"),
    Fault("no network", no_network, 0, r"The book is ready"),
    Fault("proxies that lead nowhere", proxies_that_lead_nowhere, 0, r"The book is ready"),
    Fault("no browser for make pdf", no_browser, 1, r"needs Chromium, .* apt-get install chromium"),
    Fault("two builds at once", two_at_once, 0, r"Another build is at work here \(process \d+\); waiting"),
    Fault("stopped with Ctrl-C", stopped_by_hand, 130, r"^Stopped\. _build/html still holds"),
    Fault("results cut off", results_damaged, 0, r"The book is ready"),
    Fault("killed between two renames", killed_between_two_renames, 1, r"still holds the last good book"),
    Fault("blanks and Chinese in the path", other_path, 0, r"The book is ready"),
    Fault("a terminal without Chinese", terminal_without_chinese, 1, r"^chapters/two\.md:\d+: ValueError: "),
    Fault("a shallow clone", shallow_clone, 0, r"The book is ready"),
    Fault("no .git and no git", archive_without_git, 0, r"The book is ready"),
    # and killed at any moment: test_killed_at_any_moment
]


# -------------------------------------------------------------------------------------- the tests


@pytest.fixture
def book(once, tmp_path) -> Path:
    """A copy of the built small book whose prose was changed since."""
    folder = shutil.copytree(once("small", build_book), tmp_path / "book", copy_function=shutil.copy2)
    change(folder / "chapters" / "one.md", "The answer is", NEW)
    return folder


def files(html: Path) -> dict[str, bytes]:
    return {
        path.relative_to(html).as_posix(): path.read_bytes()
        for path in html.rglob("*") if path.is_file()
    }  # fmt: skip


def log_of(book: Path) -> str:
    log = book / "_build" / "build.log"
    return log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""


def new_data(book: Path) -> None:
    """Let every chapter's code run again."""
    change(book / "data" / "answer.csv", "4711", "4712")


def is_whole(html: Path, old: dict[str, bytes], new: str) -> bool:
    """Whether ``html`` is a whole book: the old one, or one with the same files and the new text."""
    found = files(html)
    if found == old:
        return True
    one = found.get("chapters/one.html", b"").decode()
    ends = all(text.rstrip().endswith(b"</html>") for name, text in found.items()
               if name.endswith(".html"))  # fmt: skip
    return found.keys() == old.keys() and new in one and ends


@pytest.mark.slow
@pytest.mark.parametrize("fault", MATRIX, ids=lambda fault: fault.name)
def test_fault(book, fault):
    html = book / "_build" / "html"
    old = files(html)
    done = fault.breaks(book)
    said = done.stdout + done.stderr
    assert done.returncode == fault.code, said
    assert "Traceback" not in said, said
    lines = [line for line in said.splitlines() if re.search(fault.says, line)]
    assert len(lines) == 1, said
    assert is_whole(html, old, NEW), "neither the last good book nor the new one"
    if (seen := book.parent / "seen").exists():  # what stood on a disk that is gone
        assert files(seen) == old
    after = run(book)
    assert after.returncode == 0 and "Traceback" not in after.stdout + after.stderr, after.stdout
    assert NEW in page(book, "one") and is_whole(html, old, NEW)
    assert {path.name for path in (book / "_build").iterdir()}.isdisjoint(
        {"html.next", "html.old", atomic_swap.MARK}
    ), "something was left behind"


def letters(number: int) -> str:
    """A number as a word, since figures are not typed by hand."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


@pytest.mark.slow
@pytest.mark.long
def test_killed_at_any_moment(book):
    """SIGKILL at 20 moments, of the build alone or with all its processes; after every second one
    the next build must succeed.

    How long a build takes, of which the moments are parts, is measured as long as it changes.
    """
    html, moments = book / "_build" / "html", random.Random(SEED)
    started = time.monotonic()
    assert run(book).returncode == 0
    takes, now, killed, number = time.monotonic() - started, NEW, 0, -1
    while killed < KILLS:
        number += 1
        assert number < 10 * KILLS, "the moments were too late"
        old, new = files(html), f"The answer called {letters(number)} is"
        if number % 5 == 0:
            change(book / "data" / "answer.csv", str(4711 + number // 5), str(4712 + number // 5))
        change(book / "chapters" / "one.md", now, new)
        now = new
        building = subprocess.Popen(
            BUILD, cwd=book, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        started = time.monotonic()
        try:
            building.wait(moments.uniform(0, takes))
            takes = time.monotonic() - started
        except subprocess.TimeoutExpired:
            killed += 1
            if number % 4 < 2:
                os.killpg(building.pid, signal.SIGKILL)
            building.kill()
            building.wait()
        assert html.is_dir() and is_whole(html, old, new), f"after kill {number}"
        if number % 2:
            started = time.monotonic()
            done = run(book)
            takes = max(takes, time.monotonic() - started)
            assert done.returncode == 0, done.stdout + done.stderr
            assert new in page(book, "one")
            assert "Traceback" not in done.stdout + done.stderr


# -------------------------------------------------------------------------------------- the parts


def folders(tmp_path: Path) -> tuple[Path, Path]:
    new, place = tmp_path / "html.next", tmp_path / "html"
    for folder in (new, place):
        folder.mkdir()
        (folder / "what").write_text(folder.name)
    return new, place


def test_the_new_book_takes_the_place_of_the_old_one(tmp_path):
    new, place = folders(tmp_path)
    atomic_swap.put(new, place)
    assert [path.name for path in tmp_path.iterdir()] == ["html"]
    assert (place / "what").read_text() == "html.next"


def test_linux_exchanges_folders_in_one_step(tmp_path):
    new, place = folders(tmp_path)
    if not atomic_swap.exchange(new, place):
        pytest.skip("this system cannot exchange folders")
    assert (place / "what").read_text() == "html.next" and (new / "what").read_text() == "html"


@pytest.mark.parametrize("after", ["the first rename", "the second rename", "the removal"])
def test_without_an_exchange_a_kill_at_any_step_is_recovered_from(tmp_path, monkeypatch, after):
    new, place = folders(tmp_path)
    monkeypatch.setattr(atomic_swap, "exchange", lambda one, other: False)
    old = tmp_path / "html.old"
    place.rename(old)
    if after != "the first rename":
        new.rename(place)
    if after == "the removal":
        shutil.rmtree(old)
    assert atomic_swap.recover(place) == (after == "the first rename")
    assert (place / "what").read_text() == ("html" if after == "the first rename" else "html.next")
    assert not old.exists()
    if new.exists():
        atomic_swap.put(new, place)
        assert (place / "what").read_text() == "html.next"


def test_a_file_is_written_whole(tmp_path, monkeypatch):
    (tmp_path / "x").write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda self, to: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError):
            atomic_swap.write(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text() == "old"
    atomic_swap.write(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text() == "new"


def test_a_lock_ends_with_its_process(tmp_path, capsys):
    code = f"import time\nfrom pathlib import Path\nfrom press.build.build_lock import alone\n" \
           f"with alone(Path({str(tmp_path)!r})):\n    print('held', flush=True)\n    time.sleep(60)"
    held = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True,
                            cwd=Path(__file__).parents[3])  # fmt: skip
    assert held.stdout.readline() == "held\n"
    held.kill()
    held.wait()
    held.stdout.close()
    with build_lock.alone(tmp_path):
        assert capsys.readouterr().out == "", "another build is waited for"


@pytest.mark.parametrize("error, words", [
    (OSError(28, "No space left on device", "x"), "The disk is full"),
    (MemoryError(), "The memory is full"),
    (RuntimeError("OSError: [Errno 28] No space left on device"), "The disk is full"),
    (ValueError("a fault of the book"), ""),
])  # fmt: skip
def test_advice_is_for_the_machine_alone(error, words):
    assert machine_faults.advice(error).startswith(words) and bool(machine_faults.advice(error)) == bool(words)
