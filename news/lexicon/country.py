"""Bodies and offices that every country has: bare "Ministry of Health" may be anybody's, so the country is added.

Each pattern is how a text says whose body it is; {} is the bare name.
"""

from __future__ import annotations

from collections.abc import Mapping

_Patterns = Mapping[str, tuple[str, ...]]

COUNTRIES: Mapping[str, _Patterns] = {
    "kz": {
        "en": (
            "{} of Kazakhstan",
            "{} of the Republic of Kazakhstan",
            "Kazakh {}",
            "Kazakhstan {}",
            "Kazakhstan's {}",
            "Kazakhstani {}",
        ),
        "ru": ("{} Казахстана", "{} Республики Казахстан", "{} РК"),
        "kk": (
            "Қазақстан {}",
            "Қазақстанның {}",
            "Қазақстан Республикасы {}",
            "Қазақстан Республикасының {}",
            "ҚР {}",
        ),
    },
    "kg": {
        "en": ("{} of Kyrgyzstan", "{} of the Kyrgyz Republic", "Kyrgyz {}", "Kyrgyzstan's {}"),
        "ru": ("{} Кыргызстана", "{} Киргизии", "{} Кыргызской Республики"),
        "kk": ("Қырғызстан {}", "Қырғызстанның {}", "Қырғыз Республикасының {}"),
    },
    "tj": {
        "en": ("{} of Tajikistan", "{} of the Republic of Tajikistan", "Tajik {}", "Tajikistan's {}"),
        "ru": ("{} Таджикистана", "{} Республики Таджикистан"),
        "kk": ("Тәжікстан {}", "Тәжікстанның {}"),
    },
    "tm": {
        "en": ("{} of Turkmenistan", "Turkmen {}", "Turkmenistan's {}"),
        "ru": ("{} Туркменистана", "{} Туркмении"),
        "kk": ("Түрікменстан {}", "Түрікменстанның {}"),
    },
    "uz": {
        "en": ("{} of Uzbekistan", "{} of the Republic of Uzbekistan", "Uzbek {}", "Uzbekistan's {}"),
        "ru": ("{} Узбекистана", "{} Республики Узбекистан"),
        "kk": ("Өзбекстан {}", "Өзбекстанның {}"),
    },
    "ru": {
        "en": ("{} of Russia", "{} of the Russian Federation", "Russian {}", "Russia's {}"),
        "ru": ("{} России", "{} Российской Федерации", "{} РФ"),
        "kk": ("Ресей {}", "Ресейдің {}"),
    },
}


def with_country(text: str, language: str, country: str) -> tuple[str, ...]:
    """The bare name with the country, in every way of that language."""
    return tuple(pattern.format(text) for pattern in COUNTRIES[country][language])
