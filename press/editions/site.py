"""``make site``: all editions, ``latest/``, ``dev/``, and what tells of them, in ``site/``.

Editions that are missing are built from their tags; one that is there is never touched.  All else
is made anew, from the folders of the site alone:

- ``latest/``, a copy of the newest edition, byte for byte; ``dev/`` from the files as they are now;
- ``index.html`` leads to the newest, ``editions.html`` lists all, ``404.html`` helps on;
- ``switcher.json``, ``switcher.js`` (``press.editions.switcher``);
- ``changes/<old>/<new>/`` for each pair (``press.changes``);
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

from press import CONFIG, HTML, ROOT, addresses, changes, policy, sitefiles, swap
from press.addresses import SITE
from press.api import llms
from press.editions import building, overview, record, repository, switcher, versions
from press.editions.building import Different, NotBuilt
from press.editions.renamed import ICON
from press.editions.repository import GitFailed
from press.editions.switcher import Held
from press.pages import LEAD
from press.site import NoAddress, address

LISTS = {"genindex", "search"}  # pages that search engines need not know


class NoSite(RuntimeError):
    """The site cannot be made; the text says what to do."""


def site(root: Path = ROOT) -> int:
    """The command: make the site; 1 after one line that says what to do."""
    try:
        made = make(root)
    except (NoSite, NotBuilt, Different, GitFailed, NoAddress) as fault:
        print(fault)
        return 1
    print(f"The site is in {SITE}/: {', '.join(each.folder for each in made)}. "
          "Look at it with: make showsite")  # fmt: skip
    return 0


def make(root: Path) -> list[Held]:
    """Make the site of the book at ``root``; what it holds.  Raises what :func:`site` tells of."""
    obstacle = repository.whole(root)
    if obstacle:
        raise NoSite(obstacle)
    folder = root / SITE
    folder.mkdir(exist_ok=True)
    for path in [*folder.glob(".new-*"), *folder.glob(".old-*")]:  # of one that was killed
        shutil.rmtree(path)
    tags = repository.editions(root)
    for name in filter(versions.is_edition, sorted(path.name for path in folder.iterdir())):
        if name not in tags:
            raise NoSite(
                f"{SITE}/{name} has no tag {name}: fetch it with git fetch --tags, "
                "or move that folder away"
            )
    for tag in tags:
        if not (folder / tag).exists():
            print(f"Building edition {tag} from its tag ...", flush=True)
            building.put(building.built_from(root, tag, folder / f".new-{tag}"), folder / tag)
    make_dev(root, folder)
    held = [Held.of(folder, name) for name in switcher.folders(folder)]
    if not held:
        raise NoSite("there is no edition yet. Make one: make edition VERSION=2026.1")
    make_latest(folder, held)
    tell(root, folder, held)
    return held


def make_dev(root: Path, folder: Path) -> None:
    """Build ``dev/`` from the files as they are, if they are not yet an edition; else remove it."""
    version = record.version(root)
    if not versions.is_unreleased(version):
        shutil.rmtree(folder / addresses.DEV, ignore_errors=True)
        print(f"There is no {addresses.DEV}/: the record says {version or 'no version'}, "
              "and what is not yet an edition ends with .dev")  # fmt: skip
        return
    print(f"Building {addresses.DEV}/ from the files as they are ...", flush=True)
    building.build(root, addresses.DEV)
    new = folder / f".new-{addresses.DEV}"
    building.copy(root / HTML.relative_to(ROOT), new)
    swap.put(new, folder / addresses.DEV)


def make_latest(folder: Path, held: Sequence[Held]) -> None:
    """Copy the newest edition, unless the copy is there."""
    newest = switcher.newest(held)
    if newest is None:
        return
    old = folder / addresses.LATEST
    if old.is_dir() and not building.differing(folder / newest.folder, old):
        return
    new = folder / f".new-{addresses.LATEST}"
    building.copy(folder / newest.folder, new)
    swap.put(new, old)


def tell(root: Path, folder: Path, held: Sequence[Held]) -> None:
    """Write what tells of the editions in the site."""
    newest = switcher.newest(held)
    main = newest or held[-1]
    base = site_address(root)
    pairs = write_changes(folder, held)
    switcher.write(folder, held, base, pairs)
    place = addresses.LATEST if newest else main.folder
    first = main.facts["first"]
    at = addresses.canonical(base, first)
    shared = f'\n<link rel="icon" href="{place}/{ICON}">'
    if at and newest:
        shared += f'\n<link rel="canonical" href="{at}">'
    lead = LEAD.format(language=main.facts["language"], title=overview.escape(main.facts["title"]),
                       page=f"{place}/{first}.html", shared=shared)  # fmt: skip
    (folder / "index.html").write_text(lead, encoding="utf-8")
    (folder / overview.FILE).write_text(overview.page(held, newest, pairs), encoding="utf-8")
    sitefiles.write_robots(folder, base)
    chapters = [(main.pages[name]["title"], name) for name in main.facts["chapters"]]
    sitefiles.write_missing(folder, base, main.facts["title"], main.facts["language"], chapters,
                            within=f"{place}/", script=switcher.SCRIPT)  # fmt: skip
    if base:
        dated = {name: page["changed"] for name, page in main.pages.items() if name not in LISTS}
        sitefiles.write_sitemap(folder, base, dated)
        out = [each.version for each in held if each.is_out]
        if out and (root / sitefiles.CHANGES).is_file():
            sitefiles.write_feed(folder, base, root, out)
    write_api(root, folder, held, newest, base)
    (folder / ".nojekyll").touch()  # GitHub Pages would leave out folders such as _static
    protect(folder)


def write_changes(folder: Path, held: Sequence[Held]) -> set[tuple[str, str]]:
    """Write the pages of changes for each pair, the older first; the pairs that have one."""
    written = set()
    for old, new in combinations(held, 2):
        try:
            changes.write(folder, old.version, new.version, new.renamed)
        except changes.NoEdition as fault:
            print(f"There is no page of what changed from {old.folder} to {new.folder}: {fault}")
            continue
        written.add((old.folder, new.folder))
    for path in (folder / changes.FOLDER).glob("*/*"):  # of what is no longer in work
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
    listed = [
        {
            "version": each.version,
            "date": each.facts["date"],
            "newest": each is newest,
            "path": f"{each.folder}/",
            "address": addresses.permanent(base, each.version, each.facts["first"]),
            "commit": repository.commit_of(root, each.version),
            "pages": len(each.pages),
            "api": f"{each.folder}/api/" if (folder / each.folder / "api").is_dir() else "",
        }
        for each in reversed(held)
        if each.is_out
    ]
    told = {"title": held[-1].facts["title"], "editions": listed}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (api / "editions.json").write_text(text, encoding="utf-8")
    swap.put(api, folder / "api")


def protect(folder: Path) -> None:
    """Give the pages beside the editions a policy, as books do theirs.  Raises NoSite."""
    for name, fault in policy.protect(
        folder, [*folder.glob("*.html"), *folder.glob("changes/**/*.html")]
    ):
        raise NoSite(f"{name}: {fault}")


def site_address(root: Path) -> str:
    """The site's address, as ``_config.yml`` gives it, or nothing.  Raises NoAddress."""
    settings = yaml.safe_load((root / CONFIG.name).read_text(encoding="utf-8"))
    return address(SimpleNamespace(html_baseurl=settings.get("html", {}).get("baseurl", "")))
