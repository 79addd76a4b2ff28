"""Messages and settings to deliver with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from news.message import Message
from news.settings import Settings, parse_settings

DATE = datetime(2024, 3, 8, 3, 0, tzinfo=UTC)


def message(
    identity: str = "digest.2024-03-08.abc@example.org", *, subject: str = "3 stories: UNDRR - Fri 8 Mar"
) -> Message:
    """Return a small digest."""
    return Message(
        id=identity,
        subject=subject,
        text="UNDRR: 1 story\n.a line that begins with a dot\nҚазақстан\n",
        html="<p>UNDRR: 1 story, Қазақстан</p>\n",
        date=DATE,
        headers={"List-Id": "presswatch digest <digest.example.org>", "Auto-Submitted": "auto-generated"},
    )


def numbered(number: int) -> Message:
    """Return a digest whose parcel has this number."""
    return replace(message(), parcel=number)


def smtp_settings(
    port: int, *, security: str = "none", username: str = "", password: str = "", timeout: float = 5, **more: object
) -> Settings:
    """Return settings for a mail server on loopback; more: further keys of the section smtp."""
    further = "\n".join(f"  {name}: {value}" for name, value in more.items())
    text = f"""
contact: desk@example.org
smtp:
  host: 127.0.0.1
  port: {port}
  security: {security}
  username: "{username}"
  password: "{password}"
  sender: press@example.org
  timeout: {timeout}
{further}
"""
    return parse_settings(text, {}, file="config.yaml", read_secret=lambda _: "")
