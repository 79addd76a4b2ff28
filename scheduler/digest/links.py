"""The links of one digest for one recipient: to stop it, to forward it, to say what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from news.watch.watch import Recipient
from scheduler.tokens import Claim, Purpose, Tokens


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


def links_for(
    recipient: Recipient,
    schedule: str,
    slot: str,
    *,
    generation: int,
    key: bytes,
    address: str,
    owner_address: str,
) -> Links:
    """Return the links of the digest of `schedule` and `slot`.

    generation: of the recipient (`Subscriptions.generation`); key: `App.key`. address: what pages begin with
    (`settings.web.address`); empty means that none are linked to: then the links are mails to `owner_address`, who
    prints the clean copy with `digest show --clean`; with neither there are no links.
    """
    own = recipient.schedule
    named = f"{own.kind.value if schedule == own.name else schedule} digest of {recipient.address}"
    mail_stop = _mail(owner_address, f"Stop the {named}")
    if not address:
        return Links(
            mail_stop=mail_stop,
            stop=mail_stop,
            hours=_mail(owner_address, f"Other hours for the {named}"),
            clean=_mail(owner_address, f"Copy to forward of the {named}, {slot}"),
            irrelevant=_mail(owner_address, f"Not relevant in the {named}, {slot}"),
            missing=_mail(owner_address, f"Missing in the {named}, {slot}"),
        )
    tokens = Tokens(key)
    whose = Claim(recipient=recipient.id, schedule=schedule, generation=generation)
    this = Claim(recipient=recipient.id, schedule=schedule, generation=generation, slot=slot)
    feedback = f"{address}/n/{tokens.sign(Purpose.FEEDBACK, this)}"
    return Links(
        # RFC 8058, section 3.1: an HTTPS address and nothing else.
        one_click=one_click_link(tokens, whose, address=address) if address.startswith("https://") else "",
        mail_stop=mail_stop,
        stop=f"{address}/s/{tokens.sign(Purpose.STOP, whose)}",
        hours=f"{address}/h/{tokens.sign(Purpose.HOURS, whose)}",
        clean=f"{address}/d/{tokens.sign(Purpose.CLEAN, this)}",
        irrelevant=f"{feedback}/irrelevant",
        missing=f"{feedback}/missing",
    )


def one_click_link(tokens: Tokens, whose: Claim, *, address: str) -> str:
    """Return the address that ends a digest: of the header, and of the mail that asks the recipient alone."""
    return f"{address}/u/{tokens.sign(Purpose.ONE_CLICK, whose)}"


def confirm_link(recipient_id: int, *, generation: int, key: bytes, address: str) -> str:
    """Return the address of the page where a new recipient says that they want digests."""
    whose = Claim(recipient=recipient_id, schedule="", generation=generation)
    return f"{address}/c/{Tokens(key).sign(Purpose.CONFIRM, whose)}"


def _mail(address: str, subject: str) -> str:
    return f"mailto:{address}?subject={quote(subject)}" if address else ""
