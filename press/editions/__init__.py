"""Editions of the book and the site that holds them all.

``site/2026.1/`` is an edition: the book built from the commit that ``editions.yml`` records for it,
never changed afterwards.
``site/latest/`` is a copy of the newest, ``site/dev/`` the book as it is being worked on.

- ``edition_register``: ``editions.yml``, the record of all editions;
- ``release``: ``make edition VERSION=2026.2``, from the checks to the folder and the record;
- ``assemble``: ``make site``, what is missing from the site and what tells of all editions;
- ``verify``: whether each edition still is what the record says;
- ``page_banner``: the Sphinx extension, what a page must have to be part of a site;
- ``since``: what changed since each edition, in the book itself;
- ``redirects``: pages that have another name than before;
- ``switcher``: what pages learn from the site while they are read;
- ``build_edition``, ``build_environment``, ``git_commands``, ``versions``:
  what these use.

A page of an edition cannot know of later ones.  It holds marks and ``static/editions.js``, which
loads ``switcher.js`` from the root of the site: data and code that each ``make site`` makes anew.
A page elsewhere (``_build/html``, an unpacked archive) asks for nothing and shows its edition.

Weighed and not taken: ``sphinx-multiversion`` and ``sphinx-polyversion`` build a list of tags,
each with a ``conf.py``, which a Jupyter Book has not; they know neither renamed pages nor editions
that are out and stay as they are.  The theme's own switcher fetches JSON, which a page opened from
a disk may not, asks the server whether a page is there, and leads to the first page without a word
if it is not.  ``switcher.json`` has the theme's format all the same.

Out of scope: putting the site on a host.
"""
