"""What README and the other documents say is so: their settings, watches, paths and tables are tried."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from news.errors import QuerySyntaxError, SettingsError
from news.item import Item
from news.settings import Settings, pack_labels, parse_settings
from news.settings.environment import read_environment
from news.settings.models import ConfigFile
from news.settings.page_forms import ArticlesEntry, FieldsEntry, LinksEntry, PagingEntry
from news.settings.people import RecipientEntry, ScheduleEntry, WatchEntry
from news.settings.sections import Section
from news.settings.sources import FeedEntry, JsonEntry, ListingEntry, SitemapEntry
from news.settings.values import written_duration
from news.source import Standing
from news.visit import Reason, Visit, VisitResult
from news.watch.compiler import check_watch
from news.watch.matcher import Matcher, index_item
from news.watch.query import FIELDS
from news.watch.watch import Watch
from tests.documentation import DOCUMENTS, README, ROOT, Block, blocks, code, rows, spans, text_of
from ui.cli.exits import ExitStatus
from ui.cli.run_report import nothing_reached

_CONFIG_SECTION = README.partition("## config.yaml, section by section\n")[2].partition("\n## ")[0]
_PACKS = "| pack | what it holds | read unless `packs` says otherwise |"
_PACKAGES = r"(?:news|crawler|storage|scheduler|ui|tests|bench|deploy|docs)"
_PATH = re.compile(rf"(?<![\w./:-]){_PACKAGES}/[\w./-]*|\b[\w.-]+\.(?:md|yaml|toml|lock|service|html|css|py)\b")
# The name of a library, not of a file.
_NO_FILES = ("ruamel.yaml",)


def settings_of(text: str) -> Settings:
    """The settings that a block means; a fragment gets the one line without which there are none."""
    values = {"contact": "press@desk.example", **YAML(typ="base", pure=True).load(text)}
    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump(values, stream)
    return parse_settings(stream.getvalue(), {}, read_secret=lambda _: "a secret long enough")


@pytest.mark.parametrize("block", blocks("yaml"), ids=lambda block: block.text.strip().partition("\n")[0])
def test_every_settings_block_is_right(block: Block) -> None:
    try:
        settings_of(block.text)
    except SettingsError as error:
        pytest.fail(f"{block.document}: {error}")


def test_there_are_settings_blocks_for_every_list() -> None:
    keys = {line.partition(":")[0] for block in blocks("yaml") for line in block.text.splitlines() if line[:1].strip()}
    assert keys >= {"sources", "watches", "recipients", "smtp", "database"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_named_exists(document: str) -> None:
    text = text_of(document)
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", text)
    named = {match.rstrip(".,-") for match in _PATH.findall(text)} | set(links)
    assert named or document == "CHANGELOG.md"
    assert [path for path in sorted(named) if path not in _NO_FILES and not _exists(path)] == []


def _exists(path: str) -> bool:
    """Whether a path exists in the checkout; a bare file name may be that of a file in some package."""
    return (ROOT / path).exists() or ("/" not in path and any(ROOT.glob(f"[a-z]*/**/{path}")))


def test_every_link_within_readme_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_named_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    typed = "\n".join(
        [*spans(text_of(document)), *re.findall(r"^(?:    |\$ )(make .*)$", text_of(document), re.MULTILINE)]
    )
    assert set(re.findall(r"\bmake ([a-z]+)", typed)) <= targets


@pytest.mark.parametrize(("query", "finds", "not_this"), rows("| write | it finds | but not |"))
def test_the_watch_language_finds_what_the_table_says(query: str, finds: str, not_this: str) -> None:
    assert _found(code(query), finds)
    assert not _found(code(query), not_this)


def _found(query: str, title: str) -> bool:
    item = Item(
        title=title,
        url="https://sample.example/1",
        source="sample",
        publisher="Sample",
        standing=Standing.UN,
        language="en",
        seen_at=datetime(2026, 3, 9, tzinfo=UTC),
        keys=(),
        text_hash="",
        content_hash="",
    )
    return bool(Matcher([Watch(name="sample", query=query)]).matches(index_item(item)))


def test_every_field_has_a_row_with_an_example_that_parses() -> None:
    table = rows("| field | looks at | for example |")
    assert {code(field).rstrip(":") for field, _, _ in table} == set(FIELDS)
    for field, _, example in table:
        check_watch(code(example))
        assert code(field) in example


@pytest.mark.parametrize(("query", "problem"), rows("| write | refused: |"))
def test_what_is_said_to_be_refused_is_refused_so(query: str, problem: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        check_watch(code(query))
    assert refused.value.problem == problem


def test_every_key_of_the_sections_has_a_row_with_its_default() -> None:
    table = {code(key): code(default) for key, default, _ in rows("| key | without it | meaning |")}
    expected = {name: _default(ConfigFile, name) for name in ("contact", "zone")}
    assert table == expected
    text = _CONFIG_SECTION.partition("**The rest has values that work.**")[2]
    listed = dict(re.findall(r"^\| `([a-z]+\.[a-z_]+)` \| (.*?) \|", text, re.MULTILINE))
    assert {key: code(default) for key, default in listed.items()} == {
        f"{section}.{name}": _default(type(model), name)
        for section, model in ((name, field.default) for name, field in ConfigFile.model_fields.items())
        if isinstance(model, Section)
        for name in type(model).model_fields
    }


def _default(model: type[Section], name: str) -> str:
    """A key's default as README writes it: `none` for nothing, `required` where there is no default."""
    field = model.model_fields[name]
    if field.is_required():
        return "required"
    value = field.default
    if isinstance(value, timedelta):
        return written_duration(value)
    if hasattr(value, "get_secret_value"):
        value = value.get_secret_value()
    return f"{value:g}" if isinstance(value, float) else str(value) if value not in ("", (), None) else "none"


