"""What Chinese looks like in a text, for all that mark or index it.

Out of scope: which script it is written in (``press.datapages.markup``).
"""

from __future__ import annotations

import re

#: Characters of Chinese and Japanese, as the inside of a character class.
HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: A run of Chinese, with the signs and figures that stand inside it.
RUN = re.compile(rf"[《“‘\uff08〔「『【]?[{HAN}](?:[^\x00-\x7f]|[0-9A-Za-z+./ -]{{1,12}}(?=[{HAN}]))*")
