"""The digest in a real browser: it fits a phone, loads nothing from anywhere, runs nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.scheduler.digest.samples import CRESCENT, MFA_EN, MFA_RU, UNDRR, item, told
from tests.scheduler.digest.test_render import shown

LONG_WORD = "Ұлттықдеңгейдегіапаттардыңалдыналу" * 6
HOSTILE = "<script>document.title='run'</script><img src=https://tracker.example/x onerror=document.title='run'>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def page_of_a_digest() -> str:
    """The HTML part of a digest with long words, hostile text and three languages."""
    return shown(
        told(1, item(1, "UNDRR discusses early warning", MFA_EN, lead=f"A lead. {HOSTILE}"), UNDRR, terms=["UNDRR"]),
        told(2, item(2, f"Красный Полумесяц: {LONG_WORD}", MFA_RU, lead=LONG_WORD), CRESCENT, terms=["Полумесяц"]),
        told(3, item(3, HOSTILE, MFA_EN, lead="x"), CRESCENT),
    ).html


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen_loads_nothing_and_runs_nothing(browser: Browser, width: int, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    try:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(page_of_a_digest(), wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        assert asked == []
        assert page.title() != "run"
        assert page.get_by_text("discusses early warning").last.is_visible()
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness = sum(int(part) for part in background.strip("rgba()").split(",")[:3]) / 3
        assert (brightness < 100) == (scheme == "dark"), background
    finally:
        page.close()
