"""From rows to arrays nothing is lost, and a second solver finds the same optimum."""

from __future__ import annotations

from datetime import date

import numpy as np
import pulp
import pytest

from planner.catalog.term import Agreed
from planner.catalog.terms.commitment import Committed
from planner.catalog.terms.extend import Extension
from planner.catalog.terms.layers import InLayers
from planner.catalog.terms.loan import Lent
from planner.catalog.terms.minimum_spend import SpendAtLeast
from planner.catalog.terms.volume import Bracket, Volumes
from planner.options.agreement import Agreement
from planner.options.respin import Masks
from planner.options.right import Right
from planner.options.table import Options
from planner.program.build import build
from planner.program.family import families
from planner.program.state import state
from planner.solver.arrays import compile_arrays
from planner.solver.highs import OPTIMAL, Session
from planner.solver.second_opinion import cbc_objective
from tests.solver.draws import MIDDLING, small, whole
from tests.world import (
    AMPLE,
    block,
    exactly,
    onboarding,
    over,
    purchase,
    rack_class,
    reservation,
    service,
    site,
    system,
    tokens,
    workload,
    world,
)


def everything() -> Options:
    """A middling world under every rule at once, so that every family writes rows."""
    policy = {
        "headroom": 0.05,
        "budget": {2027: "9 MUSD", 2028: "9 MUSD"},
        "share_caps": {"cap": {"group": {"gradients": [6]}, "at_most": 0.9}},
        "limits": {"most": {"measure": "capex", "at_most": 40e6, "at_least": 1e6}},
        "carbon_cap": 9e4,
        "site_loss": {"share": 0.1, "workloads": ["chat"], "sites": ["lab"]},
        "move_cost": "10 USD",
    }
    options = small(MIDDLING)
    return world(
        periods=3,
        blocks=(0.3, 0.7),
        discount_rate=0.1,
        systems=[
            system(rate={"chat": 1.0, "batch": 1.3}, idle_kw=300.0, span=2.0),
            options.configurations["asic"],
            service(),
        ],
        places=[
            site(
                power_mw=6.0,
                liquid_mw=3.0,
                carbon=300.0,
                oversubscription=0.1,
                demand_charge_musd=0.1,
                billed_share=0.5,
                blocks=(block(most=2.0), block("engine", "generation", running_musd=1.0)),
            ),
            site("lab", power_mw=2.0, classes=(rack_class("dense", 9.0),)),
        ],
        offerings=[
            *options.offerings.values(),
            purchase(
                "slots", max_total=3.0, min_total=1.0, max_per_period=2.0, masks=Masks(2e6, 4.0)
            ),
            purchase("tiers", contract="deal", terms=every_term()),
            tokens(
                agreed={Committed: Committed(False, 1e5, 2e5, over(1.0), 0.8, None, 0.0, -1, 2)}
            ),
            purchase("layers", terms=Agreed({InLayers: InLayers(1.0, 1.0, 0.2, 0.0, 1.0)})),
            purchase("layers-expand", right=Right("expand", "layers", share=1.0, most=2.0)),
            reservation("goes-on", held=1, terms=Agreed({Extension: Extension(1, 0.9, 0.0)})),
        ],
        demands=[
            workload(4.0, profile=(1.7, 0.7), service_level=0.5),
            workload(2.0, "batch", deferrable=True, single_offer=True, cappable=True),
        ],
        onboardings=(onboarding(systems=("asic",), fee=0.1e6),),
        supplies=options.supplies.values(),
        policy=policy,
        whole_units=True,
        agreements={"memory": memory()},
    )


def every_term() -> Agreed:
    """Tiers, least orders, a minimum spend and a prepayment credited against invoices."""
    begun, ended = date(2027, 1, 1), date(2029, 1, 1)
    agreed = (
        Volumes(0.0, 9.0, 2.0, (Bracket(0.0, 4.0, 0.0), Bracket(4.0, 9.0, 0.1)), False),
        SpendAtLeast({2027: 2e6, 2028: 1e6}),
        Lent(1e6, begun, 0.05, ended, True, 0.5),
    )
    return Agreed({type(term): term for term in agreed})


