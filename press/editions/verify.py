"""``make verifysite``: whether each edition in the site is what its tag gives, to the byte."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from press import ROOT, addresses
from press.editions import building, versions
from press.editions.building import NotBuilt
from press.editions.repository import GitFailed
from press.editions.site import SITE

SHOWN = 10


def verify(editions: Sequence[str] = (), root: Path = ROOT) -> int:
    """The command: build editions, or all, from their tags and compare; 1 if any differs."""
    folder = root / SITE
    there = sorted(
        (path.name for path in folder.glob("*") if versions.is_edition(path.name)), key=versions.key
    )
    asked = list(editions) or there
    if not asked:
        print(f"There is no edition in {SITE}/. Make the site with: make site")
        return 1
    bad = 0
    for name in asked:
        try:
            faults = differences(root, name)
        except (NotBuilt, GitFailed) as fault:
            faults = [str(fault)]
        print(f"{name}: {'the same as its tag gives' if not faults else 'differs from its tag'}")
        for fault in faults[:SHOWN]:
            print(f"  {fault}")
        bad += bool(faults)
    latest = folder / addresses.LATEST
    if there and latest.is_dir() and (faults := building.differing(folder / there[-1], latest)):
        print(
            f"{addresses.LATEST}/ is no copy of {there[-1]}: {faults[0]}. Mend it with: make site"
        )
        bad += 1
    return 1 if bad else 0


def differences(root: Path, edition: str) -> list[str]:
    """Files of an edition that its tag does not give so.  Raises NotBuilt, GitFailed."""
    with tempfile.TemporaryDirectory(prefix="edition-") as scratch:
        new = building.built_from(root, edition, Path(scratch) / edition)
        return building.differing(new, root / SITE / edition)
