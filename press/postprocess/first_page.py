"""``index.html`` at the root of the built book, a whole page that leads to the first one.

Out of scope: when it is written (``press.postprocess.pipeline``).
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from press.extensions.opengraph import shared_as
from press.templating import render


def lead(app) -> None:
    """Write it, unless the first page stands there itself."""
    first = app.config.root_doc
    if first == "index":
        return
    page = leading(
        app.config.language,
        app.config.html_title,
        app.builder.get_target_uri(first),
        meta=Markup(shared_as(app, first)),
    )
    (Path(app.outdir) / "index.html").write_text(page, encoding="utf-8")


def leading(language: str, title: str, page: str, icon: str = "data:,", canonical: str = "",
            meta: Markup = Markup()) -> str:  # fmt: skip
    """A page that leads on to ``page``; ``meta`` are more elements of its head."""
    return render("leading.html", language=language, title=title, page=page, icon=icon,
                  canonical=canonical, meta=meta, script="")  # fmt: skip
