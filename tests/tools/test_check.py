"""``make check``: what it finds, and that it never calls good what it could not look at."""

from __future__ import annotations

import json
import subprocess

from press import LOCK, REQUIREMENTS
from tools import check


def answer(*packages: dict) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


FINE = {"name": "fine", "version": "1", "vulns": []}
BAD = {"name": "bad", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
UNSEEN = {"name": "unseen", "skip_reason": "not found"}


def test_a_vulnerability_is_named_with_its_remedy():
    (fault,), _ = check.known(answer(FINE, BAD))
    assert fault.startswith("bad 1: PYSEC-1, mended in 2 - ") and "make lock" in fault


def test_what_was_not_looked_up_is_said_and_never_called_fine():
    assert check.known(answer(FINE, FINE)) == ([], "none known of 2 packages")
    assert check.known(answer(FINE, UNSEEN))[1].endswith("; 1 could not be looked up")
    for words in (answer(UNSEEN, UNSEEN), "", "no JSON", "[]"):
        faults, said = check.known(words, "first\nConnectionError: no way")
        assert not faults and said.startswith("NOT looked up")
    assert "ConnectionError" in check.known("", "first\nConnectionError: no way")[1]


def test_a_weakness_of_a_workflow_is_named_and_a_silent_failure_is_none_that_passes(monkeypatch):
    said = "::error file=/a/bad.yml,line=31,title=template-injection::bad.yml:31: code injection: here\n"
    for words, status, found in ((said, 0, ["bad.yml:31: code injection: here (template-injection)"]),
                                 ("", 0, []), ("", 1, ["zizmor ended without a word"])):  # fmt: skip
        done = subprocess.CompletedProcess([], status, words, "")
        monkeypatch.setattr(check, "_run", lambda *command, done=done: done)
        assert check.workflows()[0] == found


def test_the_locked_lists_fit_what_is_asked_for():
    faults, said = check.locks()
    assert [fault for fault in faults if "is installed where" not in fault] == []
    assert "each with its hashes" in said


def test_a_lock_without_a_hash_or_out_of_range_is_named(tmp_path):
    text = LOCK.read_text(encoding="utf-8")
    number = check.pins(LOCK)["numpy"][0]
    path = tmp_path / "list.txt"
    path.write_text(text.replace(f"numpy=={number}", "numpy==1.0"), encoding="utf-8")
    (fault,) = check.locks([path])[0]
    assert "numpy" in fault and "but 1.0 - run: make lock" in fault
    path.write_text("numpy==2.2.0\n", encoding="utf-8")
    assert any("numpy 2.2.0 has no hash" in fault for fault in check.locks([path])[0])


def test_a_list_for_pip_that_is_not_the_locked_one_is_named(tmp_path, monkeypatch):
    other = tmp_path / "requirements.txt"
    text = REQUIREMENTS.read_text(encoding="utf-8")
    other.write_text(text.replace("-e .\n", ""), encoding="utf-8")
    monkeypatch.setattr(check, "REQUIREMENTS", other)
    assert "requirements.txt has not the versions of requirements.lock - run: make lock" in check.locks()[0]


def test_ways_to_check_that_need_no_network_find_nothing():
    for part in (check.tables, check.text):
        faults, said = part()
        assert faults == [] and said


def test_a_part_that_fails_is_a_sentence_and_the_others_run(monkeypatch, capsys):
    for name in ("text", "code", "imports", "workflows", "locks", "vulnerabilities", "outputs", "wording"):
        monkeypatch.setattr(check, name, lambda: ([], "good"))
    monkeypatch.setattr(check, "tables", lambda: 1 / 0)
    assert check.check() == 1
    said = capsys.readouterr().out
    assert "ZeroDivisionError" in said and "Outputs: good" in said and "Traceback" not in said


def test_an_import_against_the_order_of_packages_is_named_with_its_line():
    said = """
quantities first BROKEN

Contracts: 0 kept, 1 broken.

----------------
Broken contracts
----------------

quantities first
----------------

citygap.quantity is not allowed to import citygap.data:

- citygap.quantity.units -> citygap.data.tables (l.34)
"""
    assert check.forbidden(1, said) == ["citygap.quantity.units -> citygap.data.tables (l.34)"]
    assert check.forbidden(0, "Contracts: 2 kept, 0 broken.") == []
    assert check.forbidden(1, "", "Could not find package 'tools'") == ["Could not find package 'tools'"]
    assert check.forbidden(1, "") == ["lint-imports ended without a word"]
