"""What no output may hold: paths of the machine that made it, names of its users, secrets.

``leaks`` looks into every file of a folder, into what zip archives (EPUB, offline, notebooks) hold,
and into the metadata and streams of PDF, by the bytes.  Besides patterns it seeks what this machine
would give away: the folder of the repository, the home, the user's and the machine's name, values
of environment variables that look like secrets, the host that packages were installed from.

Out of scope: what a text says (the audit).
"""

from __future__ import annotations

import getpass
import io
import os
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from press import ROOT

#: By what it is called in a report. Each needs a character before it that starts a path or word.
PATTERNS = {
    "a path of a machine": rb"(?<![\w./:-])(?:/home|/root|/Users|/tmp|/private|/var/folders)/[\w.-]+/?"
    rb"|\b[A-Z]:\\+Users\\+\w+|file:///(?!etc/)\w+",
    "a private key": rb"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a key of a service": rb"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|"
    rb"xox[abprs]-[\w-]{10,}|sk-[A-Za-z0-9]{40,}|AIza[\w-]{35}|pypi-[\w-]{50,})",
    "a password in an address": rb"\bhttps?://[^\s/:@\"'<>]+:[^\s/:@\"'<>]+@",
}
SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL", re.I)
COMMON = {"root", "user", "runner", "admin", "nobody", "app", "build", "data", "localhost", "main"}
ZIPS = (".zip", ".epub")


def leaks(folder: Path, root: Path = ROOT) -> list[str]:
    """Each leak of the files in ``folder`` as "file: what: the words", in order of the files."""
    found = []
    sought = patterns(root)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for name, content in contents(path.relative_to(folder).as_posix(), path.read_bytes()):
            for what, pattern in sought.items():
                for match in set(pattern.findall(content)):
                    words = match.decode("utf-8", "replace")
                    shown = words if what.startswith("a path") else words[:4] + "..."
                    found.append(f"{name}: {what}: {shown[:80]}")
    return sorted(set(found))


def patterns(root: Path = ROOT) -> dict[str, re.Pattern[bytes]]:
    """What is sought, compiled: :data:`PATTERNS` and what this machine would give away."""
    made = {what: re.compile(pattern) for what, pattern in PATTERNS.items()}
    own = {str(root), str(root.resolve())}
    home = os.path.expanduser("~")
    if len(home.strip("/")) > 2:
        own.add(home + "/")
    made["a path of this machine"] = _any(own)
    names = {_user(), socket.gethostname(), _registry()}
    names = {name for name in names if len(name) >= 4 and name.lower() not in COMMON}
    if names:
        made["a name of this machine"] = re.compile(rb"\b(?:" + _any(names).pattern + rb")\b")
    secrets = {value for name, value in os.environ.items() if SECRET.search(name) and len(value) > 11}
    if secrets:
        made["a secret of this machine"] = _any(secrets)
    return made


def contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file, and of all that is packed in it, each with its name."""
    yield name, content
    if name.endswith(ZIPS):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                yield f"{name}/{entry.filename}", entry.filename.encode() + entry.comment
                yield from contents(f"{name}/{entry.filename}", packed.read(entry))
    elif name.endswith(".pdf"):
        yield from _of_pdf(name, content)


def _of_pdf(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    import pikepdf  # only where there is a PDF

    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield f"{name} (metadata)", repr(dict(pdf.docinfo)).encode()
        for number, thing in enumerate(pdf.objects):
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                try:
                    yield f"{name} (object {number})", thing.read_bytes()
                except pikepdf.PdfError:
                    continue  # a stream of a kind that holds no text
            elif isinstance(thing, pikepdf.Dictionary) and "/URI" in thing:
                yield f"{name} (link {number})", str(thing["/URI"]).encode()


def _any(words: set[str]) -> re.Pattern[bytes]:
    return re.compile(b"|".join(re.escape(word.encode()) for word in sorted(words, key=len)[::-1]))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a user without a name


def _registry() -> str:
    """Host that pip is told to install from, unless it is this machine."""
    host = urlsplit(os.environ.get("PIP_INDEX_URL", "")).hostname or ""
    return "" if host in ("localhost", "127.0.0.1") else host
