"""The pages in a browser, as somebody who pressed "Stop" sees them, on a telephone too."""

from __future__ import annotations

import pytest

from scheduler.tokens import Purpose
from tests.browser import chromium
from tests.ui.web.office import Office


@pytest.mark.timeout(90)
def test_the_button_of_the_page_stops_the_digest(office: Office) -> None:
    paths = {
        name: office.address + office.path(letter, purpose)
        for name, letter, purpose in (("stop", "s", Purpose.STOP), ("end", "u", Purpose.ONE_CLICK))
    }
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 360, "height": 700}).new_page()
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.goto(paths["stop"])
        assert page.get_by_text("This digest is addressed to desk@example.org.").is_visible()
        # The style sheet came, and nothing sticks out of a telephone's screen.
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "544px"
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.get_by_role("button").click()
        assert page.get_by_role("heading").inner_text() == "Look into the mailbox"
        assert office.stopped() == set()
        page.goto(paths["end"])
        page.get_by_role("button", name="Stop the digest").click()
        assert page.get_by_role("heading").inner_text() == "The digest is stopped"
        assert problems == []
    assert office.stopped() == {"daily"}
