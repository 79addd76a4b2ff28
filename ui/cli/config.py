"""`presswatch config show | check | schema`."""

from __future__ import annotations

from itertools import chain

from ui.cli import frame
from ui.cli.frame import ConfigOption, JsonOption
from ui.cli.output import counted, print_json, say

app = frame.group("See and check the settings.")


@app.command("show")
def show(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print the settings in force.

    File and environment together; secrets only as set or not set.
    """
    from news.settings import redacted, redacted_text
    from scheduler.app import load_settings

    settings = load_settings(config)
    if as_json:
        print_json(redacted(settings))
        return
    say(redacted_text(settings).rstrip("\n"))


@app.command("check")
def check(config: ConfigOption = frame.DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Check the settings.

    Every fault is told with its line, column and remedy, with exit status 78; nothing else is touched. What is no fault
    but cannot work as it stands is told too, with exit status 0, and which languages a watch could read besides.
    """
    from scheduler.app import load_settings
    from ui.cli.doubts import doubts, key_doubts, signature_doubts, template_doubts
    from ui.cli.watch_concepts import stay_as_written

    settings = load_settings(config)
    hints = [hint for watch in settings.watches if (hint := stay_as_written(watch, settings.lexicon))]
    sources, watches, recipients = len(settings.sources), len(settings.watches), len(settings.recipients)
    home = config.absolute().parent
    of_files = (look(settings, home) for look in (template_doubts, signature_doubts, key_doubts))
    doubtful = [*doubts(settings), *chain.from_iterable(of_files)]
    if as_json:
        counts = {"sources": sources, "watches": watches, "recipients": recipients}
        print_json({"file": str(config), "ok": True, **counts, "warnings": doubtful, "hints": hints})
        return
    listed = f"{counted(sources, 'source')}, {counted(watches, 'watch', 'watches')}, {counted(recipients, 'recipient')}"
    verdict = "can be read" if doubtful else "is right"
    say(f"{config} {verdict}: {listed}. Digests go by {settings.default_channel}.")
    for doubt in doubtful:
        say(f" ! {doubt}")
    for hint in hints:
        say(f" . {hint}")


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of config.yaml.

    Editors complete and check the file with it.
    """
    from news.settings import settings_schema

    print_json(settings_schema())
