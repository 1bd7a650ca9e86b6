"""The grammar of BibTeX, as pybtex has it, with the line of each field and errors that name it.

Apart from ``bibtex``, which needs it for a file that it has not seen before, since pybtex takes as
long to import as all tables take to load.

Out of scope: what the values mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from citygap.data.io import DataError, Problem

_COMMENT = re.compile(r"comment\b[ \t]*(\{)?", re.I)
_STRAY = re.compile(r"^[ \t]*(?!%)\S.*[{}=]|^[ \t]*[{}=]", re.M)

Entry = tuple[str, str, dict[str, str], dict[str, int]]


class Grammar(LowLevelParser):
    """The entries of ``text``: kind, key, fields by name, and the lines of its @ and fields.

    Raises :class:`DataError`, which names ``file``.
    """

    def __init__(self, text: str, file: str):
        super().__init__(text, macros=CaseInsensitiveDict(month_names))
        self.file = file
        self.lines: dict[str, int] = {}
        self.value_of = ""  # the field whose value is being read

    def __iter__(self) -> Iterator[Entry]:
        after = self.pos
        while self.skip_to([self.AT]):
            line = self.text[self.text.rfind("\n", 0, self.pos) + 1 : self.pos]
            if line.lstrip().startswith("%"):
                self._to_line_end()
                continue
            self._only_comments(after, self.pos - 1)
            self.command_start, self.lines = self.pos - 1, {"@": self.lineno}
            try:
                if comment := _COMMENT.match(self.text, self.pos):
                    self.pos = comment.end()
                    list(self.parse_string(self.RBRACE)) if comment[1] else self._to_line_end()
                else:
                    kind, body = tuple(self.parse_command())
                    if kind.lower() not in ("string", "preamble"):
                        yield kind.lower(), *self._fields(*body), self.lines
            except PybtexSyntaxError as error:
                raise DataError([self._problem(error)]) from None
            after = self.pos
        self._only_comments(after, self.end_pos)

    def parse_value(self) -> None:
        """Called for each field: its line is noted."""
        self.value_of = (self.current_field_name or "").lower()
        if self.value_of in self.lines and self.current_entry_key:
            raise self._fault(self.lineno, f"{self.current_entry_key} {self.value_of}", "the field stands twice in its entry",
                              "delete one of the two")  # fmt: skip
        self.lines[self.value_of] = self.lineno
        super().parse_value()
        self.value_of = ""

    def _fields(self, key: str, fields: list) -> tuple[str, dict[str, str]]:
        return key, {name.lower(): "".join(parts) for name, parts in fields}

    def _to_line_end(self) -> None:
        end = self.text.find("\n", self.pos)
        self.pos = end if end >= 0 else self.end_pos

    def _only_comments(self, start: int, end: int) -> None:
        """What stands between entries is a comment; what looks like a field fell out of its entry."""
        if found := _STRAY.search(self.text[start:end]):
            row = self.text.count("\n", 0, start + found.end()) + 1
            shown = self.text.split("\n")[row - 1].strip()
            raise self._fault(row, "-", f"braces do not match before {shown[:60]!r}, which is in no entry",
                              "close each brace that is opened, and no other")  # fmt: skip

    def _problem(self, error: PybtexSyntaxError) -> Problem:
        key, field = self.current_entry_key or "-", self.current_field_name or ""
        rest = self.text[self.pos :].lstrip()
        unclosed = rest.startswith("@") or field.startswith("@")
        if isinstance(error, UndefinedMacro):
            return self._fault(self.lines.get(field.lower(), self.lineno), f"{key} {field}",
                               f"{error.args[0]!r} stands for no text", "put the value in braces").problems[0]  # fmt: skip
        if self.value_of and not unclosed:
            value = " ".join(self.text.split("\n")[self.lines[self.value_of] - 1].split())
            return self._fault(self.lines[self.value_of], f"{key} {self.value_of}",
                               f"braces do not match in {value[:60]!r}",
                               "close each brace that is opened, and no other").problems[0]  # fmt: skip
        if unclosed or isinstance(error, PrematureEOF):
            return self._fault(self.lines["@"], key, "the entry, or a value in it, is not closed",
                               "end it with a line }").problems[0]  # fmt: skip
        shown = " ".join(self.text.split("\n")[self.lineno - 1].split())
        return self._fault(self.lineno, key, f"cannot read {shown[:60]!r}",
                           "write name = {value}, with a comma after each field").problems[0]  # fmt: skip

    def _fault(self, row: int, column: str, message: str, remedy: str) -> DataError:
        return DataError([Problem(self.file, row, column, message, remedy)])
