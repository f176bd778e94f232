"""Inheritance: one parent by ``extends``, named ``overrides``, then ``--set key=value``.

Documents are merged as plain data before they are checked, and every value keeps the file and
line that set it.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from planner.documents import Document, KeyPath, Place, dotted, parse, read
from planner.errors import InvalidData, Problem, did_you_mean
from planner.scenario.quantity import is_series


def resolve(path: Path, overrides: tuple[str, ...] = (), sets: tuple[str, ...] = ()) -> Document:
    """The merged document of a scenario file.

    Raises InvalidData: SCN002 missing parent, SCN003 a cycle of parents, SCN011 unknown override,
    SCN012 malformed ``--set``.
    """
    chain = _chain(path)
    merged = Document(chain[0].file, {}, {})
    for document in reversed(chain):
        _merge(merged, document)
    merged.file = chain[0].file
    merged.data.pop("extends", None)
    problems: list[Problem] = []
    for change, texts in ((_switch_on, overrides), (_set, sets)):
        for text in texts:
            try:
                change(merged, text)
            except InvalidData as error:
                problems += error.problems
    if problems:
        raise InvalidData(problems)
    return merged


def _chain(path: Path) -> list[Document]:
    chain: list[Document] = []
    seen: list[Path] = []
    while True:
        document = read(path, shown(path))
        if not isinstance(document.data, dict):
            problem = document.problem("DOC005", (), "a scenario is a mapping of keys")
            raise InvalidData([problem])
        seen.append(path.resolve())
        chain.append(document)
        parent = document.data.get("extends")
        if parent is None:
            return chain
        path = _parent(path, str(parent))
        if path.resolve() in seen:
            names = " -> ".join(p.stem for p in [*seen, path.resolve()])
            problem = document.problem("SCN003", ("extends",), f"parents form a circle: {names}")
            raise InvalidData([problem])
        if not path.is_file():
            near = did_you_mean(str(parent), [p.stem for p in path.parent.glob("*.yaml")])
            what = f"there is no scenario '{parent}' to extend"
            raise InvalidData([document.problem("SCN002", ("extends",), what, near)])


def _parent(child: Path, name: str) -> Path:
    return child.parent / (name if name.endswith((".yaml", ".yml", ".json")) else f"{name}.yaml")


def shown(path: Path) -> str:
    """A path as messages print it: relative to the working folder where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _merge(into: Document, document: Document) -> None:
    into.data = _merged(into.data, document.data, (), into, document)


def _merged(old: Any, new: Any, key: KeyPath, into: Document, source: Document) -> Any:
    if not (isinstance(old, dict) and isinstance(new, dict)) or _replaces(old, new, key):
        _forget(into, key)
        _adopt(into, source, key)
        return new
    into.places[key] = source.place(key)
    result = dict(old)
    for name, value in new.items():
        child = (*key, name)
        if value is None:
            result.pop(name, None)
            _forget(into, child)
        else:
            result[name] = _merged(old.get(name), value, child, into, source)
    return result


def _replaces(old: dict[str, Any], new: dict[str, Any], key: KeyPath) -> bool:
    """Steps by period replace a parent's steps whole; half a series of each would mislead."""
    return key != ("horizon",) and bool(new) and (is_series(new) or is_series(old))


def _forget(document: Document, key: KeyPath) -> None:
    for known in [k for k in document.places if k[: len(key)] == key]:
        del document.places[known]


def _adopt(into: Document, source: Document, key: KeyPath) -> None:
    for known, place in source.places.items():
        if known[: len(key)] == key:
            into.places[known] = place


def _switch_on(merged: Document, name: str) -> None:
    known = merged.data.get("overrides") or {}
    known = known if isinstance(known, dict) else {}
    if name not in known:
        hint = did_you_mean(name, known) or f"known: {', '.join(known) or 'none'}"
        problem = Problem("SCN011", "--override", name, f"no override called '{name}'", hint)
        raise InvalidData([problem])
    if not isinstance(known[name], dict):
        what = "an override is a mapping of dotted keys to values"
        raise InvalidData([merged.problem("DOC005", ("overrides", name), what)])
    for key_text, value in known[name].items():
        source = merged.place(("overrides", name, key_text))
        _put(merged, tuple(key_text.split(".")), value, source)


def _set(merged: Document, text: str) -> None:
    key_text, equals, value_text = text.partition("=")
    if not equals or not key_text.strip():
        hint = "write --set sites.ohio.power='24 MW'"
        raise InvalidData([Problem("SCN012", "--set", text, "is not key=value", hint)])
    value = parse(value_text, "--set").data if value_text.strip() else ""
    _put(merged, tuple(key_text.strip().split(".")), value, Place("--set", 0))


def changed(document: Document, values: dict[str, Any], told_at: KeyPath) -> Document:
    """A copy of a merged document with dotted keys set.

    told_at: the key whose children named the changes, for the places of problems.

    Raises InvalidData: SCN012 where a key leads through a value.
    """
    other = Document(document.file, deepcopy(document.data), dict(document.places))
    for key_text, value in values.items():
        _put(other, tuple(key_text.split(".")), value, document.place((*told_at, key_text)))
    return other


def _put(merged: Document, key: tuple[str, ...], value: Any, place: Place) -> None:
    data = merged.data
    for depth, name in enumerate(key[:-1]):
        inner = data.get(name)
        if inner is None:
            inner = {}
            merged.places[key[: depth + 1]] = place
        if not isinstance(inner, dict):
            what = f"'{dotted(key[: depth + 1])}' is a value, nothing can stand inside it"
            raise InvalidData([Problem("SCN012", str(place), dotted(key), what)])
        data[name] = dict(inner)
        data = data[name]
    _forget(merged, key)
    merged.places[key] = place
    if value is None:
        data.pop(key[-1], None)
    else:
        data[key[-1]] = value
