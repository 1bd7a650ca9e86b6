"""``python -m press zh``: the pages of a further language alone, from the results that are there.

Out of scope: the whole book (``press.build.build``).
"""

from __future__ import annotations

import sys
import time
import traceback
from contextlib import closing

from press import BUILD, HTML, LOG, ROOT, STAMP, shown
from press.build import inputs
from press.build.build import _sentence, get_ready, run_chapters, settings
from press.build.build_lock import alone
from press.build.diagnostics import read
from press.build.progress import Log
from press.execution.runner import Kitchen
from press.languages import printed, second_run, twins


def build(code: str = "zh") -> int:
    """Print the pages of a language into the last good book; 0, or 1 after printing what to mend.

    Chapters whose results are there are not run, and no page of the first language is made.
    """
    started = time.monotonic()
    if faults := inputs.faults(ROOT):
        print(*faults, sep="\n")
        return 1
    with alone(BUILD), closing(Log(LOG)) as log, Kitchen() as kitchen, log.standard_error():
        get_ready()
        overrides = settings()
        language = printed.languages(overrides["press_languages"])[code]
        troubles = run_chapters(log, kitchen, overrides)
        if not troubles:
            try:
                second_run.print_in(language, overrides, kitchen.notebooks(), log)
            except Exception as error:
                log.status.write(traceback.format_exc())
                log.warnings.append(_sentence(error))
            troubles = read(log.warnings)
        for trouble in troubles:
            print(trouble)
        if troubles:
            print(f"The pages were not made: {len(troubles)} to mend, listed above.")
            return 1
        STAMP.unlink(missing_ok=True)  # the next build makes the whole book
        second_run.put(language, HTML)
    print(f"{len(twins.pages(code))} pages in {time.monotonic() - started:.1f} s. Open "
          f"{shown(HTML / code / 'index.html')}", file=sys.stdout)  # fmt: skip
    return 0
