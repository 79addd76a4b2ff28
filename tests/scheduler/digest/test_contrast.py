"""Colours that can be told apart: WCAG's contrast of each text with what lies behind it, light and dark."""

from __future__ import annotations

import re

import pytest

from scheduler.digest.templating import SHIPPED

LEAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

# What each text stands on: classes of templates/, by the nearest background behind them.
_ON_CARD = ("t", "told", "n", "quote", "why", "more", "full", "note", "bad", "gloss", "a")
_OWN = ("m", "k", "official", "un", "agency", "warning", "sample")
PAIRS = [
    *((name, "card") for name in _ON_CARD),
    *((name, "page") for name in ("h2", "n", "foot", "a")),
    *((name, "head") for name in ("for", "period", "sum", "fine", "thin", "aside", "h1")),
    *((name, name) for name in _OWN),
]


def rules(css: str) -> dict[str, dict[str, str]]:
    """The colours that each class or element is given, by its name without the dot."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        colours = dict(re.findall(r"(?:^|[;\s])(background-color|color):\s*(#[0-9a-f]{6})", body))
        for selector in selectors.split(","):
            found.setdefault(selector.strip().lstrip("."), {}).update(colours)
    return found


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb"."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def styles(scheme: str) -> dict[str, dict[str, str]]:
    """The colours in force."""
    light = rules((SHIPPED / "digest.css").read_text())
    if scheme == "light":
        return light
    screens = (SHIPPED / "screens.css").read_text()
    dark = rules(screens[screens.index("{") + 1 : screens.index("@media (max-width")])
    return {name: light.get(name, {}) | dark.get(name, {}) for name in light.keys() | dark.keys()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), PAIRS)
def test_text_stands_out_from_what_lies_behind_it(scheme: str, text: str, behind: str) -> None:
    colours = styles(scheme)
    colour = colours[text].get("color") or colours["page"]["color"]
    assert contrast(colour, colours[behind]["background-color"]) >= LEAST


def test_black_on_white_has_the_known_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
