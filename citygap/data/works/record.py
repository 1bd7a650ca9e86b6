"""What may stand beside the bibliography: ``copies.csv``, where works were read, and ``hosts.csv``.

The schema of the two tables says what a cell may hold; here is what ties them to the bibliography
and to each other.

Out of scope: the entries themselves (``citygap.data.bibliography``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from citygap.data.io import Problem

#: A host that is a number; nobody can tell who publishes there.
_NUMBER = re.compile(r"\d+(?:\.\d+){3}|\[?[0-9a-f:]*:[0-9a-f:]*\]?")

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]  # file, header, rows


def host(address: str) -> str:
    """The host of an address of the web, without ``www.``; empty if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def faults(
    works: Mapping[str, Mapping[str, str]], copies: Table, hosts: Table, resting: Collection[str]
) -> Iterator[Problem]:
    """Every fault between works, copies and hosts; ``resting`` are works on which rows rest.

    Tables whose cells the schema has passed are expected.
    """
    file, rows = _named(copies)
    hosts_file, listed = _named(hosts)
    known = {row["host"] for row in listed}
    read = {row["source"] for row in rows}
    for number, row in enumerate(rows, start=2):
        address = row["address"]
        if address and not host(address):
            yield Problem(file, number, "address", f"not a web address: {address[:60]!r}",
                          "give an http or https address, or leave the cell empty")  # fmt: skip
        elif address and host(address) not in known:
            yield Problem(file, number, "address", f"the host {host(address)!r} was not looked at",
                          f"add it to {hosts_file}, with link true or false and the reason")  # fmt: skip
        if row["relation"] == "original" and row["names_original"] != "true":
            yield Problem(file, number, "names_original", "an original that does not name itself",
                          "an original is true; a page that names nobody is a copy")  # fmt: skip
        begun = works.get(row["source"], {}).get("date", "").partition("/")[0]
        if begun and begun > row["read_on"]:
            yield Problem(file, number, "read_on", f"read on {row['read_on']}, before the work was published ({begun})",
                          "correct the day, or the date in sources.bib")  # fmt: skip
    own = {row["address"]: row["source"] for row in rows if row["relation"] == "original" and row["address"]}
    for number, row in enumerate(rows, start=2):
        if row["relation"] != "original" and (work := own.get(row["address"])):
            yield Problem(file, number, "relation", f"{row['address'][:60]} is the original of {work}",
                          f"a report on a work is no copy of it: rest the rows on {work}, and leave this out")  # fmt: skip
    for number, row in enumerate(listed, start=2):
        if row["link"] == "true" and _NUMBER.fullmatch(row["host"]):
            yield Problem(hosts_file, number, "link", f"{row['host']} is a number, not a name",
                          "write false: it is named, not linked")  # fmt: skip
    for key in sorted(set(resting) - read):
        yield Problem(file, 1, "source", f"rows rest on {key}, which was read nowhere",
                      "add the page on which it was read")  # fmt: skip
    for key, work in works.items():
        if (there := host(work.get("url", ""))) and there not in known:
            yield Problem("data/sources.bib", getattr(work, "lines", {}).get("url", 0), f"{key} url",
                          f"the host {there!r} was not looked at",
                          f"add it to {hosts_file}, with link true or false and the reason")  # fmt: skip


def _named(table: Table) -> tuple[str, list[dict[str, str]]]:
    file, header, rows = table
    return file, [dict(zip(header, row, strict=True)) for row in rows]
