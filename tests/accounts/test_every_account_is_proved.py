"""Every account is proved in exactly one test module, and none invented.

Proved is an account on one kind of column: ``PROVES = ("maintenance on own",)``. And the clock: a
coefficient of the objective is its payments, discounted each at its own moment.
"""

from __future__ import annotations

from collections import Counter

import pytest

from planner.accounts.account import all_accounts
from planner.program.build import build
from planner.program.price import payments
from tests.rows.test_every_family_is_proved import claims
from tests.world import cost, exactly, paid, purchase, rental, site, system, world


def test_every_account_is_proved_in_exactly_one_place() -> None:
    """An account added without a test by hand fails here."""
    registered = Counter(f"{card.name} on {card.on}" for card in all_accounts())
    assert Counter({name: n for name, n in claims().items() if " on " in name}) == registered


def test_every_account_says_what_it_means_and_counts() -> None:
    """Its meaning, driver and unit are what the ledger prints."""
    for card in all_accounts():
        assert card.meaning.endswith("."), card.name
        assert card.driver
        assert card.unit


@pytest.mark.parametrize(
    ("kind", "key", "moment", "factor"),
    [
        ("deliver", ("buy", "campus", 1), "start", 1.1**-1.0),
        ("fleet", ("gpu", "campus", 1), "middle", 1.1**-1.5),
        ("rent", ("hour", "cloud", 1, 0), "middle", 1.1**-1.5),
        ("shed", ("chat", 1, 0), "middle", 1.1**-1.5),
    ],
)
def test_a_coefficient_is_the_payment_at_its_own_moment(
    kind: str, key: tuple[object, ...], moment: str, factor: float
) -> None:
    """Second of two years at 10 %: 1.1^-1 at its start, 1.1^-1.5 in its middle; at 0 % undiscounted."""
    given = {
        "periods": 2,
        "systems": [system(idle_kw=100.0)],
        "places": [site(tariff=0.1)],
        "offerings": [purchase(), rental()],
    }
    options = world(discount_rate=0.1, **given)
    asked = [payment for _, payment in payments(options, kind, key) if payment.usd]
    assert [(payment.period, payment.moment) for payment in asked] == [(1, moment)]
    assert cost(options, kind, *key) == exactly(asked[0].usd / 1e6 * factor)
    assert cost(world(**given), kind, *key) == exactly(asked[0].usd / 1e6)


def test_the_end_of_a_period_is_discounted_as_the_start_of_the_next() -> None:
    """Price 1 at the start of year one, half of it back at the end of year two: 1 − 0.5 · 1.1^-2."""
    options = world(periods=2, discount_rate=0.1, offerings=[purchase(life_years=4.0)])
    assert [p.moment for p in paid(options, "remaining value", "deliver", "buy", "campus", 0)] == ["end"]  # fmt: skip
    assert cost(options, "deliver", "buy", "campus", 0) == exactly(1.0 - 0.5 * 1.1**-2)


def test_a_quarter_is_discounted_by_a_quarter_of_a_year() -> None:
    """Delivered in the fourth quarter at 10 % a year: 1.1^-0.75."""
    options = world(periods=4, unit="quarter", discount_rate=0.1)
    assert cost(options, "deliver", "buy", "campus", 3) == exactly(1.1**-0.75)


def test_a_column_without_accounts_is_free() -> None:
    """Serving where energy is free and emissions have no price costs nothing."""
    options = world()
    program = build(options)
    free = [c.kind for c, usd in zip(program.space.columns, program.cost, strict=True) if not usd]
    assert set(free) == {"fleet", "serve"}
