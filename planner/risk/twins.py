"""Twins: every workload once more for each state it may move to, empty until a draw moves demand.

``chat@H`` asks for a hybrid (a workload that runs one today has no such twin), ``chat@X`` for a
model without attention, ``chat@S`` for the successor of a model that silicon is etched for. A
twin's speeds are the workload's own times what the chip keeps, whatever the draw, so a draw only
moves demand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.errors import InvalidData, Usage
from planner.options.table import Configuration, Demand, Options
from planner.scenario.beliefs import Beliefs
from planner.scenario.load import Loaded
from planner.serving.rate import Rate

HYBRID, FREE, SUCCESSOR = "H", "X", "S"
RESPUN = "respun"
_REACHED = {"T": (), HYBRID: (HYBRID,), FREE: (HYBRID, FREE)}
"""State of a model -> states that cannot displace it any more."""


@dataclass(frozen=True)
class Twinned:
    """Options with their twins.

    models: workload -> model. etched: configuration -> models its silicon holds. keep:
    configuration -> state -> share of speed kept; worth: the same of what a system is worth.
    respun: offers that open with a successor. moved_on: model -> states it has reached already.
    """

    options: Options
    models: dict[str, str]
    etched: dict[str, tuple[str, ...]]
    keep: dict[str, dict[str, float]]
    respun: tuple[str, ...]
    worth: dict[str, dict[str, float]]
    moved_on: dict[str, tuple[str, ...]]

    @property
    def etched_models(self) -> tuple[str, ...]:
        """Models that some silicon of the scenario is made for and some workload asks for."""
        held = {model for models in self.etched.values() for model in models}
        return tuple(sorted(held & set(self.models.values())))


def twinned(loaded: Loaded, options: Options) -> Twinned:
    """The options a scenario's beliefs need.

    Raises InvalidData (RSK012) for a chip whose kept share nobody says, Usage (RSK007) where a
    workload must stay on one offer, which no hot start can move.
    """
    beliefs = beliefs_of(loaded)
    alone = [name for name, demand in options.demands.items() if demand.single_offer]
    if alone:
        raise Usage(f"RSK007: {', '.join(alone)} must stay on one offer, and draws are linear programs; drop single_offer")  # fmt: skip
    models = {name: workload.model for name, workload in loaded.scenario.workloads.items()}
    chips = loaded.catalog.chips
    etched = {name: chips[c.chip].runs.only_models for name, c in options.configurations.items()}
    kept = _kept(loaded, options, beliefs)
    reached = {name: _REACHED[loaded.catalog.models[name].state] for name in set(models.values())}
    made = Twinned(options, models, {c: m for c, m in etched.items() if m}, kept, (), {}, reached)
    made = _respun(made, beliefs)
    worth = {name: _worth(made, beliefs, name) for name in made.keep}
    return replace(made, options=_with_twins(made, beliefs, loaded), worth=worth)


def _worth(made: Twinned, beliefs: Beliefs, configuration: str) -> dict[str, float]:
    """State -> share of its worth that a system keeps: of its speed, unless a second life is believed."""
    lives = beliefs.displacement.second_life if beliefs.displacement else {}
    found = lives.get(made.options.configurations[configuration].gradient or 0)
    if found is None:
        return made.keep[configuration]
    return {HYBRID: found.hybrid, FREE: found.attention_free}


def beliefs_of(loaded: Loaded) -> Beliefs:
    """The scenario's beliefs; Usage (RSK013) where it has none."""
    risk = loaded.scenario.risk
    if risk is None or risk.beliefs is None:
        raise Usage(f"RSK013: '{loaded.scenario.name}' says nothing under risk.beliefs, so there is nothing to draw")  # fmt: skip
    return risk.beliefs


def _kept(loaded: Loaded, options: Options, beliefs: Beliefs) -> dict[str, dict[str, float]]:
    """Configuration -> state -> share of speed, from the beliefs, else the catalog."""
    if beliefs.displacement is None:
        return {name: {} for name in options.configurations}
    as_of = options.timeline.as_of
    known: dict[int, dict[str, float]] = {}
    for residual in loaded.catalog.residuals.values():
        hybrid, free = residual.hybrid.value(as_of), residual.attention_free.value(as_of)
        if hybrid is not None and free is not None:
            known |= {place: {HYBRID: hybrid, FREE: free} for place in residual.gradients}
    for place, keep in beliefs.displacement.keep.items():
        known[place] = {HYBRID: keep.hybrid, FREE: keep.attention_free}
    unsaid = {c.gradient for c in options.configurations.values()} - set(known)
    if unsaid:
        places = ", ".join(sorted(str(place) for place in unsaid))
        what = f"nobody says what chips of gradient {places} keep once displaced"
        key = ("risk", "beliefs", "displacement", "keep")
        hint = "say it by gradient here, or in the catalog's residuals"
        raise InvalidData([loaded.document.problem("RSK012", key, what, hint)])
    return {name: known[c.gradient or 0] for name, c in options.configurations.items()}


