"""The picture of a city's page: markers at their multiple, arrows where a bound is missing."""

from __future__ import annotations

import re

import pytest

from citypages import multiples_plot


def test_markers_stand_at_their_multiple_on_a_logarithmic_axis():
    dots = [multiples_plot.Dot("beijing", 1, 1), multiples_plot.Dot("chengdu", 10, 10),
            multiples_plot.Dot("xian", 100, 100)]
    drawn = multiples_plot.multiples([("row", dots)], {}, "times", "x")
    polygons = re.findall(r'<(?:polygon points="([\d.]+),|circle cx="([\d.]+)")', drawn)
    assert len(polygons) == 3
    upright = r'<path d="M([\d.]+) [\d.]+V[\d.]+" stroke="var\(--figure-muted'
    line = float(re.search(upright, drawn)[1])
    middles = []
    for svg in re.findall(r"<polygon[^>]*>|<circle[^>]*>", drawn):
        if "cx=" in svg:
            middles.append(float(re.search(r'cx="([\d.]+)"', svg)[1]))
        else:
            xs = [float(p.split(",")[0]) for p in re.search(r'points="([^"]+)"', svg)[1].split()]
            middles.append((min(xs) + max(xs)) / 2)
    assert middles[0] == pytest.approx(line, abs=0.3)
    assert middles[2] - middles[1] == pytest.approx(middles[1] - middles[0], abs=0.5)


def test_a_missing_bound_is_an_arrow():
    closed = multiples_plot.multiples([("r", [multiples_plot.Dot("wuhan", 1, 2)])], {}, "x", "x")
    opened = multiples_plot.multiples([("r", [multiples_plot.Dot("wuhan", 1, float("inf"))])], {}, "x", "x")
    assert 'fill="none"' in opened and 'fill="none"' not in closed
