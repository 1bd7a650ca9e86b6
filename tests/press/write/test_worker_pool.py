"""Work shared out over processes gives what one process would give, faults and warnings included."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from press.write import parallel_pages, worker_pool


def test_results_come_in_order_and_from_several_processes():
    with worker_pool.of(3, []):
        found = worker_pool.each(lambda item: (item, os.getpid()), list(range(10)))
    assert [item for item, _ in found] == list(range(10))
    assert len({pid for _, pid in found}) == 3


def test_outside_of_a_crowd_everything_is_done_here():
    assert worker_pool.size() == 1
    assert {pid for pid in worker_pool.each(lambda item: os.getpid(), [1, 2, 3])} == {os.getpid()}
    with worker_pool.of(4, []):
        assert worker_pool.each(lambda item: item, []) == []


@pytest.mark.parametrize("item", [0, 1, 5])
def test_a_fault_in_any_process_is_raised_here(item):
    def work(number):
        if number == item:
            raise ValueError(f"{number} cannot be done")

    with worker_pool.of(2, []), pytest.raises(ValueError, match=f"{item} cannot"):
        worker_pool.each(work, list(range(6)))


def test_a_process_that_is_killed_is_noticed():
    def work(number):
        if number == 1:
            os.kill(os.getpid(), 9)

    with worker_pool.of(2, []), pytest.raises(RuntimeError, match="ended early"):
        worker_pool.each(work, [0, 1])


def test_warnings_of_all_processes_are_kept():
    warnings = ["before"]
    with worker_pool.of(2, warnings):
        worker_pool.each(lambda item: warnings.append(f"of {item}"), [1, 2, 3])
    assert sorted(warnings) == ["before", "of 1", "of 2", "of 3"]


@pytest.mark.parametrize("pages, size", [(3, 2), (200, 2), (95, 3)])
def test_generated_pages_are_all_written_and_what_is_noted_of_them_comes_back(tmp_path, pages, size):
    app = SimpleNamespace(shared={})

    def handle_page(name, context, template):
        time.sleep(0.001)
        app.shared[name] = f"noted of {name}"
        (tmp_path / name).write_text(context["body"])

    made = [(f"page{n}", {"body": f"text {n}"}, "page.html") for n in range(pages)]
    builder = SimpleNamespace(
        app=app, handle_page=handle_page,
        events=SimpleNamespace(emit=lambda name: [iter(made), iter(())]),
    )  # fmt: skip
    with worker_pool.of(size, []):
        parallel_pages.write(builder)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        name: context["body"] for name, context, _ in made
    }
    assert app.shared == {name: f"noted of {name}" for name, *_ in made}
