"""The links of one digest for one recipient: to stop it, to forward it, to say what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses of pages, or of mails to the owner where no page is served; an empty one is not shown.

    one_click: what List-Unsubscribe names for RFC 8058; it never stands in the body. The others are of the last line:
    "Not relevant | Something missing? | Clean copy to forward | My hours | Stop".
    mail_stop: a mailto: address that stops the digest, the second way of List-Unsubscribe.
    """

    one_click: str = ""
    mail_stop: str = ""
    stop: str = ""
    hours: str = ""
    clean: str = ""
    irrelevant: str = ""
    missing: str = ""