def _respun(made: Twinned, beliefs: Beliefs) -> Twinned:
    """Etched silicon for the successor: the same system again, closed until a draw opens it."""
    belief = beliefs.supersession
    if belief is None or belief.respin is None:
        return made
    options = made.options
    configurations, offerings = dict(options.configurations), dict(options.offerings)
    arcs, etched, keep, names = set(options.arcs), dict(made.etched), dict(made.keep), []
    for c in made.etched:
        clone = f"{c}@{RESPUN}"
        configurations[clone] = replace(configurations[c], id=clone)
        etched[clone], keep[clone] = made.etched[c], made.keep[c]
        for offering in list(offerings.values()):
            if offering.configuration == c and offering.fixed is None:
                name = f"{offering.id}@{RESPUN}"
                offerings[name] = replace(offering, id=name, configuration=clone, min_total=None)
                names.append(name)
    whole = replace(options, configurations=configurations, offerings=offerings, arcs=frozenset(arcs))  # fmt: skip
    return replace(made, options=whole, etched=etched, keep=keep, respun=tuple(names))


def _with_twins(made: Twinned, beliefs: Beliefs, loaded: Loaded) -> Options:
    options = made.options
    demands = {
        n: replace(d, service_level=(0.0,) * len(d.service_level))
        for n, d in options.demands.items()
    }
    configurations = dict(options.configurations)
    arcs = set(options.arcs)
    for workload in options.demands:
        for state in states_of(made, beliefs, workload):
            twin = f"{workload}@{state}"
            demands[twin] = _empty(demands[workload], twin)
            for name, configuration in configurations.items():
                share = share_kept(made, name, workload, state)
                rate = options.configurations[name].rates.get(workload)
                if rate is None or share == 0:
                    continue
                rates = {**configuration.rates, twin: slowed(rate, share)}
                configurations[name] = replace(configuration, rates=rates)
                arcs |= _arcs(options, name, workload, twin)
    for name in {f"{c}@{RESPUN}" for c in made.etched} & set(configurations):
        configurations[name] = _only_successors(configurations[name])
    arcs = {arc for arc in arcs if arc[2] in configurations[arc[0]].rates}
    supplies = {n: replace(s, overrun_usd=_overrun(loaded, n)) for n, s in options.supplies.items()}
    return replace(
        options,
        demands=demands,
        configurations=configurations,
        arcs=frozenset(arcs),
        supplies=supplies,
        policy=options.policy.model_copy(update={"site_loss": None}),
        counterfactuals={},
    )


def _only_successors(respun: Configuration) -> Configuration:
    """Silicon for the successor serves nothing else."""
    kept = {twin: rate for twin, rate in respun.rates.items() if twin.endswith(f"@{SUCCESSOR}")}
    return replace(respun, rates=kept)


def _arcs(options: Options, name: str, workload: str, twin: str) -> set[tuple[str, str, str]]:
    """Where a twin may be served: where its workload may, a respun system where its first may."""
    origin = name.removesuffix(f"@{RESPUN}")
    return {(name, i, twin) for c, i, w in options.arcs if c == origin and w == workload}


def states_of(made: Twinned, beliefs: Beliefs, workload: str) -> tuple[str, ...]:
    """States that demand of a workload may move to; who asks for a hybrid already has no way to one."""
    states = []
    if beliefs.displacement is not None:
        states.append(HYBRID)
        if beliefs.displacement.attention_free is not None:
            states.append(FREE)
    states = [state for state in states if state not in made.moved_on[made.models[workload]]]
    if beliefs.supersession is not None and made.models[workload] in made.etched_models:
        states.append(SUCCESSOR)
    return tuple(states)


def share_kept(made: Twinned, configuration: str, workload: str, state: str) -> float:
    """Share of a configuration's speed on a workload that is left in a state."""
    if state == SUCCESSOR:
        etched = made.models[workload] in made.etched.get(configuration, ())
        return 0.0 if etched and not configuration.endswith(f"@{RESPUN}") else 1.0
    return made.keep[configuration][state]


def slowed(rate: Rate, share: float) -> Rate:
    """A rate with a share of its speed left; what nobody measured is assumed."""
    scaled = {n: v * share for n in ("low", "high", "low_90", "high_90") if (v := getattr(rate, n)) is not None}  # fmt: skip
    return replace(rate, tok_per_s=rate.tok_per_s * share, tier="assumed", **scaled)


def _empty(demand: Demand, name: str) -> Demand:
    return replace(
        demand,
        id=name,
        mean_tok_per_s=tuple(0.0 for _ in demand.mean_tok_per_s),
        block_tok_per_s=tuple(tuple(0.0 for _ in row) for row in demand.block_tok_per_s),
    )


def _overrun(loaded: Loaded, pool: str) -> tuple[float, ...]:
    from planner.scenario.quantity import scaled

    assert loaded.scenario.risk is not None
    price = loaded.scenario.risk.overrun.get(pool)
    if price is None:
        what = f"nothing says what a unit beyond the pool '{pool}' costs, and orders already placed may need it"
        hint = f"add risk.overrun.{pool}, dearer than its spot price and than what the pool is worth in the plan"
        raise InvalidData([loaded.document.problem("RSK014", ("risk", "overrun"), what, hint)])
    unit = loaded.catalog.pools[pool].unit
    return scaled(price, f"USD/({unit})").over(loaded.scenario.timeline)
