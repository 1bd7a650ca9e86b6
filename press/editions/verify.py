"""``make verifysite``: whether each edition in the site is what the record says, to the byte.

Nothing is built: the repository keeps the digest of every file of an edition.  To see whether its
commit still gives these bytes, move the folder away and make the site.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from press import ROOT, edition_register, urls
from press.edition_register import BadRegister
from press.editions import build_edition, versions
from press.editions.assemble import SITE

SHOWN = 10


def verify(editions: Sequence[str] = (), root: Path = ROOT) -> int:
    """The command: compare editions, or all, with the record; 1 if any differs."""
    folder = root / SITE
    try:
        recorded = {edition.version: edition for edition in edition_register.known(root)}
    except BadRegister as fault:
        print(fault)
        return 1
    there = sorted(
        (path.name for path in folder.glob("*") if versions.is_edition(path.name)), key=versions.key
    )
    asked = list(editions) or there
    if not asked:
        print(f"There is no edition in {SITE}/. Make the site with: make site")
        return 1
    bad = 0
    for name in asked:
        edition = recorded.get(name)
        if edition is None or not edition.sha256:
            print(f"{name}: {edition_register.FILE} has no such edition")
            bad += 1
            continue
        faults = edition_register.differences(root, edition, folder / name)
        many = f"differs from {edition_register.FILE} in {len(faults)} file{'s' * (len(faults) > 1)}"
        print(f"{name}: {many if faults else f'identical to {edition_register.FILE}, sha256 {edition.sha256}'}")
        for fault in faults[:SHOWN]:
            print(f"  {fault}")
        if len(faults) > SHOWN:
            print(f"  and {len(faults) - SHOWN} more")
        bad += bool(faults)
    latest = folder / urls.LATEST
    if there and latest.is_dir() and (faults := build_edition.differing(folder / there[-1], latest)):
        print(
            f"{urls.LATEST}/ is no copy of {there[-1]}: {faults[0]}. Mend it with: make site"
        )
        bad += 1
    return 1 if bad else 0
