"""The words of a digest in English."""

from __future__ import annotations

from collections.abc import Mapping

from news.changes import What
from news.health import Health, SignKind
from news.source import Standing
from news.story import Relation
from news.story.first import Order
from news.story.voice import Voice
from scheduler.digest.words.english_troubles import TROUBLES
from scheduler.digest.words.vocabulary import Wording


def _n(one: str, other: str) -> Mapping[str, str]:
    return {"one": one, "other": other}


_PAGES = "Its pages may have changed: presswatch source test shows what is received."

ENGLISH = Wording(
    locale="en_GB",
    tag="en",
    day="EEE d MMM",
    near_day="d MMM",
    standings={
        Standing.OFFICIAL: "Official",
        Standing.UN: "UN",
        Standing.AGENCY: "Agency",
        Standing.MEDIA: "Media",
        Standing.AGGREGATOR: "Aggregator",
    },
    relations={Relation.SAME: "reprint", Relation.UPDATE: "later version", Relation.TRANSLATION: "translation"},
    voices={
        Voice.AGENCY_ONLY: "AGENCY ONLY, no official text seen.",
        Voice.MEDIA_ONLY: "MEDIA ONLY, no official text seen.",
    },
    orders={Order.BEFORE: "earlier", Order.AFTER: "then"},
    fields={"title": "title", "lead": "lead", "text": "text", "tag": "tags"},
    states={
        Health.UNREAD: "has never been read",
        Health.OK: "is well",
        Health.QUIET: "is quiet",
        Health.DEGRADED: "is degraded",
        Health.DOWN: "is down",
        Health.REFUSED: "is refused",
    },
    parts={
        What.HEADLINE: "the headline",
        What.FIGURES: "figures or dates",
        What.NAMES: "names",
        What.TITLES: "offices",
        What.PARAGRAPHS: "text",
    },
    signs={
        SignKind.SILENT: _n(
            "nothing new, where {n} item would be usual by now", "nothing new, where {n} items would be usual by now"
        ),
        SignKind.FEWER: _n("its list holds {n} entry, usual are {of}", "its list holds {n} entries, usual are {of}"),
        SignKind.UNDATED: "{n} of {of} texts have no date, which they used to have",
        SignKind.BARE: "{n} of {of} texts are empty, which they never were",
        SignKind.SELECTORS: "{n} of {of} texts had to be read without the source's selectors",
        SignKind.FLAKY: "{n} of {of} visits failed within a day",
    },
    sign_remedies={
        SignKind.SILENT: "The site itself shows whether there is news; its list may have moved.",
        SignKind.FEWER: _PAGES,
        SignKind.UNDATED: _PAGES,
        SignKind.BARE: _PAGES,
        SignKind.SELECTORS: _PAGES,
        SignKind.FLAKY: "Reading goes on; what is published while visits fail is read later.",
    },
    troubles=TROUBLES,
    phrases={
        # The head.
        "title_morning": "Morning digest",
        "title_afternoon": "Afternoon digest",
        "title_evening": "Evening digest",
        "title_hourly": "Hourly digest",
        "title_weekly": "Weekly digest",
        "title_manual": "Digest on request",
        "title_instant": "Alert",
        "title_rollup": "Alerts, gathered",
        "title_sample": "Sample digest",
        "period": "{since} to {until}, {place}",
        "sample": "SAMPLE",
        "sample_note": "What was just read, to show the form. It is not counted as sent.",
        "sum_up": "{stories} {items} {languages}",
        "stories": _n("{n} story", "{n} stories"),
        "from_items": _n("from {n} item", "from {n} items"),
        "in_languages": _n("in {n} language", "in {n} languages"),
        "changed_of_them": "{n} of them changed after you had it",
        "missed": _n(
            "This one also covers {n} digest that could not be made at the usual hour.",
            "This one also covers {n} digests that could not be made at the usual hour.",
        ),
        "changed_by_publisher": _n(
            "{n} story was changed by the publisher after first appearing.",
            "{n} stories were changed by the publisher after first appearing.",
        ),
        "free_day": "Public holiday in {country} today: a thin day is expected.",
        "no_new_story": "No new story.",
        # The subject.
        "subject": "{news} - {day}",
        "subject_alert": "Alert: {text}",
        "subject_sample": "SAMPLE: {text}",
        "subject_news": "{stories}: {what}",
        "subject_more": "{names} and {n} more",
        "subject_changed": _n("{n} changed since you read it: {title}", "{n} changed since you read them: {title}"),
        "subject_added": _n("Added to {n} story you had: {title}", "Added to {n} stories you had: {title}"),
        "with_changed": "{name} (changed)",
        "and_changed": "{names}; {n} changed",
        "none_read": 'No source could be read (0 of {n}); that is not "no news"',
        "nothing_new_all": _n(
            "Nothing new for your watches: {n} source, read", "Nothing new for your watches: {n} sources, all read"
        ),
        "nothing_new_some": _n(
            "Nothing new for your watches in the {read} of {n} source that were read",
            "Nothing new for your watches in the {read} of {n} sources that were read",
        ),
        # A card.
        "pinned": "Pinned",
        "alerted": "You were alerted of it {when}.",
        "late": "Late: published {published}, found {found}.",
        "late_undated": "Late: published before this period, found {found}.",
        "embargo_until": "EMBARGO until {until}: not to be used or passed on before.",
        "embargo": "EMBARGO, no time is named: not to be used or passed on before the publisher agrees.",
        "embargo_words": "In its words: {words}",
        "key_terms": "Key terms, not a translation: {terms}",
        "other_title": "Original headline: {title}",
        "first": "first",
        "close": "about the same time",
        "reworded": "in its own words",
        "seen": "seen {when}",
        "new_version": "version {n}, changed by the publisher",
        "undated": "undated",
        "and_more": "and {n} more",
        "other_publishers": _n("and {n} other publisher", "and {n} other publishers"),
        "further_items": _n("and {n} further item of this story", "and {n} further items of this story"),
        "none_yet": "{language} none yet",
        "usual_delay_days": _n("usual delay: {n} day", "usual delay: {n} days"),
        "usual_delay_hours": "usual delay: {n} h",
        "usual_delay_short": "usual delay: under 1 h",
        "quoted": '"{text}"',
        "headline_only": "Headline only: its page could not be read ({reason}).",
        "why": "Why: {reasons}",
        "found_as": "{term}, found as {forms}",
        "more_forms": "{n} more",
        "more_terms": _n("and {n} more term", "and {n} more terms"),
        "and": "{first} and {second}",
        "note": "Note: {note}",
        "spellings": _n("one person: {names}", "one person, {n} spellings: {names}"),
        "also_in": "Also in: {watches}",
        "credit": "Credit: {credits}",
        "read_at": "Read at {host}",
        "open": "Open",
        "further_stories": _n("{n} further story", "{n} further stories"),
        "more_kept": "and {n} more, all of them kept.",
        # What was told before.
        "added_heading": "Added to stories you had",
        "you_had_it": "You had it {when}.",
        "for_watches": "For: {watches}.",
        "changed_heading": "Changed since you read it",
        "withdrawn_heading": "Withdrawn since you read it",
        "version_seen": "version {version} seen {when}",
        "you_had_version": "you had version {version}",
        "you_had_version_on": "you had version {version} on {when}",
        "you_had": "you had it",
        "you_had_on": "you had it on {when}",
        "gone": "page gone ({status}) since {when}",
        "unchanged": "{languages} unchanged",
        "was": "was:",
        "now": "now:",
        "nothing": "(nothing)",
        "changed_parts": "changed: {parts}",
        "passages_added": _n("{n} passage added", "{n} passages added"),
        "passages_removed": _n("{n} passage removed", "{n} passages removed"),
        "other_words": "put in other words",
        "no_figure": "no figure changed",
        "not_quoted": _n("{n} further change not quoted here", "{n} further changes not quoted here"),
        "kept_both": "Both versions are kept: presswatch item show {item}",
        "kept": "What was read of it is kept: presswatch item show {item}",
        # The coverage.
        "coverage": "Coverage",
        "no_source": "No source is switched on",
        "read_none": _n("The one source could not be read", "None of {n} sources could be read"),
        "read_all": _n("The one source was read", "All {n} sources read"),
        "read_some": _n("{read} of {n} source read", "{read} of {n} sources read"),
        "last_one": "{read}, the last one at {when}.",
        "last_was": "The last one read was at {when}.",
        "not_no_news": 'That is not "no news".',
        "brought_unknown": _n(
            "{n} new item in this period; too early to say what is usual.",
            "{n} new items in this period; too early to say what is usual.",
        ),
        "brought_usual": _n(
            "{n} new item in this period; usual are {usual}.", "{n} new items in this period; usual are {usual}."
        ),
        "brought_weekday": _n(
            "{n} new item in this period; a usual {day} brings {usual}.",
            "{n} new items in this period; a usual {day} brings {usual}.",
        ),
        "brought_holiday": _n(
            "{n} new item in this period; a public holiday usually brings {usual}, a usual {day} {otherwise}.",
            "{n} new items in this period; a public holiday usually brings {usual}, a usual {day} {otherwise}.",
        ),
        "stand_in": _n("{names} stands in.", "{names} stand in."),
        "new": "New: {text}",
        "failing": "{names}: {happened}. What was published only there would be missed.",
        "with_brackets": "{name} ({note})",
        "never_read": "never read yet",
        "last_read": "last read {when}",
        "unread": "Not read yet, no visit has ended so far: {names}.",
        "stale": "Not visited in this period: {names}.",
        "stale_remedy": "Was presswatch running? It has to run for sources to be read.",
        "read_again": "{name}: {happened}, {since} to {until}; read again since.",
        "title_quoted": "“{title}”",
        "given_up": _n(
            "{n} article of {name} could not be read: {articles}.",
            "{n} articles of {name} could not be read: {articles}.",
        ),
        "given_up_remedy": "The site itself may show what is there.",
        "headlines_only": _n(
            "Headline only, of {n} article of {name}: {articles}.",
            "Headline only, of {n} articles of {name}: {articles}.",
        ),
        "headlines_remedy": "Watches searched what the list said; the pages themselves could not be read.",
        "waiting": _n(
            "Still to be read of {name}: {n} article, {articles}.",
            "Still to be read of {name}: {n} articles, {articles}.",
        ),
        "reshaped": _n(
            "{name}: {without} of {n} article had to be read without the source's selectors; its pages may have "
            "changed.",
            "{name}: {without} of {n} articles had to be read without the source's selectors; its pages may have "
            "changed.",
        ),
        "reshaped_remedy": "Parts of the texts may be missing: presswatch source test shows what is received.",
        "switched_off": "Switched off: {names}.",
        "no_hit": "No hit: {names}.",
        "last_hit": "last {day}",
        "here_down": "Since {since} this computer reached none of the sites it asked. No site is blamed.",
        "here_remedy": "No internet here, or a proxy is needed: presswatch doctor.",
        "here_was_down": "From {since} to {until} this computer reached none of the sites it asked. No site was "
        "blamed; reading went on by itself.",
        "odd": "{name} {state} since {since}: {matter}.",
        "again_usual": "{name} is as usual again since {since}; {before} since {then} ({matter}).",
        "again_read": "{name} is read again since {since}; {before} since {then} ({matter}).",
        "earlier_fault": "{name}, before that: {before} from {since} to {until} ({matter}), then read again until the "
        "next fault.",
        "was_quiet": "it was quiet",
        "was_degraded": "it was degraded",
        "was_down": "it was down",
        "was_refused": "it was refused",
        "possible_gap": "Possible gap in {name}, {since} to {until}: its list had moved on between two visits.",
        "possible_gaps": "Possible gap in {name}, {since} to {until}: its list had moved on between two visits "
        "({n} times).",
        "then_read_back": "What it published meanwhile was read back: no gap.",
        "read_back": "What {name} published from {since} to {until} was read back: no gap.",
        "moved": "{name} has moved for good to {address}",
        "moved_remedy": "Put the new address into config.yaml as its url.",
        "possible_gap_remedy": "The site itself may show what is missing; presswatch source backfill reads further "
        "back.",
        # Four weeks, a bar a day.
        "bars": "Four weeks, a bar a day",
        "bar": _n("{n} story in {days} days, {today} on the last", "{n} stories in {days} days, {today} on the last"),
        # The foot.
        "foot": "Headlines, leads and times are the publishers' own; hours of {place}.",
        "link_irrelevant": "Not relevant",
        "link_missing": "Something missing?",
        "link_clean": "Clean copy to forward",
        "link_hours": "My hours",
        "link_stop": "Stop",
    },
)
