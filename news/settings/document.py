"""config.yaml as plain values that remember their places: every fault can name its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from news.errors import Complaint, SettingsError

Path = tuple[str | int, ...]
_CORE = "tag:yaml.org,2002:"
_TRUE = ("true", "yes", "on", "y")
_SYNTAX_REMEDIES: dict[str, str] = {
    r"character '\\t'": "A tab stands here: indent with spaces",
    r"mapping values are not allowed": "Is the indentation right? A text that holds a colon and a space goes in quotes",
    r"cannot start any token": "A text that begins with this character goes in quotes",
    r"unexpected end of stream": "A closing quote is missing",
    r"expected <block end>": "The indentation of this line fits no line above it",
    r"expected ',' or": "A comma or a closing bracket is missing",
    r"another document": 'Keep one document: take the second "---" out',
    r"could not find expected ':'": "A colon after the key is missing",
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """The values of a YAML text and where they stand.

    values and keys: the node of each value, and of the key it stands under, by path. complaints: faults of form.
    """

    text: str
    file: str
    data: dict[str, object]
    values: dict[Path, Node] = field(default_factory=dict)
    keys: dict[Path, Node] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `path` or of its key; of the nearest thing around it if absent."""
        for length in range(len(path), 0, -1):
            around = path[:length]
            node = self.values.get(around)
            nothing_written = node is not None and node.start_mark.index == node.end_mark.index
            if (key and around == path) or nothing_written:
                node = self.keys.get(around, node)
            if node is not None:
                return node.start_mark.line + 1, node.start_mark.column + 1
        return 1, 1

    def place_within(self, path: Path, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset` of the text at `path`, in whichever style it is written."""
        node = self.values.get(path)
        at = _source_index(self.text, node, offset) if isinstance(node, ScalarNode) else None
        if at is None:
            return self.place(path)
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def written(self, path: Path) -> str:
        """The value at `path` as it is written, shortened for a complaint; a list or section only by its name."""
        node = self.values.get(path)
        if isinstance(node, ScalarNode):
            line = " ".join(node.value.split())
            return f"{line[:57]}..." if len(line) > 60 else line
        return "a list" if isinstance(node, SequenceNode) else "a section" if isinstance(node, MappingNode) else ""

    def complain(self, path: Path, problem: str, remedy: str = "", *, found: str = "", key: bool = False) -> None:
        """Note a fault at the value of `path`, or at its key."""
        self.complain_at(self.place(path, key=key), path, problem, remedy, found=found)

    def complain_at(
        self, place: tuple[int, int], path: Path, problem: str, remedy: str = "", *, found: str = ""
    ) -> None:
        """Note a fault of `path` at a line and column of its own."""
        line, column = place
        self.complaints.append(
            Complaint(
                file=self.file, line=line, column=column, path=dotted(path), found=found, problem=problem, remedy=remedy
            )
        )


def dotted(path: Path) -> str:
    """The path as people write it: `sources[2].url`, lists counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).lstrip(".") or "the file"


def read_document(text: str, *, file: str, aliases: bool = False) -> Document:
    """Read a YAML text into plain values with places; raises SettingsError where its form is broken.

    Plain words stay words: `no`, `08:00` and dates are texts here, only true/false, numbers and null are not.
    aliases: a value may repeat another one (`*name`); only for texts that come with the program.
    """
    text = text.removeprefix("\ufeff")
    root = _compose(text, file)
    document = Document(text=text, file=file, data={})
    if root is None:
        document.complain(
            (), "is empty", 'Write at least contact: and one source; "presswatch init" makes a working file'
        )
        raise SettingsError(tuple(document.complaints))
    if not isinstance(root, MappingNode):
        found = "a list" if isinstance(root, SequenceNode) else "a text"
        document.complain((), "is not made of keys and values", "Begin with a key such as contact:", found=found)
        raise SettingsError(tuple(document.complaints))
    data = _Conversion(document, aliases=aliases).mapping(root, ())
    # A section whose lines are all commented out says nothing.
    document.data.update({key: value for key, value in data.items() if value is not None})
    return document


def _compose(text: str, file: str) -> Node | None:
    try:
        # Not the round-trip kind: that one leaves control characters where a folded text was folded.
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
        return node
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        # The name that YAML quotes may be a password that began with * or &.
        problem = re.sub(
            r"(alias|anchor|handle|tag) '[^']*'", r"\1", " ".join(filter(None, (error.context, error.problem)))
        )
    except ReaderError as error:
        line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
        problem = "a control character stands here"
    except RecursionError:
        line, column, problem = 1, 1, "it is nested too deeply"
    except YAMLError:
        line, column, problem = 1, 1, "it cannot be read"
    remedy = next((remedy for sign, remedy in _SYNTAX_REMEDIES.items() if re.search(sign, problem)), "")
    complaint = Complaint(
        file=file, line=line, column=column, path="the file", found="", problem=f"is not YAML: {problem}", remedy=remedy
    )
    raise SettingsError((complaint,))


class _Conversion:
    """One walk over the nodes of a document, noting places and faults of form in it."""

    def __init__(self, document: Document, *, aliases: bool) -> None:
        self.document, self.aliases, self.seen = document, aliases, set[int]()

    def mapping(self, node: MappingNode, path: Path) -> dict[str, object]:
        """The section as a dictionary; doubled keys are noted, the first counts."""
        values: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode) or key.tag == f"{_CORE}merge":
                place = (key.start_mark.line + 1, key.start_mark.column + 1)
                self.document.complain_at(place, path, "has something that is no plain key", "Write name: value")
                continue
            below = (*path, str(key.value))
            if key.value in values:
                first = self.document.keys[below].start_mark.line + 1
                place = (key.start_mark.line + 1, key.start_mark.column + 1)
                problem = f"stands here a second time (first in line {first})"
                self.document.complain_at(place, below, problem, "Keep one of them")
                continue
            self.document.keys[below] = key
            values[key.value] = self.value(value, below)
        return values

    def value(self, node: Node, path: Path) -> object:
        """The node as a plain value."""
        self.document.values[path] = node
        if id(node) in self.seen and not self.aliases:
            # Also what keeps a few lines of aliases from growing into gigabytes.
            self.document.complain(path, "repeats another value by an alias", "Write the value out", key=True)
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(one, (*path, position)) for position, one in enumerate(node.value)]
        if not str(node.tag).startswith(_CORE) or "/" in str(node.tag):
            self.document.complain(path, "has a YAML tag, which is not read here", "Take the word with the ! out")
        return _scalar(str(node.tag), str(node.value))


def _scalar(tag: str, text: str) -> object:
    if tag == f"{_CORE}null":
        return None
    convert = _SCALARS.get(tag.removeprefix(_CORE))
    try:
        return convert(text) if convert else text
    except ValueError:
        return text  # 8:00 and 0x1F are numbers to some YAML readers; here they are what is written


_SCALARS: dict[str, Callable[[str], object]] = {
    "bool": lambda text: text.lower() in _TRUE,
    "float": lambda text: float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan")),
    "int": lambda text: int(text.replace("_", "")),
}


def _source_index(text: str, node: ScalarNode, offset: int) -> int | None:
    """Where in `text` the character `offset` of the scalar stands, walking both side by side; None if they part."""
    at: int = node.start_mark.index
    if node.style in ("|", ">"):
        at = text.index("\n", at) + 1
    elif node.style in ("'", '"'):
        at += 1
    for position, wanted in enumerate(node.value):
        while at < len(text) and text[at] != wanted and not (wanted.isspace() and text[at].isspace()):
            if not (text[at].isspace() or text[at] == "\\"):
                return None
            at += 1
        if position == offset:
            return at
        at += 2 if wanted == node.style == "'" else 1
    return at
