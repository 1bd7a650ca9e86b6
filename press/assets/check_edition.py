#!/usr/bin/env python3
"""Check a downloaded edition of the book: python check_edition.py [FOLDER]

FOLDER (if none is given, the one that this file lies in) holds MANIFEST.json and whatever else was
downloaded of the edition.  Each of these files is compared with what the manifest says of it, and
if an archive was unpacked there, each file that was in it.  Archives need not be unpacked: their
own bytes are checked.

One line a fault: changed, missing or extra.  The exit status is 0 if there is none, else 1.
--whole: a file of the edition that was not downloaded is a fault too.

It needs Python 3.9 or later and nothing else, changes nothing, and asks no network.  The manifest
says what it is itself only through the sha256 printed at the end: compare that with the one in the
notes of the release.
"""

import argparse
import hashlib
import json
import os
import re
import sys

MANIFEST = "MANIFEST.json"
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
SHA256 = re.compile("[0-9a-f]{64}")


class BadManifest(Exception):
    """The manifest cannot be used; the text says why."""


def main(arguments=None):
    """The command; its exit status."""
    parser = argparse.ArgumentParser(description="Check a downloaded edition of the book.")
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("folder", nargs="?", default=here, help="where it lies")
    parser.add_argument("--whole", action="store_true", help="nothing may be missing")
    given = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        manifest, sha256 = load(os.path.join(given.folder, MANIFEST))
    except BadManifest as fault:
        print("%s: %s" % (MANIFEST, fault))
        return 1
    faults, absent, good = check(given.folder, manifest)
    if given.whole:
        faults += ["missing: %s" % name for name in absent]
    elif not good and not faults:
        faults = ["missing: there is nothing else of the edition in this folder"]
    for line in faults:
        print(line)
    if not given.whole and absent:
        print("(not downloaded: %s)" % ", ".join(absent))
    print("Edition %s: %d files are as published, %d faults" % (manifest["version"], good, len(faults)))
    print("sha256 of %s: %s" % (MANIFEST, sha256))
    return 1 if faults else 0


def load(path):
    """The manifest, once it is sure to lead nowhere else, and its own sha256.  Raises BadManifest."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        raise BadManifest("it is not in this folder; download it there") from None
    try:
        manifest = json.loads(content.decode("utf-8"), object_pairs_hook=once)
        confirm(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadManifest("it is not one of this book, or was damaged") from None
    return manifest, hashlib.sha256(content).hexdigest()


def once(pairs):
    """A JSON object that names nothing twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadManifest("it names something twice")
    return found


def confirm(manifest):
    """Raise BadManifest, or what a wrong type gives, if the manifest is not to be followed."""
    if not re.fullmatch(r"\d{4}\.\d+(\.dev)?", manifest["version"]):
        raise ValueError
    lists = [manifest["assets"]] + [manifest["files"][one] for one in sorted(manifest["files"])]
    for number, listed in enumerate(lists):
        for name, entry in listed.items():
            follow(name, deep=number > 0)
            if type(entry["bytes"]) is not int or not SHA256.fullmatch(entry["sha256"]):
                raise ValueError
    for name, archive in manifest["archives"].items():
        follow(archive["folder"], deep=False)
        if name not in manifest["assets"] or archive["files"] not in manifest["files"]:
            raise ValueError


def follow(name, deep):
    """Raise BadManifest if a name does not stay in the folder; only ``deep`` ones have a slash."""
    parts = name.split("/")
    if (
        any(part in ("", ".", "..") for part in parts)
        or (len(parts) > 1 and not deep)
        or "\\" in name
        or ":" in name
        or not name.isprintable()
    ):
        raise BadManifest("it names %s, which leads out of the folder or is no name: not followed" % ascii(name))


def check(folder, manifest):
    """Faults, one line each; names of files that were not downloaded; how many files are good."""
    faults, absent, good = [], [], 0
    for name, entry in sorted(manifest["assets"].items()):
        if not os.path.lexists(os.path.join(folder, name)):
            absent.append(name)
        elif same(folder, name, entry):
            good += 1
        else:
            faults.append("changed: %s" % name)
    unpacked = sorted({(each["folder"], each["files"]) for each in manifest["archives"].values()})
    for place, listed in unpacked:
        if os.path.lexists(os.path.join(folder, place)):
            files = manifest["files"][listed]
            for name in sorted(files):
                path = "%s/%s" % (place, name)
                if not os.path.lexists(os.path.join(folder, path)):
                    faults.append("missing: %s" % path)
                elif same(folder, path, files[name]):
                    good += 1
                else:
                    faults.append("changed: %s" % path)
            known = {"%s/%s" % (place, name) for name in files}
            faults += ["extra: %s" % shown(name) for name in found(folder, place) if name not in known]
    known = {MANIFEST} | set(manifest["assets"]) | {place for place, _ in unpacked} | LEFT_BY_SYSTEMS
    faults += ["extra: %s" % shown(name) for name in sorted(os.listdir(folder)) if name not in known]
    return faults, absent, good


def same(folder, name, entry):
    """Whether a file is there, is no link and leads through none, and has the bytes it should."""
    path = folder
    for part in name.split("/"):
        path = os.path.join(path, part)
        if os.path.islink(path):
            return False
    try:
        if not os.path.isfile(path) or os.path.getsize(path) != entry["bytes"]:
            return False
        total = hashlib.sha256()
        with open(path, "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                total.update(block)
    except OSError:
        return False
    return total.hexdigest() == entry["sha256"]


def found(folder, place):
    """All files and links below a folder, sorted, with slashes."""
    names = []
    for here, folders, files in os.walk(os.path.join(folder, place)):
        links = [name for name in folders if os.path.islink(os.path.join(here, name))]
        for name in files + links:
            if name not in LEFT_BY_SYSTEMS:
                names.append(os.path.relpath(os.path.join(here, name), folder).replace(os.sep, "/"))
    return sorted(names)


def shown(name):
    """A name as one line, whatever is in it."""
    return name if name.isprintable() else ascii(name)


if __name__ == "__main__":
    sys.exit(main())
