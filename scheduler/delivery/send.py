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
from scheduler.delivery.channel import Channel, Paced
from scheduler.delivery.channel_troubles import channel_is_well, delivers_nothing, in_trouble, note_channel
from scheduler.delivery.pace import WINDOW, Pace
from scheduler.delivery.refusals import note_refusal
from scheduler.delivery.retry import held_until, next_try
from storage import Store, Unit

_BY_RECIPIENT = "email"

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a run did with the parcels that were due; deferred: those too that wait for a channel in trouble."""

    sent: int = 0
    deferred: int = 0
    uncertain: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All parcels that were tried, or would have been."""
        return self.sent + self.deferred + self.uncertain + self.failed


class Ending(NamedTuple):
    """How one attempt ended, as `settle` wants it.

    counted: False where the trouble was the channel's. hold: leave the channel alone until the next try.
    refusal: the code by which the recipient was refused for good.
    """

    state: ParcelState
    error: str = ""
    next_try: datetime | None = None
    counted: bool = True
    hold: bool = False
    refusal: str = ""


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

    A channel in trouble of its own (no connection, wrong password), or that asks for fewer messages, is left alone for
    a while, all that waits for it with it; the other channels go on. One with a rate gets no more than that, the rest
    waits for a later run. Parcels deferred in this run wait too. early: also try, once each, those whose next try has
    not come. lease: how long a claim holds; longer than one delivery takes, as short as a digest may be late after a
    kill.
    """
    begun = now()
    rates = {name: channel.rate for name, channel in channels.items() if isinstance(channel, Paced)}
    sent, troubled = await store.read(lambda unit: (_sent_lately(unit, rates=rates, now=begun), in_trouble(unit)))
    run = _Run(store, channels, now, worker, lease, begun, Pace.begin(rates, sent), troubled, 0 if early else None)
    try:
        while await _carried_through(run.one(), channels):
            pass
    finally:
        for channel in channels.values():
            await asyncio.to_thread(channel.close)
    return Counts(
        sent=run.tally[ParcelState.SENT],
        deferred=run.tally[ParcelState.DEFERRED],
        uncertain=run.tally[ParcelState.UNCERTAIN],
        failed=run.tally[ParcelState.FAILED],
    )


def _sent_lately(unit: Unit, *, rates: Mapping[str, int], now: datetime) -> dict[str, int]:
    return {name: unit.outbox.sent_since(name, now - WINDOW) for name, rate in rates.items() if rate}


class _Run:
    """One run over what was due when it began."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        worker: str,
        lease: timedelta,
        begun: datetime,
        pace: Pace,
        troubled: set[str],
        early_after: int | None,
    ) -> None:
        self._store, self._channels, self._now, self._worker, self._lease = store, channels, now, worker, lease
        self._begun, self._pace = begun, pace
        self._troubled = troubled  # channels whose trouble is over with the next delivery
        self._early_after = early_after  # the last parcel taken early: each once
        self.tally = dict.fromkeys(ParcelState, 0)

    async def one(self) -> bool:
        """Take one parcel from its claim to its settling; False where there is none."""
        # One claim at a time: its lease then has to outlast one delivery only. Due is what was so at the beginning.
        parcels = await self._store.write(self._claim)
        if not parcels:
            return False
        (parcel,) = parcels
        if self._early_after is not None:
            self._early_after = parcel.id
        error = await self._handed_over(parcel)
        ending = ending_of(error, parcel, self._now())
        asked = self._pace.note(parcel.channel, throttled=error is not None and error.throttled)
        if asked and ending.next_try is not None:
            ending = ending._replace(hold=True)
        settle = partial(_settle, parcel=parcel, ending=ending, troubled=self._troubled, now=self._now())
        settled, held = await self._store.write(settle)
        if ending.hold:
            self._pace.resting.add(parcel.channel)
        self.tally[ending.state] += 1
        self.tally[ParcelState.DEFERRED] += held
        _log.info(
            "parcel settled" if settled else "parcel taken over by another sender",
            key=parcel.key,
            channel=parcel.channel,
            state=ending.state.value,
            attempts=parcel.attempts,
            error=ending.error,
            held=held,
        )
        return True

    def _claim(self, unit: Unit) -> list[Parcel]:
        return unit.outbox.claim(
            now=self._begun,
            lease=self._now() - self._begun + self._lease,
            limit=1,
            worker=self._worker,
            early_after=self._early_after,
            without=self._pace.resting,
        )

    async def _handed_over(self, parcel: Parcel) -> DeliveryError | None:
        """Hand a parcel to its channel; gives what went wrong."""
        channel = self._channels.get(parcel.channel)
        if channel is None:
            known = ", ".join(sorted(self._channels))
            return DeliveryError(
                f"there is no channel {parcel.channel!r}; there are: {known}", permanent=False, shared=True
            )
        try:
            await asyncio.to_thread(channel.send, parcel.message, parcel.address)
        except DeliveryError as error:
            return error
        except Exception as error:
            # A fault of ours in one message must not hold up everybody else's; it is logged in full and tried again.
            _log.exception("delivery failed unexpectedly", key=parcel.key, channel=parcel.channel)
            return DeliveryError(f"unexpected: {type(error).__name__}", permanent=False)
        return None


async def _carried_through(step: Coroutine[Any, Any, bool], channels: Mapping[str, Channel]) -> bool:
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


def _settle(unit: Unit, *, parcel: Parcel, ending: Ending, troubled: set[str], now: datetime) -> tuple[bool, int]:
    """Write down an ending with all that follows from it: whether the parcel was still ours, and how many were held."""
    settled = unit.outbox.settle(
        parcel, ending.state, now=now, error=ending.error, next_try=ending.next_try, counted=ending.counted
    )
    if settled and ending.refusal and parcel.recipient_id is not None:
        note_refusal(unit, parcel, code=ending.refusal, said=ending.error, at=now)
    if settled:
        _judge_channel(unit, parcel, ending, troubled, now)
    if not ending.hold or ending.next_try is None:
        return settled, 0
    return settled, unit.outbox.hold(parcel.channel, now=now, until=ending.next_try, error=ending.error)


def _judge_channel(unit: Unit, parcel: Parcel, ending: Ending, troubled: set[str], now: datetime) -> None:
    """Note a channel that delivers nothing, and one of `troubled` that delivers again."""
    by_recipient, channels_own = parcel.channel == _BY_RECIPIENT, not ending.counted
    if delivers_nothing(parcel, ending.state, channels_own=channels_own, by_recipient=by_recipient, now=now):
        note_channel(unit, parcel.channel, ending.error, at=now)
        troubled.add(parcel.channel)
    elif ending.state is ParcelState.SENT and parcel.channel in troubled:
        channel_is_well(unit, parcel.channel, at=now)
        troubled.discard(parcel.channel)


def ending_of(error: DeliveryError | None, parcel: Parcel, now: datetime) -> Ending:
    """Decide what an attempt means for its parcel; None is an attempt that went well."""
    if error is None:
        return Ending(ParcelState.SENT)
    if error.permanent:
        return Ending(ParcelState.FAILED, str(error), refusal=error.refusal)
    state = ParcelState.UNCERTAIN if error.uncertain else ParcelState.DEFERRED
    if error.shared:
        return Ending(state, str(error), held_until(parcel.queued_at, now), counted=False, hold=True)
    again = next_try(parcel.attempts, now)
    if again is None:
        return Ending(ParcelState.FAILED, f"given up after {parcel.attempts} attempts; the last: {error}")
    return Ending(state, str(error), max(again, now + timedelta(seconds=error.retry_after or 0)))
