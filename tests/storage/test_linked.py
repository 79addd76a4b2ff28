"""What the links of digests lead to."""

from __future__ import annotations

from dataclasses import replace

from storage import Store
from tests.storage.samples import NOW, a_message, a_recipient


def test_a_recipient_is_found_by_number_until_they_are_removed(store: Store) -> None:
    recipient = a_recipient(store)
    assert store.read_now(lambda unit: unit.linked.recipient(recipient.id)) == recipient
    assert store.read_now(lambda unit: unit.linked.recipient(recipient.id + 1)) is None
    store.write_now(lambda unit: unit.recipients.remove(recipient.address, at=NOW))
    assert store.read_now(lambda unit: unit.linked.recipient(recipient.id)) is None


def test_the_copy_to_forward_is_that_of_the_very_digest(store: Store) -> None:
    recipient = a_recipient(store)
    message = replace(a_message(), clean_text="Көшірме", clean_html="<p>Көшірме</p>")
    store.write_now(lambda unit: unit.digests.freeze(recipient, "daily", "1", (), message, "email", at=NOW))
    copy = store.read_now(lambda unit: unit.linked.clean_copy(recipient.id, "daily", "1"))
    assert copy is not None
    assert (copy.subject, copy.text, copy.html) == (message.subject, "Көшірме", "<p>Көшірме</p>")
    for other in ((recipient.id, "daily", "2"), (recipient.id, "instant", "1"), (recipient.id + 1, "daily", "1")):
        assert store.read_now(lambda unit, other=other: unit.linked.clean_copy(*other)) is None  # type: ignore[misc]
