"""The claims as a file of the book for programs, ``api/claims.json``.

Out of scope: how verdicts come about (``citygap.claims``), and the other files (``press.api``).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from citygap.claims.ledger import Ledger
from citygap.words import CHINESE, say, speaking
from citypages.page_names import LEDGER
from press import data_urls

SCHEMA = Path(__file__).with_name("claims.schema.json")


def schema() -> dict:
    """How the file is described, in JSON Schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def ledger() -> Ledger:
    """All claims of the book with their verdicts, judged once a build for all that print them."""
    return Ledger()


def _text(key: str, row: dict[str, str]) -> str:
    """What a claim says: in Chinese the sentence of the commentary, or the part of it that is judged."""
    part = speaking() != CHINESE or ledger().verdicts[key].judged_by
    return say(row["paraphrase_en"]) if part else row["sentence_hans"]


def claims() -> list[dict]:
    """Every claim in the order of the argument, with its verdict and what that rests on, in the language
    that is spoken."""
    found = []
    for key, verdict in ledger().verdicts.items():
        row = ledger().claims[key]
        found.append(
            {"id": key, "sentence": row["sentence_hans"], "text": _text(key, row), "chapter": f"chapters/{row['chapter']}.html",
             "kind": row["kind"], "verdict": say(verdict.verdict), "traced": verdict.traced,
             "reason": verdict.told(),
             "another_judge": verdict.another_judge,
             "evidence": [
                 {"stance": item.stance, "text": item.text, "rows": list(item.rows),
                  "sources": list(item.sources), "confidence": item.confidence}
                 for item in verdict.evidence
             ],
             "rests_on": list(verdict.rests_on), "page": f"{LEDGER}.html",
             "anchor": data_urls.slug(key)}
        )  # fmt: skip
    return found
