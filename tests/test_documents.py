"""YAML 1.2 words and numbers, and the place of every key."""

from __future__ import annotations

import math

import pytest
from pydantic import BaseModel, ConfigDict

from planner.documents import dotted, parse, validate
from planner.errors import InvalidData
from tests.support import document, problems


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "No", "YES", "y", "n", "Off"])
def test_only_true_and_false_are_booleans(word):
    assert document(f"key: {word}").data == {"key": word}


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("True", True), ("false", False), ("FALSE", False)]
)
def test_true_and_false_are_booleans(text, value):
    assert document(f"key: {text}").data["key"] is value


@pytest.mark.parametrize("text", ["", "~", "null", "Null"])
def test_nothing_is_null(text):
    assert document(f"key: {text}").data == {"key": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("-5", -5), ("007", 7), ("0.5", 0.5), (".5", 0.5), ("1e3", 1000.0), ("1.", 1.0)],
)
def test_numbers_are_numbers(text, value):
    found = document(f"key: {text}").data["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "text", ["2026-11-20", "2027Q1", "24 MW", "1:30", "1_000", "0x10", "0o7", "5 %"]
)
def test_dates_periods_and_quantities_stay_words(text):
    assert document(f"key: {text}").data == {"key": text}


def test_a_quoted_number_is_a_word():
    assert document("a: '5'\nb: \"true\"\n").data == {"a": "5", "b": "true"}


def test_nan_and_infinity_are_read_so_that_they_can_be_refused():
    data = document("a: .nan\nb: .inf\nc: -.inf\n").data
    assert math.isnan(data["a"])
    assert (data["b"], data["c"]) == (math.inf, -math.inf)


def test_keys_are_always_words():
    assert document("2027: 1\ntrue: 2\n").data == {"2027": 1, "true": 2}


def test_an_empty_file_is_an_empty_mapping():
    assert document("").data == {}
    assert document("# only a comment\n").data == {}


TEXT = """\
# a comment
sites:
  home:
    power: {2027Q1: 2 MW,
            2027Q3: 3 MW}
  away: {power: 1 MW}
list:
  - one
  - two: 2
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("sites",), 2),
        (("sites", "home"), 3),
        (("sites", "home", "power"), 4),
        (("sites", "home", "power", "2027Q1"), 4),
        (("sites", "home", "power", "2027Q3"), 5),
        (("sites", "away", "power"), 6),
        (("list",), 7),
        (("list", 0), 8),
        (("list", 1, "two"), 9),
    ],
)
def test_every_key_knows_its_line(key, line):
    assert str(document(TEXT).place(key)) == f"test.yaml:{line}"


def test_a_key_that_was_not_written_stands_where_its_nearest_ancestor_does():
    found = document(TEXT)
    assert str(found.place(("sites", "home", "racks"))) == "test.yaml:3"
    assert str(found.place(("offers", "none"))) == "test.yaml:2"


def test_the_same_key_in_two_mappings_keeps_two_places():
    found = document("a:\n  x: 1\nb:\n  x: 2\n")
    assert [str(found.place((name, "x"))) for name in "ab"] == ["test.yaml:2", "test.yaml:4"]


def test_dotted_keys_join_names_and_positions():
    assert dotted(("offers", "buy", "sites", 0)) == "offers.buy.sites.0"


def test_every_key_written_twice_is_told_at_once():
    found = problems(document, "a: 1\nb: {c: 1, c: 2}\na: 2\n")
    assert [(p.code, p.place, p.key) for p in found] == [
        ("DOC002", "test.yaml:2", "b.c"),
        ("DOC002", "test.yaml:3", "a"),
    ]


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\tx: 1", "a: 'open", "a: *nowhere"])
def test_what_is_not_yaml_is_refused_with_its_line(text):
    (problem,) = problems(document, f"first: line\n{text}\n")
    assert problem.code == "DOC001"
    assert problem.place.startswith("test.yaml:")


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    depth: float


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    inner: dict[str, Inner]


def test_a_schema_is_checked_whole_and_each_problem_placed():
    found = document("nmae: x\ninner:\n  a: {depth: deep}\n  b:\n    dept: 3\n")
    with pytest.raises(InvalidData) as refusal:
        validate(Outer, found)
    assert {(p.code, p.place, p.key) for p in refusal.value.problems} == {
        ("DOC003", "test.yaml:1", "nmae"),
        ("DOC004", "test.yaml:1", "name"),
        ("DOC005", "test.yaml:3", "inner.a.depth"),
        ("DOC004", "test.yaml:4", "inner.b.depth"),
        ("DOC003", "test.yaml:5", "inner.b.dept"),
    }
    hints = {p.key: p.hint for p in refusal.value.problems}
    assert hints["nmae"] == "did you mean 'name'?"
    assert hints["inner.b.dept"] == "did you mean 'depth'?"


def test_the_message_of_several_problems_counts_and_lists_them():
    with pytest.raises(InvalidData) as refusal:
        validate(Outer, parse("inner: {}\nextra: 1\n", "two.yaml"))
    lines = str(refusal.value).splitlines()
    assert lines[0] == "2 problems"
    assert sum(line.startswith(("DOC003 two.yaml:2 ", "DOC004 two.yaml:1 ")) for line in lines) == 2
    assert refusal.value.code in {"DOC003", "DOC004"}
