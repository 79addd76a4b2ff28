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

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHTS = {360: 1000, 800: 800}
"""Pixels of the page that are shown, by its width: the head and the first card."""


def draw(browser: Browser, folder: Path, *, whole: bool = False) -> list[Path]:
    """Write the pictures into `folder`; whole: of the whole page."""
    files = []
    for language in WORDINGS:
        html = render(rich(language, sample=True), domain="desk.example", links=LINKS).html
        for width, height in HEIGHTS.items():
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.set_content(html, wait_until="load")
                file = folder / f"digest-{language}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=whole)
                page.close()
                files.append(file)
    return files


def main() -> None:
    """Write the pictures and name them."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for file in draw(browser, folder, whole="--whole" in sys.argv):
            print(file, f"{file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
