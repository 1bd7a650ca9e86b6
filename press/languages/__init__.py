"""The book in a further language: the pages of ``chapters/<code>/``, one computation behind both.

A chapter's code runs once, for the page of the first language.  Its twin, of the same name in
``chapters/<code>/``, is text alone: it names the keys that the code bound, and a second run of
Sphinx prints it from the results of the first, into a folder of its own, ``_build/html/<code>/``.
``_config.yml`` names the languages, ``press_languages``.

- ``printed``: which language this process prints, and the words of the press in it
- ``twins``: which pages there are, and Sphinx's settings for them
- ``second_run``: the run of Sphinx
- ``handed_on``: what it takes from the first run, which goes on beside it
- ``results``: an extension of it: what pages print of the chapters' results
- ``alternates``: an extension of both runs: what pages say of their twins
- ``typography``: a step of the second run: what Chinese pages have that others have not

Out of scope: words made in ``citygap``, which come with the results.
"""
