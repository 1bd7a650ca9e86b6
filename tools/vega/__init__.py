"""``python -m press vega``: Vega-Lite as one script, which a page loads when a figure is to be asked.

npm brings the packages of ``tools/vega/package-lock.json``, each held to its hash there; esbuild puts
what ``entry.js`` names, with Vega's interpreter of expressions, which needs no ``eval``, into
``press/static/explore/vega.js``, a plain script that a page from a disk can load.
``LICENSES.txt`` beside it names what is in it, under which licence, and its hash, to which a test
holds it.  The same locked packages give the same file.

It needs npm, and is run when a version changes; a build of the book takes the file as it is.

Out of scope: what is drawn (``citygap.charts.interactive``).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from press import STATIC, shown

HERE = Path(__file__).parent
FOLDER = STATIC / "explore"
FILE, LICENCES = FOLDER / "vega.js", FOLDER / "LICENSES.txt"
SOURCES = ("package.json", "package-lock.json", "entry.js", "names.js")
OPTIONS = (
    "--bundle", "--minify", "--format=iife", "--global-name=vegaOfTheBook", "--alias:vega=./names.js",
    "--target=es2020", "--legal-comments=none", "--metafile=made.json", "--outfile=vega.js",
)  # fmt: skip


def vega() -> int:
    """The command; 1 after a line that says what is missing."""
    if not shutil.which("npm"):
        print("Vega is taken from npm, which is not here. Install it, on Debian with: apt-get install npm")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name in SOURCES:
            shutil.copyfile(HERE / name, here / name)
        for command in (["npm", "ci", "--silent"], ["npx", "esbuild", "entry.js", *OPTIONS, "--log-level=error"]):
            if subprocess.run(command, cwd=here).returncode:
                return 1
        FOLDER.mkdir(exist_ok=True)
        shutil.copyfile(here / "vega.js", FILE)
        LICENCES.write_text(licences(here), encoding="utf-8")
    print(f"{shown(FILE)}: {FILE.stat().st_size / 1000:.0f} kB")
    return 0


def licences(folder: Path) -> str:
    """What is in the file, and the text of each licence once."""
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    within = {name.split("/")[1] for name in made["inputs"] if name.startswith("node_modules/")}
    terms: dict[str, list[str]] = {}
    for name in sorted(within):
        package = folder / "node_modules" / name
        facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
        text = next(path.read_text(encoding="utf-8") for path in sorted(package.iterdir())
                    if path.name.lower().startswith("licen"))  # fmt: skip
        terms.setdefault(text.strip(), []).append(f"{name} {facts['version']} ({facts['license']})")
    head = f"vega.js, made by `make vega` from the packages below.\nsha256 {digest()}\n"
    return "\n".join([head, *("\n".join([*names, "", text, "", ""]) for text, names in terms.items())])


def digest() -> str:
    """Hash of the file."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()
