"""English forms: names take plural and possessive, common words every inflection, nothing derived."""

from __future__ import annotations

import pytest

from tests.news.text.hits import hits


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Minister", "ministers"),
        ("Minister", "the Minister's visit"),
        ("Minister", "Ministers’ meeting"),
        ("Ministry", "Ministries"),
        ("Embassy", "embassies"),
        ("Congress", "Congresses"),
        ("Konoé", "Konoe's"),
        ("Konoe", "Konoé"),
        ("Türksoy", "Turksoy"),
        ("embassy", "Embassies"),
        ("flood", "flooding"),
        ("flood", "flooded"),
        ("floods", "flood"),
        ("warning", "warned"),
        ("evacuate", "evacuating"),
        ("evacuate", "evacuated"),
        ("stop", "stopped"),
        ("travel", "travelled"),
        ("policy", "policies"),
        ("crisis", "crises"),
        ("child", "children's"),
        ("meet", "met"),
        ("organisation", "Organizations"),
        ("center", "centres"),
        ("early warning", "early-warning systems"),
        ("early warning", "early warnings"),
        ("Red Crescent", "Red Crescent's volunteers"),
        ("Ministry of Foreign Affairs", "MINISTRY OF FOREIGN AFFAIRS"),
        ("COP29", "COP29's"),
        ("2024", "in 2024"),
    ],
)
def test_inflection_matches(term: str, text: str) -> None:
    assert hits(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Minister", "ministry"),
        ("Minister", "ministerial"),
        ("Minister", "administer"),
        ("Konoé", "Kono"),
        ("German", "Germany"),
        ("nation", "national"),
        ("nation", "nationality"),
        ("elect", "election"),
        ("news", "new"),
        ("universe", "university"),
        ("string", "str"),
        ("ring", "r"),
        ("Red", "redder"),
        ("early warning", "warning, early"),
        ("early warning", "early, warning"),
        ("Red Crescent", "red and Crescent"),
        ("bus", "bu"),
        ("analysis", "analyst"),
    ],
)
def test_other_words_do_not(term: str, text: str) -> None:
    assert not hits(term, text)
