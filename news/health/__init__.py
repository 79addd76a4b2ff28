"""How sources are doing: states, norms learnt from their own history, outages of this computer, possible gaps. Pure."""

from news.health.declared import Declared
from news.health.gaps import Gap, GapNews, OpenGap, after_pursuit, after_visit, before_list, overrun
from news.health.judge import Evidence, failed_in_a_row, judge, reason_of, telling
from news.health.moves import Move, address_now, seen
from news.health.norms import Norms, learn
from news.health.outage import Newest, Outage, Weather, is_over, weather
from news.health.pace import UNSAID, Pace, not_before
from news.health.state import HERE, Condition, Health, Notice, NoticeKind, Sign, SignKind, change

__all__ = [
    "HERE",
    "UNSAID",
    "Condition",
    "Declared",
    "Evidence",
    "Gap",
    "GapNews",
    "Health",
    "Move",
    "Newest",
    "Norms",
    "Notice",
    "NoticeKind",
    "OpenGap",
    "Outage",
    "Pace",
    "Sign",
    "SignKind",
    "Weather",
    "address_now",
    "after_pursuit",
    "after_visit",
    "before_list",
    "change",
    "failed_in_a_row",
    "is_over",
    "judge",
    "learn",
    "not_before",
    "overrun",
    "reason_of",
    "seen",
    "telling",
    "weather",
]
