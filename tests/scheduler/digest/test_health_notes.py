from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from news.health import HERE, Condition, Health, Norms, Notice, NoticeKind, Sign, SignKind, change
from news.visit import Reason, Visit
from scheduler.digest.coverage import coverage
from scheduler.digest.notes import Note
from scheduler.digest.vouching import vouching
from scheduler.digest.wording import ENGLISH
from tests.scheduler.digest.samples import MFA_EN, NOW, SINCE, UN_EN, state, visit

HOUR = timedelta(hours=1)
OK = Condition(state=Health.OK, since=NOW - 30 * HOUR)
DOWN = Condition(state=Health.DOWN, since=NOW - 5 * HOUR, reason=Reason.SERVER_ERROR, status=503)
READ = (visit(MFA_EN, NOW - HOUR), visit(UN_EN, NOW - HOUR))


def notes(
    conditions: Mapping[str, Condition], notices: Sequence[Notice | None] = (), *, visits: Sequence[Visit] = READ
) -> list[Note]:
    """What a digest of two sources notes."""
    result = coverage(
        [MFA_EN, UN_EN],
        {one.source: state(one) for one in visits},
        visits,
        since=SINCE,
        now=NOW,
        conditions=conditions,
        notices=[one for one in notices if one is not None],
    )
    return list(vouching(result, (), zone="Asia/Almaty", words=ENGLISH).notes)


def test_a_source_that_answers_and_is_not_right_is_told_each_time_and_marked_new_once() -> None:
    signs = (Sign(kind=SignKind.FEWER, count=3, of=30),)
    odd = Condition(state=Health.DEGRADED, since=NOW - 5 * HOUR, signs=signs)
    text = "MFA EN is degraded since Fri 03:00: its list holds 3 entries, usual are 30."
    (note,) = notes({"mfa-en": odd})
    assert (note.text, note.grave) == (text, True)
    assert "presswatch source test" in note.remedy
    (new,) = notes({"mfa-en": odd}, [change("mfa-en", OK, odd, at=NOW)])
    assert new.text == f"New: {text}"


def test_a_quiet_source_is_no_grave_matter() -> None:
    quiet = Condition(state=Health.QUIET, since=NOW - 50 * HOUR, signs=(Sign(kind=SignKind.SILENT, count=12),))
    (note,) = notes({"mfa-en": quiet})
    assert note.text == "MFA EN is quiet since Wed 06:00: nothing new, where 12 items would be usual by now."
    assert not note.grave


def test_a_recovery_is_told_once_and_instead_of_the_failures_of_the_period() -> None:
    visits = (visit(MFA_EN, NOW - 3 * HOUR, reason=Reason.SERVER_ERROR, status=503), *READ)
    again = Condition(state=Health.OK, since=NOW - HOUR)
    told = [change("mfa-en", OK, DOWN, at=NOW - 4 * HOUR), change("mfa-en", DOWN, again, at=NOW - HOUR)]
    (note,) = notes({"mfa-en": again}, told, visits=visits)
    assert note.text == (
        "MFA EN is read again since Fri 07:00; it was down since Fri 03:00 (the site has an error of its own (503))."
    )
    (usual,) = notes({"mfa-en": again}, visits=visits)
    assert "read again since" in usual.text
    assert "Fri 05:00 to 07:00" in usual.text


def test_a_recovery_and_the_fault_after_it_are_both_told() -> None:
    visits = (visit(MFA_EN, NOW - HOUR, reason=Reason.DNS), visit(UN_EN, NOW - HOUR))
    between = Condition(state=Health.OK, since=NOW - 3 * HOUR)
    gone = Condition(state=Health.DOWN, since=NOW - 2 * HOUR, reason=Reason.DNS)
    changes = [change("mfa-en", *states, at=NOW) for states in ((OK, DOWN), (DOWN, between), (between, gone))]
    failing, earlier = notes({"mfa-en": gone}, changes, visits=visits)
    assert failing.text.startswith("New: MFA EN (")
    assert earlier.text == (
        "MFA EN, before that: it was down from Fri 03:00 to Fri 05:00 (the site has an error of its own (503)), then "
        "read again until the next fault."
    )
    assert not earlier.grave


def test_each_of_two_faults_that_are_over_is_told() -> None:
    between, again = (Condition(state=Health.OK, since=NOW - hours * HOUR) for hours in (3, 1))
    second = Condition(state=Health.DOWN, since=NOW - 2 * HOUR, reason=Reason.TIMEOUT)
    changes = [change("mfa-en", *states, at=NOW) for states in ((DOWN, between), (between, second), (second, again))]
    recovery, earlier = notes({"mfa-en": again}, changes)
    assert "read again since Fri 07:00; it was down since Fri 06:00" in recovery.text
    assert "from Fri 03:00 to Fri 05:00" in earlier.text