def memory() -> Agreement:
    """A supply agreement on the pool, with every layer."""
    return Agreement("memory", "hbm", "acme", over(100.0), over(500.0), over(500.0), over(100.0), 0.2, 0.0)  # fmt: skip


def test_the_arrays_are_the_rows() -> None:
    """A · x equals the terms of every row at random points, and every bound is the row's own."""
    program = build(everything())
    statement = state(program)
    arrays = compile_arrays(statement)
    rows = list(program.rows())
    assert [(row.family, row.key) for row in rows] == statement.labels
    assert {row.family for row in rows} == {card.name for card, _ in families()}
    random = np.random.default_rng(7)
    for _ in range(5):
        x = random.normal(size=arrays.columns)
        by_hand = [sum(factor * x[column] for column, factor in row.terms) for row in rows]
        assert arrays.matrix @ x == pytest.approx(by_hand, rel=1e-12, abs=1e-12)
    low = [row.rhs if row.sense in ("=", ">=") else -np.inf for row in rows]
    high = [row.rhs if row.sense in ("=", "<=") else np.inf for row in rows]
    assert arrays.row_lower.tolist() == low
    assert arrays.row_upper.tolist() == high


def test_the_arrays_are_the_columns() -> None:
    """Costs, bounds and wholeness in the order of the columns."""
    program = build(everything())
    arrays = compile_arrays(state(program))
    columns = program.space.columns
    assert arrays.cost.tolist() == program.cost
    assert arrays.lower.tolist() == [column.lower for column in columns]
    assert arrays.upper.tolist() == [column.upper for column in columns]
    assert arrays.integer.tolist() == [column.integer for column in columns]


def test_names_of_columns_and_rows_are_unique_and_plain() -> None:
    """Letters, digits, underscore and dot, so that any solver's file format takes them."""
    program = build(everything())
    for names in ([c.name for c in program.space.columns], [r.name for r in program.rows()]):
        assert len(set(names)) == len(names)
        assert all(name.replace("_", "").replace(".", "").isalnum() for name in names)


def cbc(options: Options) -> float:
    """The optimum of the same statement by CBC (MUSD)."""
    status, musd = cbc_objective(state(build(options)))
    assert status == OPTIMAL
    return musd


@pytest.mark.filterwarnings("ignore:PULP_CBC_CMD:DeprecationWarning")
@pytest.mark.parametrize(
    "options",
    [world(power_mw=2.5), small(MIDDLING), whole(small(MIDDLING)), everything()],
    ids=["by hand", "small", "small whole", "everything"],
)
def test_a_second_solver_finds_the_same_optimum(options: Options) -> None:
    """HiGHS from the arrays, CBC from the PuLP problem: 1e-7 relative."""
    first = Session(compile_arrays(state(build(options))), mip_rel_gap=0.0).solve()
    assert first.objective == pytest.approx(cbc(options), rel=1e-7)


@pytest.mark.parametrize("absurd", [float("nan"), float("inf")])
@pytest.mark.parametrize("where", ["cost", "coefficient", "right-hand side"])
def test_nothing_absurd_reaches_a_solver(where: str, absurd: float) -> None:
    """A figure that is not a number is refused before the solver sees it."""
    options = {
        "cost": world(offerings=[purchase(price=absurd)]),
        "coefficient": world(systems=[system(positions=absurd)]),
        "right-hand side": world(power_mw=absurd),
    }[where]
    with pytest.raises((ValueError, pulp.PulpError)):
        compile_arrays(state(build(options)))


def test_a_statement_without_rows_to_speak_of_still_solves() -> None:
    """Nothing asked for: nothing bought, 0; a site without systems writes rows without terms."""
    places = [site(), site("empty", power_mw=AMPLE)]
    statement = state(build(world(demand=0.0, places=places)))
    assert ("power", ("empty", 0)) in statement.labels
    assert Session(compile_arrays(statement)).solve().objective == exactly(0.0)
