"""How sources are doing: states, norms learnt from their own history, outages of this computer, possible gaps. Pure."""

from news.health.gaps import Gap, overrun
from news.health.judge import Evidence, failed_in_a_row, judge, reason_of, telling
from news.health.norms import Norms, learn
from news.health.outage import Newest, Outage, Weather, is_over, weather
from news.health.state import HERE, Condition, Health, Notice, NoticeKind, Sign, SignKind, change

__all__ = [
    "HERE",
    "Condition",
    "Evidence",
    "Gap",
    "Health",
    "Newest",
    "Norms",
    "Notice",
    "NoticeKind",
    "Outage",
    "Sign",
    "SignKind",
    "Weather",
    "change",
    "failed_in_a_row",
    "is_over",
    "judge",
    "learn",
    "overrun",
    "reason_of",
    "telling",
    "weather",
]
