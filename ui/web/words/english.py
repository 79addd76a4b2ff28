"""The words of the pages in English."""

from __future__ import annotations

from news.watch.watch import ScheduleKind
from ui.web.words.form import HoursWords, Letter, Said, Words

ENGLISH = Words(
    language="en",
    ask="write to {owner}",
    ask_nobody="ask whoever looks after presswatch in your office",
    pages={
        "end": Said(
            title="Stop this digest?",
            lines=(
                "This digest is addressed to {address}.",
                "It ends at once. Anything else that goes to this address goes on.",
            ),
            button="Stop the digest",
        ),
        "end alerts": Said(
            title="Stop these alerts?",
            lines=("These alerts are addressed to {address}.", "They end at once. The digest goes on."),
            button="Stop the alerts",
        ),
        "ended": Said(
            title="The digest is stopped",
            lines=("{address} gets it no more.", "Was that a mistake? Then {ask}."),
        ),
        "ended alerts": Said(
            title="The alerts are stopped",
            lines=("{address} gets them no more; the digest goes on.", "Was that a mistake? Then {ask}."),
        ),
        "stop": Said(
            title="Stop this digest?",
            lines=(
                "This digest is addressed to {address}.",
                "Nobody else can stop it: a mail with a last link goes to that address, and the link ends the digest.",
                "If a colleague forwarded the digest to you, there is nothing you need to do here.",
            ),
            button="Send the mail to {address}",
        ),
        "stop alerts": Said(
            title="Stop these alerts?",
            lines=(
                "These alerts are addressed to {address}.",
                "Nobody else can stop them: a mail with a last link goes to that address, and the link ends the "
                "alerts.",
                "If a colleague forwarded one to you, there is nothing you need to do here.",
            ),
            button="Send the mail to {address}",
        ),
        "mailed": Said(
            title="Look into the mailbox",
            lines=(
                "A mail is on its way to {address}. Open the link in it.",
                "It is sent once a day at most; look for an earlier one of today too.",
            ),
        ),
        "confirm": Said(
            title="Do you want these digests?",
            lines=(
                "{address} was entered as a recipient of news digests.",
                "None is sent before you agree here. Each digest has a link to stop it.",
            ),
            button="Yes, send them",
        ),
        "confirmed": Said(
            title="Thank you",
            lines=("Digests go to {address} from now on.",),
        ),
        "irrelevant": Said(
            title="What is not relevant?",
            lines=(
                "This digest is addressed to {address}.",
                "Say in a few words which story, and why. Whoever looks after the watches reads it.",
            ),
            label="Story and reason",
            button="Send",
        ),
        "missing": Said(
            title="What is missing?",
            lines=(
                "This digest is addressed to {address}.",
                "A headline or an address is enough. Whoever looks after the watches reads it.",
            ),
            label="Headline or address",
            button="Send",
        ),
        "thanks": Said(title="Thank you", lines=("It was noted for whoever looks after the watches.",)),
    },
    refusals={
        "bad link": Said(
            title="This link does not work",
            lines=(
                "It was cut off on its way, or was never one of ours. Nothing was changed.",
                "Open the newest digest and use the link there, or {ask}.",
            ),
        ),
        "old link": Said(
            title="This link is out of date",
            lines=(
                "It comes from before this address was last signed up. Nothing was changed.",
                "Open the newest digest and use the link there, or {ask}.",
            ),
        ),
        "nobody": Said(
            title="Nothing goes to this address any more",
            lines=("The recipient of this link was taken off the list.", "If you want digests again, {ask}."),
        ),
        "no copy": Said(
            title="This copy is not kept any more",
            lines=("Digests are kept for some weeks only. Yours is still in your mailbox.", "Otherwise {ask}."),
        ),
        "no page": Said(
            title="There is no such page",
            lines=("Check that the whole link was copied.", "Otherwise {ask}."),
        ),
        "no method": Said(title="This page only shows something", lines=("Open it in a browser.",)),
        "not asked": Said(
            title="Nothing was changed",
            lines=("The request did not come from the button of this page. Open the link again and use the button.",),
        ),
        "too large": Said(title="That is too much", lines=("A thousand letters are enough. Nothing was kept.",)),
        "too many": Said(
            title="Enough for today",
            lines=("Many remarks came from this address today; this one was not kept.", "For more, {ask}."),
        ),
        "broken": Said(
            title="Not now",
            lines=("Something is out of order here. Nothing was changed.", "Try again in some minutes, or {ask}."),
        ),
    },
    hours=HoursWords(
        title="My hours",
        lines=("To change anything here, {ask}.",),
        recipient="Recipient",
        digest="Digest",
        zone="Time zone",
        quiet="Quiet hours",
        quiet_hours="{begins} to {ends}",
        away="Away",
        away_until="until {day}",
        watches="Watches",
        all_watches="all",
        kinds={
            ScheduleKind.HOURLY: "every hour",
            ScheduleKind.DAILY: "every day at {times}",
            ScheduleKind.WEEKLY: "every week on {weekday} at {times}",
            ScheduleKind.INSTANT: "alerts only",
        },
        office_days="on office days only",
    ),
    stop_letters={
        False: Letter(
            subject="Stop the digest for {address}?",
            before=(
                "Somebody who has one of your digests asked to stop them.",
                "If it was you, open this link and press the button:",
            ),
            after=("If it was not you, do nothing: the digests go on.",),
        ),
        True: Letter(
            subject="Stop the alerts for {address}?",
            before=(
                "Somebody who has one of your alerts asked to stop them.",
                "If it was you, open this link and press the button:",
            ),
            after=("If it was not you, do nothing: the alerts go on.",),
        ),
    },
)
