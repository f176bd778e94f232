"""What is on paper: signed contracts, and the rights that contracts hold, as offerings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.errors import InvalidData
from planner.options.exercise import exercised_under, right_offering
from planner.options.signing import signed_offering
from planner.options.table import Configuration, Exclusion, Offering
from planner.scenario.load import Loaded

Configured = Callable[[str, str], Configuration | str]
"""The configuration of a system in a fabric (or its own wiring, where that is empty), or why there is none."""


def on_paper(
    loaded: Loaded, configured: Configured, offered: dict[str, Offering]
) -> Iterator[tuple[Configuration, Offering] | Exclusion]:
    """Signed contracts first, then every right in them and in ``offered``.

    Raises InvalidData (DOC002) where a right's id, its contract's with the right's word, is taken.
    """
    scenario, catalog = loaded.scenario, loaded.catalog
    holders = [o for o in offered.values() if not o.installed]
    for name, signed in scenario.signed.items():
        made = configured(signed.system, signed.fabric)
        found = (
            made
            if isinstance(made, str)
            else signed_offering(name, signed, made, catalog, scenario)
        )
        if isinstance(found, str) or isinstance(made, str):
            yield Exclusion(name, signed.system, str(found))
        else:
            holders.append(found)
            yield made, found
    taken = {*scenario.offers, *scenario.installed, *scenario.signed}
    done: set[str] = set()
    for base in holders:
        for right, system, fabric, offer in exercised_under(base, catalog, scenario):
            plain = f"{base.offer}-{right.kind}"
            if plain in taken:
                what = f"'{plain}' names what is ordered under the right of '{base.offer}'"
                key = next((part, plain) for part in ("offers", "installed", "signed") if plain in getattr(scenario, part))  # fmt: skip
                raise InvalidData([loaded.document.problem("DOC002", key, what, "rename this one")])
            name = f"{plain}@{fabric}" if fabric else plain
            if name in done:
                continue  # two wirings of one offer swap for the same system
            done.add(name)
            made = configured(system, fabric)
            found = made if isinstance(made, str) else right_offering(name, right, offer, made, catalog, scenario)  # fmt: skip
            if isinstance(found, str) or isinstance(made, str):
                yield Exclusion(name, system, str(found))
            else:
                yield made, found