def test_a_source_that_went_down_is_new_apart_from_those_that_were() -> None:
    visits = [visit(one, NOW - HOUR, reason=Reason.SERVER_ERROR, status=503) for one in (MFA_EN, UN_EN)]
    conditions = {"mfa-en": DOWN, "un-en": DOWN}
    first, second = notes(conditions, [change("un-en", OK, DOWN, at=NOW)], visits=visits)
    assert first.text.startswith("MFA EN (never read yet): the site has an error of its own (503).")
    assert second.text.startswith("New: UN News EN (never read yet): ")


def test_gaps_of_one_source_are_one_note_from_the_first_to_the_last() -> None:
    gaps = [
        Notice(source="mfa-en", kind=NoticeKind.GAP, at=NOW, since=NOW - hours * HOUR, until=NOW - (hours - 1) * HOUR)
        for hours in (9, 5)
    ]
    (note,) = notes({}, gaps)
    assert note.text.startswith("Possible gap in MFA EN, Thu 23:00 to Fri 04:00: its list had moved on")
    assert "(2 times)" in note.text
    assert note.grave


def test_what_was_read_back_is_told_with_the_recovery_or_by_itself() -> None:
    whole = Notice(source="mfa-en", kind=NoticeKind.READ_BACK, at=NOW, since=NOW - 5 * HOUR, until=NOW - HOUR)
    (note,) = notes({}, [whole])
    assert note.text == "What MFA EN published from Fri 03:00 to Fri 07:00 was read back: no gap."
    assert not note.grave
    again = Condition(state=Health.OK, since=NOW - HOUR)
    (note,) = notes({"mfa-en": again}, [change("mfa-en", DOWN, again, at=NOW - HOUR), whole])
    assert note.text.endswith("(503)). What it published meanwhile was read back: no gap.")


def test_a_move_is_told_with_the_new_address() -> None:
    moved = Notice(source="mfa-en", kind=NoticeKind.MOVED, at=NOW, since=SINCE, detail="https://new.example/rss")
    (note,) = notes({}, [moved])
    assert note.text == "New: MFA EN has moved for good to https://new.example/rss"
    assert note.remedy == "Put the new address into config.yaml as its url."


def test_an_outage_of_this_computer_is_told_while_it_lasts_and_when_it_is_over() -> None:
    lost = Condition(state=Health.DOWN, since=NOW - 5 * HOUR, reason=Reason.DNS)
    (note,) = notes({HERE: lost}, [change(HERE, OK, lost, at=NOW)])
    assert note.text.startswith("New: Since Fri 03:00 this computer reached none of the sites")
    back = Condition(state=Health.OK, since=NOW - HOUR)
    (note,) = notes({HERE: back}, [change(HERE, lost, back, at=NOW)])
    assert note.text.startswith("From Fri 03:00 to Fri 07:00 this computer reached none")
    assert notes({HERE: back}) == []
    lost_again = Condition(state=Health.DOWN, since=NOW - HOUR / 2, reason=Reason.DNS)
    was, new = notes({HERE: lost_again}, [change(HERE, lost, back, at=NOW), change(HERE, back, lost_again, at=NOW)])
    assert was.text.startswith("From Fri 03:00 to Fri 07:00 this computer reached none")
    assert new.text.startswith("New: Since Fri 07:30 this computer")


def test_a_public_holiday_is_named_and_the_usual_is_that_of_such_a_day() -> None:
    """NOW is International Women's Day."""
    rates = (20.0, 20.0, 20.0, 20.0, 20.0, 4.0, 2.0, None, None)
    norms = {one.id: Norms(days=40, rates=rates) for one in (MFA_EN, UN_EN)}
    states = {one.source: state(one) for one in READ}
    result = coverage([MFA_EN, UN_EN], states, READ, since=NOW - 8 * HOUR, now=NOW, norms=norms)
    told = vouching(result, (), zone="Asia/Almaty", words=ENGLISH)
    assert told.free_day == "Public holiday in Kazakhstan today: a thin day is expected."
    assert "0 new items in this period; a public holiday usually brings 1, a usual Friday 13." in told.full
    later = coverage([MFA_EN, UN_EN], states, READ, since=NOW, now=NOW + 24 * HOUR * 4, norms=norms)
    assert vouching(later, (), zone="Asia/Almaty", words=ENGLISH).free_day == ""
