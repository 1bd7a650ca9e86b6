"""Made-up editions in a site of their own: folders with an ``api/`` and little else.

``edition(site, "2026.1")`` writes one; ``change`` gives a hand to what its files list, by name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from press.api import VERSION

PAGE = "chapters/size"


def observation(place: str, value: str, source: str = "paper2025", **more: object) -> dict:
    """An observation as printed."""
    row = {
        "id": f"{place}/firms/2025/{source}", "place": place, "indicator": "firms",
        "period": "2025", "as_of": "", "value": value, "bound": "exact", "unit": "count",
        "source": source, "confidence": "high", "note": "", "low": float(value),
        "high": float(value), "bounds_unit": "count", "scope": "all", "forecast": False,
        "reread": None, "page": "data/indicators/firms.html",
    }  # fmt: skip
    return row | more


def number(key: str, shown: str, page: str = PAGE, **more: object) -> dict:
    """A bound number of a page."""
    made = {
        "id": f"{page}#n-{key}", "page": f"{page}.html", "anchor": f"n-{key}", "key": key,
        "shown": shown, "low": 1, "high": 2, "range": shown, "unit": "ratio", "scope": "",
        "period": "2025", "place": "chengdu", "confidence": "high", "forecast": False,
        "caveat": "", "rows": ["chengdu/firms/2025/paper2025"], "sources": ["paper2025"],
        "code": "x", "section": "size", "sentences": [f"Chengdu has {shown} times the firms."],
    }  # fmt: skip
    return made | more


def claim(key: str, verdict: str, **more: object) -> dict:
    """A claim with its verdict."""
    made = {
        "id": key, "text": f"Claim {key}", "chapter": f"{PAGE}.html", "kind": "numeric",
        "verdict": verdict, "reason": f"It is {verdict}.", "another_judge": "", "evidence": [],
        "rests_on": ["chengdu/firms/2025/paper2025"], "page": "chapters/claim-ledger.html",
        "anchor": key,
    }  # fmt: skip
    return made | more


def figure(folder: Path, name: str, values: str, **more: object) -> dict:
    """A figure, with its files."""
    stem = f"_static/figures/size/{name}"
    content = {"csv": values, "svg": f"<svg><!-- {values} --></svg>", "png": values, "json": values}
    files = {}
    for form, words in content.items():
        path = folder / f"{stem}.{form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
        digest = hashlib.sha256(words.encode()).hexdigest()
        files[form] = {"path": f"{stem}.{form}", "bytes": len(words), "sha256": digest}
    made = {
        "id": name, "number": "1.1", "title": "Far ahead.", "caption": "Far ahead. A bar a city.",
        "alt": "Bars.", "page": f"{PAGE}.html", "anchor": name, "files": files, "columns": {},
        "indicators": [], "caveats": [], "sources": [], "tables": [], "rows": [],
    }  # fmt: skip
    return made | more


def text(page: str, *blocks: str, title: str = "Size", anchor: str = "size") -> dict:
    """A page with one section."""
    section = {"anchor": anchor, "heading": title, "level": 1, "blocks": list(blocks)}
    return {"id": page, "page": f"{page}.html", "title": title, "markdown": f"{page}.html.md",
            "sections": [section]}  # fmt: skip


def correction(row: str, column: str, old: str, new: str, reason: str) -> dict:
    """An entry of the register."""
    made = {"date": "2027-01-02", "table": "observations", "row": row, "column": column,
            "old": old, "new": new, "reason": reason, "effect": "One number moved."}  # fmt: skip
    return {"id": "/".join((made["date"], made["table"], row, column))} | made


def edition(site: Path, version: str, change: Callable[[dict], None] = lambda files: None) -> Path:
    """Write an edition into the site; its folder."""
    folder = site / version
    files = {
        "indicators": [{"id": "firms", "name_en": "AI firms", "unit": "count"}],
        "observations": [observation("chengdu", "120"), observation("xian", "60")],
        "sources": [{"id": "paper2025", "title": "A paper", "author": "Somebody", "year": "2025",
                     "date": "2025-03-01", "url": "https://example.org/a", "urldate": "2026-11-22",
                     "note": "", "page": "data/sources.html#paper2025"}],
        "places": [{"id": "chengdu", "name_en": "Chengdu"}, {"id": "xian", "name_en": "Xi'an"}],
        "figures": [figure(folder, "fig-size", "city,firms\nChengdu,120\n")],
        "claims": [claim("C01", "supported")],
        "numbers": [number("times", "2.0")],
        "corrections": [],
        "texts": [text(PAGE, "Chengdu has 2.0 times the firms.\nThat is much."),
                  text("chapters/claim-ledger", "Claims.", title="Ledger", anchor="ledger")],
        "tables": [{"id": "plans", "title": "Plans", "description": "", "file": "", "key": ["plan"],
                    "page": "data/tables/plans.html", "rows": [{"id": "P1", "plan": "P1"}]}],
    }  # fmt: skip
    change(files)
    pages = [{"id": page["id"], "title": page["title"]} for page in files["texts"]]
    pages += [{"id": "data/sources", "title": ""}, {"id": "data/indicators/firms", "title": ""}]
    index = {"schema": VERSION, "kind": "index", "edition": version, "title": "A book",
             "pages": files.pop("pages", pages)}  # fmt: skip
    write(folder / "api" / "index.json", index)
    for kind, items in files.items():
        write(folder / "api" / f"{kind}.json", {"edition": version, "kind": kind, "items": items})
    for page in index["pages"]:
        path = folder / f"{page['id']}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<title>{version}</title>", encoding="utf-8")
    return folder


def write(path: Path, told: object) -> None:
    """A file of JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
