"""Pages that extensions make (``html-collect-pages``), written by several processes at once.

While this process makes the next pages, a forked one fills the theme's templates with those that
are made.  What an extension notes of such a page during ``html-page-context``, in a dictionary of
the application under the page's name, is brought back; anything else that it changes is not.

Out of scope: the pages of chapters, which Sphinx writes.
"""

from __future__ import annotations

from press.write import worker_pool

BATCH = 40  # pages: enough to be worth a process, few enough to share out the last ones


def write(builder) -> None:
    app = builder.app

    def written(page: tuple) -> dict[str, object]:
        name = page[0]
        builder.handle_page(*page)
        return {attribute: notes[name] for attribute, notes in vars(app).items()
                if type(notes) is dict and name in notes}  # fmt: skip

    def keep(names: list[str], found: list[dict[str, object]]) -> None:
        for name, notes in zip(names, found, strict=True):
            for attribute, note in notes.items():
                getattr(app, attribute)[name] = note

    running: list[tuple[worker_pool.Helper, list[str]]] = []
    batch: list[tuple] = []
    for pages in builder.events.emit("html-collect-pages"):
        for page in pages:
            batch.append(page)
            if len(batch) < BATCH:
                continue
            busy = [helper for helper, _ in running if not helper.done()]
            if len(busy) < worker_pool.size() - 1:
                running.append((worker_pool.Helper(written, batch), [name for name, *_ in batch]))
                batch = []
    rest = worker_pool.each(written, batch)
    for helper, names in running:
        keep(names, helper.result())
    keep([name for name, *_ in batch], rest)
