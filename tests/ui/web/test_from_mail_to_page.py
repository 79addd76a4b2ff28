"""From the mail that was sent to the page that its links open, through the daemon that does both."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from tests.fakemail import FakeMail
from tests.promises.world import Daemon, Press, plain_text, read_sources, text_for, wait_until, write_config
from tests.ui.web.office import free_port
from tests.ui.web.test_service import answers

OUTSIDE = "https://press.example.org/news"
DESK, CHIEF = "desk@example.org", "chief@example.org"


def test_p25_the_header_of_a_mail_stops_what_it_came_with_for_its_reader_alone(tmp_path: Path) -> None:
    port = free_port()
    with Press() as press, FakeMail() as mail:
        press.publish("alpha", "Office of alpha opens")
        config = write_config(tmp_path, press, smtp=mail.port, feeds=("alpha",), recipients=(DESK, CHIEF))
        with config.open("a", encoding="utf-8") as file:
            file.write(f'web: {{listen: "127.0.0.1:{port}", address: "{OUTSIDE}"}}\n')
        with Daemon(config) as daemon:
            wait_until(lambda: answers(port), seconds=60, what="the web server")
            wait_until(lambda: read_sources(tmp_path) == 1, seconds=60, what="the first visit")
            press.publish("alpha", "Office of alpha closes")
            wait_until(lambda: "closes" in text_for(mail, DESK), seconds=60, what="the alert")
            (sent,) = [
                one.mail for one in mail.messages if one.recipients == (DESK,) and "closes" in plain_text(one.mail)
            ]
            assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            found = re.match(r"<([^>]+)>", str(sent["List-Unsubscribe"]))
            assert found is not None
            # The header's address stands nowhere in what people forward.
            parts = "".join(str(part.get_content()) for part in sent.iter_parts())  # type: ignore[attr-defined]
            assert f"{OUTSIDE}/u/" not in parts
            assert f"{OUTSIDE}/s/" in parts
            inside = found[1].replace(OUTSIDE, f"http://127.0.0.1:{port}")
            body = urlencode({"List-Unsubscribe": "One-Click"}).encode()
            with urllib.request.urlopen(inside, data=body, timeout=20) as answer:
                assert answer.status == 200
            for link in set(re.findall(rf"{OUTSIDE}/[sdhn]/[^\s\"<>]+", parts)):
                with urllib.request.urlopen(link.replace(OUTSIDE, f"http://127.0.0.1:{port}"), timeout=20) as shown:
                    assert shown.status == 200, link
            press.publish("alpha", "Office of alpha moves")
            wait_until(lambda: "moves" in text_for(mail, CHIEF), seconds=60, what="the alert of the other")
            assert daemon.terminate() == 0
            assert "moves" not in text_for(mail, DESK)
            # No link of anybody is in the log.
            assert not re.search(r"/[usdhnc]/[A-Za-z0-9_-]{20}", daemon.log.read_text())
