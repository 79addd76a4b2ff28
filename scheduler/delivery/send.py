"""Claim, send, settle: each parcel is written down as taken before it is worked on, and as done only after it is.

A process that dies in between leaves a claim that runs out; the parcel then goes again under the same Message-ID. The
fence of the claim keeps a sender that came back late from settling what another has taken over.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog

from news.errors import DeliveryError
from news.message import Parcel, ParcelState
from scheduler.delivery.channel import Channel
from scheduler.delivery.retry import next_try
from storage import Store, Unit

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a run did with the parcels that were due."""

    sent: int = 0
    deferred: int = 0
    uncertain: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All parcels that were tried."""
        return self.sent + self.deferred + self.uncertain + self.failed


class Ending(NamedTuple):
    """How one attempt ended, as `settle` wants it."""

    state: ParcelState
    error: str = ""
    next_try: datetime | None = None


def worker_name() -> str:
    """Return who claims: this process on this machine, for people who look at the outbox."""
    return f"{socket.gethostname()}:{os.getpid()}"


async def send_due(
    store: Store,
    channels: Mapping[str, Channel],
    *,
    now: Callable[[], datetime],
    worker: str,
    lease: timedelta,
    early: bool = False,
) -> Counts:
    """Hand every parcel that is due to its channel, one after the other, and return what became of them.

    A channel in trouble of its own (no connection, wrong password) is not tried again in this run; its parcels are
    deferred and the other channels go on. Parcels deferred in this run wait for a later one. early: also try, once
    each, those whose next try has not come. lease: how long a claim holds; longer than one delivery takes, as short as
    a digest may be late after a kill.
    """
    begun, tally = now(), dict.fromkeys(ParcelState, 0)
    early_after = 0 if early else None  # the last parcel taken early: each once
    down: dict[str, str] = {}

    async def one() -> Ending | None:
        nonlocal early_after
        # One claim at a time: its lease then has to outlast one delivery only. Due is what was so at the beginning.
        held = now() - begun + lease
        claim = partial(_claim, now=begun, lease=held, worker=worker, early_after=early_after)
        parcels = await store.write(claim)
        if not parcels:
            return None
        early_after = parcels[0].id if early else None
        return await _deliver_and_settle(store, parcels[0], channels, down, now)

    try:
        while (ending := await _carried_through(one(), channels)) is not None:
            tally[ending.state] += 1
    finally:
        for channel in channels.values():
            await asyncio.to_thread(channel.close)
    return Counts(
        sent=tally[ParcelState.SENT],
        deferred=tally[ParcelState.DEFERRED],
        uncertain=tally[ParcelState.UNCERTAIN],
        failed=tally[ParcelState.FAILED],
    )


def _claim(unit: Unit, *, now: datetime, lease: timedelta, worker: str, early_after: int | None) -> list[Parcel]:
    return unit.outbox.claim(now=now, lease=lease, limit=1, worker=worker, early_after=early_after)


async def _carried_through(step: Coroutine[Any, Any, Ending | None], channels: Mapping[str, Channel]) -> Ending | None:
    """Run one step, from claim to settling, to its end even if the caller is cancelled: no claim stays behind."""
    work = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        # A delivery cannot be taken back: break it off, let it write down how far it came, then obey.
        for channel in channels.values():
            channel.abort()
        await asyncio.wait([work])
        raise


async def _deliver_and_settle(
    store: Store, parcel: Parcel, channels: Mapping[str, Channel], down: dict[str, str], now: Callable[[], datetime]
) -> Ending:
    channel = channels.get(parcel.channel)
    if channel is None:
        error = f"there is no channel {parcel.channel!r}; there are: {', '.join(sorted(channels))}"
        ending = ending_of(DeliveryError(error, permanent=False), parcel, now())
    elif parcel.channel in down:
        ending = ending_of(DeliveryError(down[parcel.channel], permanent=False), parcel, now())
    else:
        try:
            await asyncio.to_thread(channel.send, parcel.message, parcel.address)
            ending = Ending(ParcelState.SENT)
        except DeliveryError as error:
            ending = ending_of(error, parcel, now())
            if error.shared:
                down[parcel.channel] = str(error)
        except Exception as error:
            # A fault of ours in one message must not hold up everybody else's; it is logged in full and tried again.
            _log.exception("delivery failed unexpectedly", key=parcel.key, channel=parcel.channel)
            ending = ending_of(DeliveryError(f"unexpected: {type(error).__name__}", permanent=False), parcel, now())
    settled = await store.write(
        lambda unit: unit.outbox.settle(parcel, ending.state, now=now(), error=ending.error, next_try=ending.next_try)
    )
    _log.info(
        "parcel settled" if settled else "parcel taken over by another sender",
        key=parcel.key,
        channel=parcel.channel,
        state=ending.state.value,
        attempts=parcel.attempts,
        error=ending.error,
    )
    return ending


def ending_of(error: DeliveryError, parcel: Parcel, now: datetime) -> Ending:
    """Decide what a failed attempt means for its parcel."""
    if error.permanent:
        return Ending(ParcelState.FAILED, str(error))
    again = next_try(parcel.attempts, now)
    if again is None:
        return Ending(ParcelState.FAILED, f"given up after {parcel.attempts} attempts; the last: {error}")
    return Ending(ParcelState.UNCERTAIN if error.uncertain else ParcelState.DEFERRED, str(error), again)
