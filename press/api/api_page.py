"""The page on the book for programs: which files there are, what their fields hold, two examples.

Everything is read off the schema (``press/api/schema.json``), so that page and files agree.

Out of scope: the files (``press.api``).
"""

from __future__ import annotations

from collections import Counter

from press import api, book_metadata
from press.data_pages.site import Page, Site

NAME = "data/api"
TITLE = "The book for programs"


def page(site: Site) -> Page:
    known = Counter((row["indicator"], row["place"]) for row in site.observations)
    (indicator, place), _ = known.most_common(1)[0]
    kinds = api.schema()["$defs"].items()
    return site.page(
        NAME,
        TITLE,
        "api json schema machine programs llms.txt download",
        "data/api.html",
        kinds={kind: told for kind, told in kinds if "kind" in told.get("properties", ())},
        caveats=api.caveats(),
        name=book_metadata.name(),
        example=(indicator, place),
        type_of=_type,
    )


def _type(told: dict) -> str:
    """The type of a field in words."""
    if "oneOf" in told:
        return "object, or null"
    if told["type"] == "array":
        return f"list of {told['items'].get('type', 'object')}s"
    found = told["type"]
    words = found if isinstance(found, str) else ", or ".join(found)
    return words + (": " + ", ".join(told["enum"]) if "enum" in told else "")
