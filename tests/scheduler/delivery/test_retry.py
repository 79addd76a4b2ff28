from __future__ import annotations

from datetime import timedelta

from scheduler.delivery.retry import GIVEN_UP_AFTER, next_try
from tests.scheduler.delivery.samples import DATE


def test_pauses_grow_and_the_last_one_stays() -> None:
    pauses = [after - DATE for attempts in range(1, GIVEN_UP_AFTER) if (after := next_try(attempts, DATE))]
    assert pauses[0] == timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert pauses[-1] == pauses[-2] == timedelta(hours=4)


def test_a_message_is_given_up_after_four_to_five_days() -> None:
    waited = timedelta(0)
    for attempts in range(1, GIVEN_UP_AFTER):
        again = next_try(attempts, DATE)
        assert again is not None
        waited += again - DATE
    assert timedelta(days=4) <= waited <= timedelta(days=5)
    assert next_try(GIVEN_UP_AFTER, DATE) is None


def test_an_attempt_that_was_not_counted_waits_the_first_pause() -> None:
    assert next_try(0, DATE) == DATE + timedelta(minutes=1)
