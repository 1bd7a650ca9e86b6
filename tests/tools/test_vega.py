"""Vega-Lite is the file that is recorded, with its licences."""

from __future__ import annotations

import json
import re

from tools.vega import FILE, HERE, LICENCES, digest


def test_the_file_is_the_one_whose_hash_is_recorded():
    assert f"sha256 {digest()}\n" in LICENCES.read_text(encoding="utf-8"), "renew it with: make vega"


def test_what_is_in_it_is_named_with_version_and_licence():
    text = LICENCES.read_text(encoding="utf-8")
    named = dict(re.findall(r"^([a-z0-9-]+) ([\d.]+) \((?:BSD-3-Clause|ISC)\)$", text, re.M))
    locked = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {"vega-view", "vega-lite", "vega-interpreter", "d3-scale"} <= set(named)
    for name, version in named.items():
        package = locked[f"node_modules/{name}"]
        assert package["version"] == version and package["integrity"].startswith("sha512-")
    assert text.count("Copyright") >= 5 and FILE.stat().st_size < 750_000
