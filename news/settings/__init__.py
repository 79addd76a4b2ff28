"""The settings: config.yaml and the environment, checked as a whole, with complaints that name the place."""

from news.settings.models import Settings
from news.settings.packs import PackLabel, pack_labels
from news.settings.parse import parse_settings
from news.settings.schema import settings_schema
from news.settings.show import redacted, redacted_text

__all__ = [
    "PackLabel",
    "Settings",
    "pack_labels",
    "parse_settings",
    "redacted",
    "redacted_text",
    "settings_schema",
]
