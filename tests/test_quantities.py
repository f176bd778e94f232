"""Units are converted once, at the boundary, or refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.quantities import DAYS_PER_YEAR, HOURS_PER_YEAR, UnitError, convert, factor, split

SAME_KIND = [
    ("%", "dimensionless", 0.01),
    ("percent", "dimensionless", 0.01),
    ("%/year", "1/year", 0.01),
    ("MUSD", "USD", 1e6),
    ("kUSD", "USD", 1e3),
    ("BUSD", "USD", 1e9),
    ("cent/kWh", "USD/kWh", 0.01),
    ("USD/MWh", "USD/kWh", 1e-3),
    ("USD/kW/month", "USD/kW/year", 12.0),
    ("USD/month", "USD/year", 12.0),
    ("%/quarter", "1/year", 0.04),
    ("MW", "kW", 1e3),
    ("GB", "TB", 1e-3),
    ("GiB", "GB", 1.073741824),
    ("GB", "GiB", 1 / 1.073741824),
    ("Gbit", "GB", 0.125),
    ("ktok/s", "tok/s", 1e3),
    ("Mtok/h", "tok/s", 1e6 / 3600),
    ("USD/Mtok", "USD/tok", 1e-6),
    ("PFLOPS", "TFLOPS", 1e3),
    ("TOPS", "TFLOPS", 1.0),
    ("USD/GPU/h", "USD/chip/h", 1.0),
    ("month", "week", DAYS_PER_YEAR / 12 / 7),
    ("year", "h", HOURS_PER_YEAR),
    ("s", "ms", 1e3),
    ("kgCO2e/MWh", "gCO2e/kWh", 1.0),
]


@pytest.mark.parametrize(("unit", "canonical", "expected"), SAME_KIND)
def test_a_unit_converts_to_another_of_its_kind(unit, canonical, expected):
    assert factor(unit, canonical) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("unit", "canonical", "expected"), SAME_KIND)
def test_there_and_back_is_where_it_began(unit, canonical, expected):
    assert factor(unit, canonical) * factor(canonical, unit) == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "canonical"),
    [("USD/kWh", "USD/kW/month"), ("USD/kW/month", "USD/kWh"), ("USD/MWh", "USD/kW/year"), ("cent/kWh", "USD/kW/h")],
)  # fmt: skip
def test_a_price_of_energy_is_none_of_power(unit: str, canonical: str) -> None:
    """Both are dollars per power and time; 0.1 USD/kWh read as a demand charge would be 73 USD/kW/month."""
    with pytest.raises(UnitError, match="is a price of"):
        factor(unit, canonical)


def test_energy_by_the_token_has_no_price_and_converts() -> None:
    """Twin: what is no price may be written either way: a token a second and watt is one a joule."""
    assert factor("tok/s/W", "tok/J") == pytest.approx(1.0)


def test_decimal_prefixes_come_out_exact():
    assert factor("MUSD", "USD") == 1_000_000.0
    assert factor("USD/kW/month", "USD/kW/year") == 12.0
    assert convert("0.4 MUSD", "USD") == 400_000.0


def test_a_gigabyte_is_not_a_gibibyte():
    assert convert("80 GiB", "GB") == pytest.approx(85.899, abs=1e-3)
    assert convert("80 GB", "GB") == 80.0


@pytest.mark.parametrize("unit", ["kiloWhat", "quid", "EUR", "USDD", "kw", "tokk/s", "¢"])
def test_a_unit_nobody_knows_is_refused_by_name(unit):
    with pytest.raises(UnitError, match=r"is not a unit$"):
        factor(unit, "USD")


@pytest.mark.parametrize(
    ("unit", "canonical"),
    [("kWh", "kW"), ("USD", "kW"), ("tok", "tok/s"), ("USD/h", "USD/chip/h"), ("chip", "system"), ("GB/s", "GB"), ("stack", "chip")],
)  # fmt: skip
def test_a_unit_of_another_kind_is_refused(unit, canonical):
    with pytest.raises(UnitError, match="not a unit of the same kind"):
        factor(unit, canonical)


@pytest.mark.parametrize("value", ["24", 24, 24.0])
def test_a_bare_number_is_refused_where_a_unit_belongs(value):
    with pytest.raises(UnitError, match="needs a unit, such as"):
        convert(value, "kW")


@pytest.mark.parametrize("value", ["0.12", 0.12, "12 %", "12%", "12 percent"])
def test_a_pure_number_may_be_bare_or_a_percentage(value):
    assert convert(value, "") == pytest.approx(0.12)


def test_a_unit_is_refused_where_none_belongs():
    with pytest.raises(UnitError):
        convert("12 kW", "")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "1e400"])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(UnitError, match="not a finite number"):
        convert(value, "")


@pytest.mark.parametrize("text", ["", "lots", "kW", "nan kW", "MW 24", "--5 kW"])
def test_text_that_does_not_begin_with_a_number_is_refused(text):
    with pytest.raises(UnitError, match="is not a number with a unit"):
        split(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("40 MW", (40.0, "MW")),
        ("40MW", (40.0, "MW")),
        (" 40 MW ", (40.0, "MW")),
        ("-9 %/year", (-9.0, "%/year")),
        ("+3 kW", (3.0, "kW")),
        ("1_000 kW", (1000.0, "kW")),
        ("1.5e3 kW", (1500.0, "kW")),
        (".5 kW", (0.5, "kW")),
        ("0.97", (0.97, "")),
        ("20 USD/kW/month", (20.0, "USD/kW/month")),
    ],
)
def test_a_quantity_splits_into_number_and_unit(text, parts):
    assert split(text) == parts


@given(st.floats(-1e12, 1e12, allow_nan=False), st.sampled_from(["kW", "MW", "W", "GW"]))
def test_what_is_written_in_any_unit_means_the_same(number, unit):
    text = f"{number!r} {unit}"
    assert convert(text, "kW") == pytest.approx(number * factor(unit, "kW"), rel=1e-12)
