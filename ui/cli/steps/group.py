"""The group `presswatch try`."""

from __future__ import annotations

from ui.cli import frame
from ui.cli.steps.article import try_article
from ui.cli.steps.feed import try_feed
from ui.cli.steps.match import try_match
from ui.cli.steps.small import try_date, try_language, try_robots, try_url
from ui.cli.steps.stories import try_stories

app = frame.group("Run one step of the pipeline on files or stdin; JSON lines out.")
app.command("feed")(try_feed)
app.command("article")(try_article)
app.command("url")(try_url)
app.command("date")(try_date)
app.command("language")(try_language)
app.command("robots")(try_robots)
app.command("match")(try_match)
app.command("stories")(try_stories)
