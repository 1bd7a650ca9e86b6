"""``python -m press icons``: the theme's icons as one small style sheet.

The theme ships Font Awesome whole: a script of half a megabyte compressed and a font of 160 kB, for
some twenty icons.  Here those are taken from that script, as it stands in the installed theme, and
written to ``press/static/icons.css`` as masks: the icon takes the colour of the words beside it, in
light, in dark and in forced colours, and no script draws it.

An icon that a page names and the sheet lacks fails a test; add its name to :data:`ICONS` and run
``make icons``.

Out of scope: taking the theme's own icons out of the pages (``press.postprocess.pipeline``).
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from press import STATIC, shown

FILE = STATIC / "icons.css"

#: Icons that pages of the theme name in their classes, and some that its options would bring.
ICONS = (
    "angle-down", "angle-left", "angle-right", "arrow-up", "bars", "book", "circle-half-stroke",
    "code", "download", "expand", "file", "file-code", "file-pdf", "github", "link", "list",
    "magnifying-glass", "moon", "outdent", "pencil", "play", "rocket", "rss", "sun", "xmark",
)  # fmt: skip

#: Icons that the theme's style sheet sets before or after something, by a sign of its font.
SET_BY_STYLE = {
    ".admonition > .admonition-title::after": "bell",
    ".admonition.note > .admonition-title::after": "circle-info",
    ".admonition.attention > .admonition-title::after": "circle-exclamation",
    ".admonition.important > .admonition-title::after": "circle-exclamation",
    ".admonition.caution > .admonition-title::after": "triangle-exclamation",
    ".admonition.warning > .admonition-title::after": "triangle-exclamation",
    ".admonition.danger > .admonition-title::after": "triangle-exclamation",
    ".admonition.error > .admonition-title::after": "circle-xmark",
    ".admonition.hint > .admonition-title::after": "lightbulb",
    ".admonition.tip > .admonition-title::after": "lightbulb",
    ".admonition.seealso > .admonition-title::after": "share",
    ".admonition.admonition-todo > .admonition-title::after": "pencil",
    "span.versionmodified::before": "circle-exclamation",
    "a.reference.download::before": "download",
    "a.github::before": "github",
    ".nav-link.nav-external::after": "up-right-from-square",
    "nav.bd-links li > a.reference.external::after": "up-right-from-square",
    "ul.bd-breadcrumbs li.breadcrumb-item:not(.breadcrumb-home)::before": "angle-right",
    "div#searchbox p.highlight-link a::before": "magnifying-glass-minus",
    ".bd-sidebar-secondary.hide:not(:hover) .onthispage::after": "angle-down",
}

#: How a definition stands in the script: its name, width, height, other names, code, outline.
DEFINED = re.compile(r'"?([a-z0-9-]+)"?:\[(\d+),(\d+),\[([^\]]*)\],"[0-9a-f]+","([^"]+)"\]')

HEAD = """\
/* Icons of Font Awesome Free {version} by @fontawesome, https://fontawesome.com, licence CC BY 4.0.
   Written by `make icons` (tools/icons.py) from the theme's own copy; do not edit by hand. */

"""

RULES = """\
.fa, .fas, .far, .fab, .fa-solid, .fa-regular, .fa-brands {
  display: inline-block;
  flex: none;
  width: calc(1em * var(--wide));
  height: 1em;
  line-height: 1;
  vertical-align: -0.125em;
  background: currentColor;
  -webkit-mask: var(--icon) center / contain no-repeat;
  mask: var(--icon) center / contain no-repeat;
}
/* In the search box the theme places the icon only until its script has drawn it in the row. */
.bd-search .fa-solid.fa-magnifying-glass { position: static; }
#pst-search-dialog[open] form.bd-search .fa-solid { font-size: var(--pst-font-size-icon); }
.fa-lg { font-size: 1.25em; vertical-align: -0.2em; }
@media (forced-colors: active) {
  .fa, .fas, .far, .fab, .fa-solid, .fa-regular, .fa-brands { background: ButtonText; forced-color-adjust: none; }
}
"""

PSEUDO = """\
 {
  content: "";
  display: inline-block;
  width: 1em;
  height: 1em;
  font-family: inherit;
  background: currentColor;
  -webkit-mask: var(--icon) center / contain no-repeat;
  mask: var(--icon) center / contain no-repeat;
}
"""


class Unknown(LookupError):
    """The theme has no icon of that name."""


def script() -> Path:
    """Font Awesome's script in the installed theme."""
    theme = Path(find_spec("pydata_sphinx_theme").submodule_search_locations[0])
    return theme / "theme/pydata_sphinx_theme/static/scripts/fontawesome.js"


def outlines(text: str) -> dict[str, tuple[int, int, str]]:
    """Width, height and outline of each icon in the script's text, by each of its names.

    Of an icon that is there in several styles the solid one is taken, which the script lists last.
    """
    found: dict[str, tuple[int, int, str]] = {}
    for name, width, height, others, path in DEFINED.findall(text):
        for each in [name, *re.findall(r'"([a-z0-9-]+)"', others)]:
            found[each] = (int(width), int(height), path)
    return found


def sheet() -> str:
    """The style sheet.  Raises Unknown."""
    path = script()
    known = outlines(path.read_text(encoding="utf-8"))
    licence = path.with_name("fontawesome.js.LICENSE.txt").read_text(encoding="utf-8")
    version = re.search(r"Font Awesome Free ([\d.]+)", licence)[1]
    parts = [HEAD.format(version=version), RULES]
    for name in ICONS:
        parts.append(f".fa-{name} {{ {mask(known, name)} }}\n")
    parts += [",\n".join(SET_BY_STYLE), PSEUDO]
    for selector, name in SET_BY_STYLE.items():
        parts.append(f"{selector} {{ {mask(known, name)} }}\n")
    return "".join(parts)


def mask(known: dict[str, tuple[int, int, str]], name: str) -> str:
    """The declarations that make an element show the icon of that name.  Raises Unknown."""
    if name not in known:
        raise Unknown(f"Font Awesome has no icon {name}; mend ICONS in tools/icons.py")
    width, height, path = known[name]
    box = f"0 0 {width} {height}"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{box}'><path d='{path}'/></svg>"
    address = quote(svg, safe=" =:/'-.,")
    return f'--wide: {width / height:g}; --icon: url("data:image/svg+xml,{address}")'


def icons() -> int:
    """Write the sheet; 1 if an icon is unknown."""
    try:
        text = sheet()
    except Unknown as unknown:
        print(unknown.args[0])
        return 1
    FILE.write_text(text, encoding="utf-8")
    print(f"{shown(FILE)}: {len(set(ICONS) | set(SET_BY_STYLE.values()))} icons, {len(text):,} bytes")
    return 0
