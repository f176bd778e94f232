"""YAML files whose every key remembers the line it stands on.

A document is composed once by ruamel's C parser; scalars follow YAML 1.2 (only ``true`` and
``false`` are booleans, so ``no`` stays a word).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, RootModel, ValidationError
from ruamel.yaml import YAMLError
from ruamel.yaml.cyaml import CSafeLoader
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from planner.errors import InvalidData, Problem, did_you_mean

KeyPath = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9]+$")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_SPECIAL = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    "-.inf": float("-inf"),
}


@dataclass(frozen=True)
class Place:
    """Where a value was written."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass
class Document:
    """Plain data and the place of every key in it."""

    file: str
    data: Any
    places: dict[KeyPath, Place] = field(default_factory=dict)

    def place(self, key: KeyPath) -> Place:
        """The place of ``key``, or of its nearest ancestor that was written down."""
        for length in range(len(key), -1, -1):
            if key[:length] in self.places:
                return self.places[key[:length]]
        return Place(self.file, 0)

    def problem(self, code: str, key: KeyPath, what: str, hint: str = "") -> Problem:
        """A problem that stands at ``key``."""
        return Problem(code, str(self.place(key)), dotted(key), what, hint)


def dotted(key: KeyPath) -> str:
    """``("sites", "ohio", "power")`` as ``sites.ohio.power``."""
    return ".".join(map(str, key))


def read(path: Path, shown_as: str | None = None) -> Document:
    """Read one YAML file; DOC001 when it cannot be parsed, DOC002 for a key written twice."""
    name = shown_as or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InvalidData([Problem("DOC001", name, "", what)]) from error
    except UnicodeDecodeError as error:
        place = Place(name, error.object[: error.start].count(b"\n") + 1)
        what = "cannot be read: it is not UTF-8 text"
        raise InvalidData([Problem("DOC001", str(place), "", what)]) from error
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Parse YAML text that came from ``name``."""
    try:
        root = CSafeLoader(text).get_single_node()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(name, mark.line + 1 if mark else 0)
        what = getattr(error, "problem", None) or str(error)
        raise InvalidData([Problem("DOC001", str(place), "", f"not YAML: {what}")]) from error
    document = Document(name, None)
    problems: list[Problem] = []
    try:
        document.data = _construct(root, (), document, problems) if root is not None else {}
    except RecursionError as error:
        what = "not YAML we can use: an alias stands inside itself"
        raise InvalidData([Problem("DOC001", str(Place(name, 1)), "", what)]) from error
    if problems:
        raise InvalidData(problems)
    return document


def _construct(node: Any, key: KeyPath, document: Document, problems: list[Problem]) -> Any:
    document.places.setdefault(key, Place(document.file, node.start_mark.line + 1))
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [
            _construct(item, (*key, index), document, problems)
            for index, item in enumerate(node.value)
        ]
    assert isinstance(node, MappingNode)
    mapping: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        child = (*key, name)
        if name in mapping:
            first = document.places[child].line
            here = Place(document.file, name_node.start_mark.line + 1)
            problems.append(
                Problem(
                    "DOC002",
                    str(here),
                    dotted(child),
                    f"'{name}' is written twice",
                    f"it stands on line {first} already; keep one of them",
                )
            )
            continue
        document.places[child] = Place(document.file, name_node.start_mark.line + 1)
        mapping[name] = _construct(value_node, child, document, problems)
    return mapping


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text


_Model = TypeVar("_Model", bound=BaseModel)

_CODE_OF_TYPE = {
    "extra_forbidden": "DOC003",
    "missing": "DOC004",
    "finite_number": "DOC008",
    "greater_than": "DOC007",
    "greater_than_equal": "DOC007",
}
_OWN_CODE = re.compile(r"[A-Z]{3}[0-9]{3}$")


def validate(
    model: type[_Model], document: Document, context: dict[str, Any] | None = None
) -> _Model:
    """Check a whole document against its schema; every problem with its place, all at once.

    context: what the schema's own readers need to know of the document.
    """
    try:
        return model.model_validate(document.data, context=context)
    except ValidationError as error:
        raise InvalidData(_problems(error, document, model)) from error


def _problems(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    problems = []
    for item in error.errors():
        kind, context = item["type"], item.get("ctx") or {}
        key = _key_in(document.data, tuple(item["loc"]), missing=kind == "missing")
        if "at" in context and isinstance(_at(document.data, key), list):
            key = (*key, context["at"])
        code = kind if _OWN_CODE.match(kind) else _CODE_OF_TYPE.get(kind, "DOC005")
        what, hint = item["msg"], context.get("hint", "")
        if kind == "extra_forbidden":
            accepted = sorted(_fields_at(model, key[:-1]))
            what = f"unknown key '{key[-1]}'"
            hint = did_you_mean(str(key[-1]), accepted) or f"accepted here: {', '.join(accepted)}"
        elif kind == "missing":
            what = f"the key '{key[-1]}' is missing"
        problem = document.problem(code, key, what, hint)
        if problem not in problems:
            problems.append(problem)
    return problems


def _key_in(data: Any, loc: KeyPath, missing: bool) -> KeyPath:
    """A schema's location as the key that was written; steps that only name a type are left out."""
    key: list[str | int] = []
    for step in loc:
        if isinstance(data, dict) and str(step) in data:
            data = data[str(step)]
            key.append(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            key.append(step)
    return (*key, loc[-1]) if missing else tuple(key)


def _at(data: Any, key: KeyPath) -> Any:
    """The value that was written at a key."""
    for step in key:
        data = data[step]
    return data


def _fields_at(model: type[BaseModel], key: KeyPath) -> set[str]:
    """The keys accepted at ``key``, through optional, listed and mapped models."""
    candidates: set[type[BaseModel]] = {model}
    for step in key:
        inner = {
            found
            for candidate in candidates
            for name, info in candidate.model_fields.items()
            if step in (name, info.alias)
            for found in _models_in(info.annotation)
        }
        candidates = inner or candidates
    for root in [c for c in candidates if issubclass(c, RootModel)]:
        candidates = candidates - {root} | _models_in(root.model_fields["root"].annotation)
    return {info.alias or name for c in candidates for name, info in c.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for inner in get_args(annotation) for model in _models_in(inner)}
