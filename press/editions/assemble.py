"""``make site``: all editions, ``latest/``, ``dev/``, and what tells of them, in ``site/``.

Editions are those of the record (``press.edition_register``).  One that is missing is built from
its commit; one that is there is never touched, and must be what the record says.  All else is made
anew, from the folders of the site alone:

- ``latest/``, a copy of the newest edition, byte for byte; ``dev/`` from the files as they are now;
- ``index.html`` leads to the newest, ``editions.html`` lists all, ``404.html`` helps on;
- ``switcher.json``, ``switcher.js`` (``press.editions.pages.switcher``);
- ``changes/<old>/<new>/`` for each pair (``press.edition_diff``);
- ``robots.txt`` and, with an address, ``sitemap.xml`` of the newest and the feed of editions;
- ``api/`` and ``llms.txt`` of the newest, and ``api/editions.json``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import yaml

from press import CONFIG, HTML, ROOT, book_metadata, edition_diff, edition_register, site_files, urls
from press.api import llms
from press.build import atomic_swap
from press.edition_register import BadRegister
from press.editions import build_edition, git_commands, versions
from press.editions.build_edition import Different, NotBuilt
from press.editions.git_commands import GitFailed
from press.editions.pages import index_page, switcher
from press.editions.pages.redirects import ICON
from press.editions.pages.switcher import Held
from press.postprocess import csp, first_page
from press.site_settings import NoAddress, address
from press.urls import SITE

LISTS = {"genindex", "search"}  # pages that search engines need not know


class NoSite(RuntimeError):
    """The site cannot be made; the text says what to do."""


def site(root: Path = ROOT) -> int:
    """The command: make the site; 1 after one line that says what to do."""
    try:
        made, without = make(root)
    except (NoSite, NotBuilt, Different, GitFailed, NoAddress, BadRegister) as fault:
        print(fault)
        return 1
    print(f"The site is in {SITE}/: {', '.join(each.folder for each in made)}. "
          "Look at it with: make showsite")  # fmt: skip
    if without:
        print(f"It is not whole: this machine does not give the bytes of {', '.join(without)}. Bring them from "
              "where they are published, and make it again: make restore site")  # fmt: skip
    return 1 if without else 0


def make(root: Path) -> tuple[list[Held], list[str]]:
    """Make the site of the book at ``root``; what it holds, and the editions that it had to leave out.

    An edition before 2026.3 has last digits of the processor that computed it, which another kind does
    not give.  Raises what :func:`site` tells of.
    """
    editions = edition_register.known(root)
    folder = root / SITE
    missing = [edition for edition in editions if not (folder / edition.version).exists()]
    if missing and (obstacle := git_commands.whole(root)):
        named = ", ".join(edition.version for edition in missing)
        raise NoSite(f"{SITE}/ lacks {named}, to be built from the history, and {obstacle}. "
                     "The book alone needs none: make book")  # fmt: skip
    folder.mkdir(exist_ok=True)
    for path in [*folder.glob(".new-*"), *folder.glob(".old-*")]:  # of one that was killed
        shutil.rmtree(path)
    names = [edition.version for edition in editions]
    for name in filter(versions.is_edition, sorted(path.name for path in folder.iterdir())):
        if name not in names:
            raise NoSite(f"{SITE}/{name} is no edition of {edition_register.FILE}: move that folder away, or "
                         "check out the commit that has it")  # fmt: skip
    without = []
    for edition in editions:
        place = folder / edition.version
        if edition in missing:
            print(f"Building edition {edition.version} from commit {edition.commit[:10]} ...", flush=True)
            new = folder / f".new-{edition.version}"
            try:
                build_edition.put(build_edition.built_from(root, edition, new), place)
            except Different as fault:
                print(fault)
                without.append(edition.version)
        elif different := edition_register.differences(root, edition, place):
            raise Different(f"{SITE}/{place.name} is not what {edition_register.FILE} records of it "
                            f"({build_edition.some(different)}): move that folder away")  # fmt: skip
    make_dev(root, folder)
    held = [Held.of(folder, name) for name in switcher.folders(folder)]
    if not held:
        raise NoSite("there is no edition yet. Make one: make edition VERSION=2026.1")
    make_latest(folder, held)
    tell(root, folder, held)
    return held, without


def make_dev(root: Path, folder: Path) -> None:
    """Build ``dev/`` from the files as they are, if they are not yet an edition; else remove it."""
    version = book_metadata.version(root)
    if not versions.is_unreleased(version):
        shutil.rmtree(folder / urls.DEV, ignore_errors=True)
        print(f"There is no {urls.DEV}/: the record says {version or 'no version'}, "
              "and what is not yet an edition ends with .dev")  # fmt: skip
        return
    print(f"Building {urls.DEV}/ from the files as they are ...", flush=True)
    build_edition.build(root, urls.DEV)
    new = folder / f".new-{urls.DEV}"
    build_edition.copy(root / HTML.relative_to(ROOT), new)
    atomic_swap.put(new, folder / urls.DEV)


def make_latest(folder: Path, held: Sequence[Held]) -> None:
    """Copy the newest edition, unless the copy is there."""
    newest = switcher.newest(held)
    if newest is None:
        return
    old = folder / urls.LATEST
    if old.is_dir() and not build_edition.differing(folder / newest.folder, old):
        return
    new = folder / f".new-{urls.LATEST}"
    build_edition.copy(folder / newest.folder, new)
    atomic_swap.put(new, old)


def tell(root: Path, folder: Path, held: Sequence[Held]) -> None:
    newest = switcher.newest(held)
    main = newest or held[-1]
    base = site_address(root)
    pairs = write_changes(folder, held)
    switcher.write(folder, held, base, pairs)
    place = urls.LATEST if newest else main.folder
    first = main.facts["first"]
    lead = first_page.leading(
        main.facts["language"], main.facts["title"], f"{place}/{first}.html", f"{place}/{ICON}",
        urls.canonical(base, first) if newest else "",
    )  # fmt: skip
    (folder / "index.html").write_text(lead, encoding="utf-8")
    (folder / index_page.FILE).write_text(index_page.page(held, newest, pairs), encoding="utf-8")
    site_files.write_robots(folder, base)
    chapters = [(main.pages[name]["title"], name) for name in main.facts["chapters"]]
    lost = site_files.missing(base, main.facts["title"], main.facts["language"], chapters,
                              within=f"{place}/", script=switcher.SCRIPT,
                              twins=[code for code, names in main.facts.get("twins", {}).items() if names])  # fmt: skip
    (folder / site_files.MISSING).write_text(lost, encoding="utf-8")
    if base:
        dated = {name: page["changed"] for name, page in main.pages.items() if name not in LISTS}
        for code, names in main.facts.get("twins", {}).items():  # which editions before 2026.3 have none of
            dated |= {f"{code}/{name}": dated.get(name, "") for name in names}
        site_files.write_sitemap(folder, base, dated)
        out = [each.version for each in held if each.is_out]
        if out and (root / site_files.CHANGES).is_file():
            site_files.write_feed(folder, base, root, out)
    write_api(root, folder, held, newest, base)
    (folder / ".nojekyll").touch()  # GitHub Pages would leave out folders such as _static
    protect(folder)


def write_changes(folder: Path, held: Sequence[Held]) -> set[tuple[str, str]]:
    """Write the pages of changes for each pair, the older first; the pairs that have one."""
    written = set()
    for old, new in combinations(held, 2):
        try:
            edition_diff.write(folder, old.version, new.version, new.renamed)
        except edition_diff.NoEdition as fault:
            print(f"There is no page of what changed from {old.folder} to {new.folder}: {fault}")
            continue
        written.add((old.folder, new.folder))
    for path in (folder / edition_diff.FOLDER).glob("*/*"):  # of what is no longer in work
        if (path.parent.name, path.name) not in written:
            shutil.rmtree(path)
    return written


def write_api(
    root: Path, folder: Path, held: Sequence[Held], newest: Held | None, base: str
) -> None:
    """Copy ``api/`` and ``llms.txt`` of the newest edition; list all editions beside them."""
    api = folder / ".new-api"
    shutil.rmtree(api, ignore_errors=True)
    (folder / "llms.txt").unlink(missing_ok=True)
    if newest is not None:
        source = folder / newest.folder
        if (source / "api").is_dir():
            shutil.copytree(source / "api", api, copy_function=shutil.copyfile)
        if (source / "llms.txt").is_file():
            text = (source / "llms.txt").read_text(encoding="utf-8")
            text = llms.moved(text, newest.folder)  # its links go through the folder
            (folder / "llms.txt").write_text(text, encoding="utf-8")
    api.mkdir(exist_ok=True)
    commits = {edition.version: edition.commit for edition in edition_register.known(root)}
    listed = [
        {
            "version": each.version,
            "date": each.facts["date"],
            "newest": each is newest,
            "path": f"{each.folder}/",
            "address": urls.permanent(base, each.version, each.facts["first"]),
            "commit": commits.get(each.version, ""),
            "pages": len(each.pages),
            "api": f"{each.folder}/api/" if (folder / each.folder / "api").is_dir() else "",
        }
        for each in reversed(held)
        if each.is_out
    ]
    told = {"title": held[-1].facts["title"], "editions": listed}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (api / "editions.json").write_text(text, encoding="utf-8")
    atomic_swap.put(api, folder / "api")


def protect(folder: Path) -> None:
    """Give the pages beside the editions a policy, as books do theirs.  Raises NoSite."""
    for name, fault in csp.protect(
        folder, [*folder.glob("*.html"), *folder.glob("changes/**/*.html")]
    ):
        raise NoSite(f"{name}: {fault}")


def site_address(root: Path) -> str:
    """The site's address, as ``_config.yml`` gives it, or nothing.  Raises NoAddress."""
    settings = yaml.safe_load((root / CONFIG.name).read_text(encoding="utf-8"))
    return address(SimpleNamespace(html_baseurl=settings.get("html", {}).get("baseurl", "")))
