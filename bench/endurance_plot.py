"""Curves drawn as SVG by hand: panels one above the other, each with its own scale from zero (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _GAP = 760, 150, 64, 16, 52, 46
_LINES = ("#1b5e8a", "#2a7d6a", "#a8873e", "#7a5ea8", "#5a7d2a", "#9a4a1b")
_STYLE = "text{font:12px sans-serif;fill:#222}.title{font-size:15px;font-weight:bold}.grid{stroke:#ddd}"


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One panel: what is drawn, its unit ("" for counts), and its points."""

    name: str
    unit: str
    x: Sequence[float]
    y: Sequence[float]


def plot(title: str, curves: Sequence[Curve]) -> str:
    """An SVG document of the curves, which share what they are drawn over: crawls."""
    height = _TOP + len(curves) * (_PANEL + _GAP)
    panels = "\n".join(
        _panel(curve, _TOP + place * (_PANEL + _GAP), _LINES[place % len(_LINES)]) for place, curve in enumerate(curves)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">\n'
        f'<style>{_STYLE}</style>\n<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text class="title" x="{_LEFT}" y="24">{escape(title)}</text>\n{panels}\n</svg>\n'
    )


def _panel(curve: Curve, top: float, colour: str) -> str:
    width, last, most = _WIDTH - _LEFT - _RIGHT, max(curve.x) or 1, _round_up(max(curve.y))
    bottom = top + _PANEL

    def across(x: float) -> float:
        return _LEFT + width * x / last

    def up(y: float) -> float:
        return bottom - _PANEL * y / most

    points = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in zip(curve.x, curve.y, strict=True))
    lines = [f'<text x="{_LEFT}" y="{top - 8}">{escape(curve.name)}: {curve.y[0]:.0f} at the start, '
             f"{curve.y[-1]:.0f} {curve.unit} at the end</text>"]  # fmt: skip
    for part in range(5):
        value = most * part / 4
        lines.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{up(value):.1f}" y2="{up(value):.1f}"/>'
        )
        lines.append(f'<text x="{_LEFT - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
        lines.append(f'<text x="{across(last * part / 4):.1f}" y="{bottom + 16}" text-anchor="{_anchor(part)}">'
                     f"{last * part / 4:,.0f}</text>")  # fmt: skip
    return "\n".join([*lines, f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" points="{points}"/>'])


def _anchor(part: int) -> str:
    return {0: "start", 4: "end"}.get(part, "middle")


def _round_up(value: float) -> float:
    """The end of a scale that holds `value`: 1, 2, 4, 6 or 8 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value))
    return power * next(step for step in (1, 2, 4, 6, 8, 10) if step >= ceil(value / power * 10) / 10)
