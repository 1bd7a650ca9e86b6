"""The page of contradictions, corrections and re-readings.

Out of scope: finding contradictions and checking the registers (``citygap.data.corrections``).
"""

from __future__ import annotations

from collections import Counter

from citygap.data.corrections import TOLERANCE, anchor_of
from press import data_urls
from press.data_pages import wording
from press.data_pages.site import Page, Site
from press.languages.printed import say


def page(site: Site) -> Page:
    """The page of the three registers, and of rows that look wrong and are right."""
    registers = site.registers
    latest = [found[0] for found in registers.rereadings.values()]
    observed = {(r["place"], r["indicator"], r["period"], r["source"]): r for r in site.observations}
    return site.page(
        data_urls.CORRECTIONS,
        say("Contradictions and corrections"),
        "contradictions corrections errata register re-readings read again confirmed",
        "data/corrections.html",
        tolerance=f"{TOLERANCE * 100:g}",
        contradictions=[
            (found, observed[found["place"], found["indicator"], found["period"], found["source"]],
             observed[found["place"], found["indicator"], found["other_period"], found["other_source"]])
            for found in registers.contradictions
        ],
        anchor_of=anchor_of,
        corrections=list(reversed(registers.corrections)),  # latest first
        outcomes=Counter(row["outcome"] for row in latest).most_common(),
        rereadings=[
            row | {"address": _address(row, observed)}
            for row in sorted(latest, key=lambda r: (r["outcome"], r["indicator"], r["place"]))
        ],
        confirmed=site.tables.rows("confirmed"),
        titles={resource["name"]: wording.plain(resource["title"]) for resource in site.tables.package["resources"]},
        observation_of=lambda row: observation(site, observed, row),
    )  # fmt: skip


def observation(site: Site, observed: dict, row: dict[str, str]) -> tuple[str, str] | None:
    """The address and the words of the observation that an entry of a register is about, if any."""
    key = next((key for key in observed if "/".join(key) == row["row"]), None)
    if key is None or row["table"] != "observations":
        return None
    found = observed[key]
    words = say("{place}: {what}, {period}", place=site.names[found["place"]],
                what=site.indicator_name(found["indicator"]), period=wording.period_words(found["period"]))
    return data_urls.observation_address(*key), words


def _address(row: dict[str, str], observed: dict) -> str:
    """Where the row of a re-reading stands; empty if it has no place of its own."""
    key = (row["place"], row["indicator"], row["period"], row["source"])
    if key in observed:
        return data_urls.observation_address(*key)
    table, stroke, _ = row["indicator"].partition("/")
    return f"{data_urls.table_page(table)}#rows" if stroke else ""
