"""Lead time: nothing is delivered before its first possible period.

4 Gtok/h in each of two years; a system costs 1, a year of shed 10 per Gtok/h.
"""

from __future__ import annotations

from tests.world import exactly, installed, purchase, rental, reservation, solve, world

PROVES = ("lead_time",)


def test_nothing_is_delivered_before_its_first_period() -> None:
    """From the second year: 40 shed + 4 bought = 44; from the first: 4.

    One system a year early would save 10 of shed and its own purchase a year later: −10.
    """
    late = world(periods=2, offerings=[purchase(first=1)])
    answer = solve(late)
    assert answer.musd == exactly(44.0)
    assert answer.x["deliver", "buy", "campus", 0] == exactly(0.0)
    assert answer.dual["lead_time", "buy", 0] == exactly(-10.0)
    assert solve(world(periods=2, offerings=[purchase(first=0)])).musd == exactly(4.0)
    assert solve(late, without="lead_time").musd == exactly(4.0)


def test_each_offer_waits_for_its_own_lead_time() -> None:
    """A dear offer comes at once at 3, a cheap one a year later at 1.

    The dear one serves from the start: 12. Were it no quicker, 40 shed + 4 = 44.
    """
    cheap = purchase(first=1)
    quick = world(periods=2, offerings=[cheap, purchase("dear", price=3e6)])
    assert solve(quick).musd == exactly(12.0)
    slow = world(periods=2, offerings=[cheap, purchase("dear", price=3e6, first=1)])
    assert solve(slow).musd == exactly(44.0)


def test_a_reservation_waits_too() -> None:
    """Hosted terms at 1 MUSD a year from the second year on: 40 shed + 4 = 44; from the first 8."""
    late = world(periods=2, offerings=[reservation(first=1)])
    assert solve(late).musd == exactly(44.0)
    assert solve(world(periods=2, offerings=[reservation()])).musd == exactly(8.0)


def test_renting_has_no_lead_time_row_and_no_column_before_it_opens() -> None:
    """Rented from the second year on: 40 shed + 4 = 44."""
    answer = solve(world(periods=2, offerings=[rental(first=1)]))
    assert answer.musd == exactly(44.0)
    assert ("rent", "hour", "cloud", 0, 0) not in answer.x
    assert not any(key[0] == "lead_time" for key in answer.dual)


def test_installed_systems_need_no_lead_time() -> None:
    """Four stand already: nothing is bought, nothing shed."""
    answer = solve(world(periods=2, offerings=[installed(count=4.0), purchase(first=1)]))
    assert answer.musd == exactly(0.0)
    assert {key for key in answer.dual if key[0] == "lead_time"} == {("lead_time", "buy", 0)}


def test_an_offer_that_never_comes_is_as_good_as_none() -> None:
    """A first period after the horizon leaves two years shed: 80."""
    assert solve(world(periods=2, offerings=[purchase(first=2)])).musd == exactly(80.0)
