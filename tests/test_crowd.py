"""Work shared out over processes gives what one process would give, faults and warnings included."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest

from press import crowd, generated


def test_results_come_in_order_and_from_several_processes():
    with crowd.of(3, []):
        found = crowd.each(lambda item: (item, os.getpid()), list(range(10)))
    assert [item for item, _ in found] == list(range(10))
    assert len({pid for _, pid in found}) == 3


def test_outside_of_a_crowd_everything_is_done_here():
    assert crowd.size() == 1
    assert {pid for pid in crowd.each(lambda item: os.getpid(), [1, 2, 3])} == {os.getpid()}
    with crowd.of(4, []):
        assert crowd.each(lambda item: item, []) == []


@pytest.mark.parametrize("item", [0, 1, 5])
def test_a_fault_in_any_process_is_raised_here(item):
    def work(number):
        if number == item:
            raise ValueError(f"{number} cannot be done")

    with crowd.of(2, []), pytest.raises(ValueError, match=f"{item} cannot"):
        crowd.each(work, list(range(6)))


def test_a_process_that_is_killed_is_noticed():
    def work(number):
        if number == 1:
            os.kill(os.getpid(), 9)

    with crowd.of(2, []), pytest.raises(RuntimeError, match="ended early"):
        crowd.each(work, [0, 1])


def test_warnings_of_all_processes_are_kept():
    warnings = ["before"]
    with crowd.of(2, warnings):
        crowd.each(lambda item: warnings.append(f"of {item}"), [1, 2, 3])
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
    with crowd.of(size, []):
        generated.write(builder)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        name: context["body"] for name, context, _ in made
    }
    assert app.shared == {name: f"noted of {name}" for name, *_ in made}
