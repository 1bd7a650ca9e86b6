"""How a chapter looks and works in JupyterLab.

``contents.py`` opens a chapter with the results of the last build, as far as they still hold.  What
``jupyter/`` holds is copied into the environment with the project, as any extension of JupyterLab:
in ``etc``, the settings, which ask nothing of the network and open a chapter as a notebook; in
``share``, the extension that prints the text's roles, numbers first, as the page does.  ``make lab``
reads both where they lie.
"""

from __future__ import annotations


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "press.lab"}]


def _load_jupyter_server_extension(app) -> None:
    """Called by Jupyter's server, after Jupytext's extension (in the order of their names)."""
    from press.lab.contents import extend

    extend(app.contents_manager)
