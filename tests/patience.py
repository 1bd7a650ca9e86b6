"""How long tests wait for what will happen.

Tests wait for an event, a file, a text on a page, and go on as soon as it is there.  The limit is
for a thing that never comes, so it only has to be longer than the slowest machine takes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

#: Seconds until a test gives up; on a machine where that is too short: ``TEST_PATIENCE=900``.
PATIENCE = float(os.environ.get("TEST_PATIENCE", "300"))
Found = TypeVar("Found")


def wait_until(true: Callable[[], Found], what: str = "what it waited for", page=None) -> Found:
    """What ``true`` gives as soon as that is true; the test fails if it never is.

    A ``page`` of a browser goes on telling of events meanwhile.
    """
    end = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < end, f"{what} did not come in {PATIENCE:g} s"
        page.wait_for_timeout(20) if page else time.sleep(0.02)
    return found