def test_every_key_of_sources_watches_and_recipients_is_explained() -> None:
    table = {code(key): default for key, default, _ in rows("| key of a source | without it | meaning |")}
    forms = (FeedEntry, JsonEntry, ListingEntry, SitemapEntry)
    keys = {field.alias or name: field for form in forms for name, field in form.model_fields.items()}
    assert set(table) == set(keys)
    assert {key for key, default in table.items() if default == "required"} == {
        key for key, field in keys.items() if field.is_required()
    } | {"links"}
    inner = {"fields": FieldsEntry, "links": LinksEntry, "articles": ArticlesEntry, "paging": PagingEntry}
    for key, form in inner.items():
        (row,) = re.findall(rf"^\| `{key}` .*$", _CONFIG_SECTION, re.MULTILINE)
        assert [name for name in form.model_fields if f"`{name}`" not in row] == [], key
    for model in (WatchEntry, RecipientEntry, ScheduleEntry):
        names = [field.alias or name for name, field in model.model_fields.items()]
        assert [name for name in names if not re.search(rf"\b{name}\b[`:]", README)] == []


def test_every_pack_has_a_row() -> None:
    table = {
        code(name): default
        for name, _, default in rows("| pack | what it holds | read unless `packs` says otherwise |")
    }
    assert table == {label.name: "yes" if label.default else "no" for label in pack_labels()}


def test_every_top_level_key_is_documented() -> None:
    assert [key for key in ConfigFile.model_fields if not re.search(rf"`{key}[`.]", _CONFIG_SECTION)] == []


def test_every_variable_named_is_one() -> None:
    named = set(re.findall(r"PRESSWATCH__[A-Z_]+", README)) - {"PRESSWATCH__SECTION__KEY"}
    assert named
    assert read_environment(dict.fromkeys(named, "x")).complaints == []


def test_the_exit_statuses_are_those_of_the_program() -> None:
    assert [int(status) for status, _ in rows("| exit status | meaning |")] == [int(status) for status in ExitStatus]


def test_the_words_for_nothing_reached_and_for_a_faulty_setting_are_the_programs() -> None:
    texts = [block.text for block in blocks("text")]
    now = datetime(2026, 3, 9, tzinfo=UTC)
    shipped = (ROOT / "config.yaml").read_text(encoding="utf-8")
    sources = [one for one in parse_settings(shipped, {}, read_secret=str).sources if one.enabled]
    visits = [Visit(source=one.id, started_at=now, result=VisitResult.SOFT, reason=Reason.DNS) for one in sources]
    assert "\n".join(nothing_reached(visits)) + "\n" in texts
    with pytest.raises(SettingsError) as wrong:
        parse_settings(shipped.replace("zone: Asia/Almaty", "zone: Asia/Almatty", 1), {}, read_secret=str)
    assert f"presswatch: {wrong.value}\n" in texts


def test_how_the_reader_names_itself_is_as_stated() -> None:
    assert f"`{ConfigFile(contact='a@b.example').crawler.speaking_for('contact').user_agent}`" in README


def test_the_picture_is_a_small_one() -> None:
    picture = (ROOT / "docs" / "digest.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


def test_the_unit_fits_the_program_and_readme() -> None:
    unit = (ROOT / "deploy" / "presswatch.service").read_text(encoding="utf-8")
    values = dict(re.findall(r"^#?(\w+)=(.*)$", unit, re.MULTILINE))
    home = Path(values["WorkingDirectory"])
    assert values["ExecStart"] == f"{home}/.venv/bin/presswatch run --config {home}/config.yaml"
    assert values["ReadWritePaths"] == str(home / "var")
    assert f"install -d -o {values['User']} -g {values['User']} -m 700 {home}/var" in README
    assert read_environment(dict([values["Environment"].split("=", 1)])).complaints == []
    assert values["LoadCredential"].partition(":")[2] in README
    assert int(values["TimeoutStopSec"]) > ConfigFile(contact="a@b.example").daemon.grace
    assert int(values["RestartPreventExitStatus"]) == ExitStatus.CONFIGURATION
