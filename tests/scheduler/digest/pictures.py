"""Pictures of a rich sample digest in each language, on a phone and on a desk, light and dark.

`python -m tests.scheduler.digest.pictures FOLDER` writes `digest-LANGUAGE-WIDTH-SCHEME.png`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from scheduler.digest.render import render
from scheduler.digest.wording import WORDINGS
from tests.browser import chromium
from tests.scheduler.digest.rich import LINKS, rich

WIDTHS = (360, 800)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT = 1400
"""Pixels of the page that are shown: the head and the first cards."""


def draw(browser: Browser, folder: Path, *, height: int = HEIGHT) -> list[Path]:
    """Write the pictures into `folder`; height: 0 for the whole page."""
    files = []
    for language in WORDINGS:
        html = render(rich(language, sample=True), domain="desk.example", links=LINKS).html
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": height or HEIGHT}, color_scheme=scheme)
                page.set_content(html, wait_until="load")
                file = folder / f"digest-{language}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=height == 0)
                page.close()
                files.append(file)
    return files


def main() -> None:
    """Write the pictures and name them."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for file in draw(browser, folder, height=0 if "--whole" in sys.argv else HEIGHT):
            print(file, f"{file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
