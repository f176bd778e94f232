"""A system serves less than the approved plan counted on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.review.triggers.trigger import Seen, trigger


@trigger("claim not met")
def watch(seen: Seen) -> Iterator[tuple[str, str]]:
    """Systems whose speed on a workload fell by more than allowed, or that cannot serve it any more."""
    if seen.old is None:
        return
    then, now = seen.old.options.configurations, seen.new.options.configurations
    for system in sorted(set(then) & set(now)):
        for workload, rate in sorted(then[system].rates.items()):
            found = now[system].rates.get(workload)
            if found is None:
                why = now[system].refusals.get(workload, "")
                yield f"{system} on {workload}", f"{system} cannot serve {workload} any more: {why}"
                continue
            share = found.tok_per_s / rate.tok_per_s - 1
            if share < -seen.settings.watch.claim_short:
                yield f"{system} on {workload}", f"{system} serves {found.tok_per_s:,.0f} tok/s of {workload} instead of {rate.tok_per_s:,.0f} ({share:+.1%})"  # fmt: skip
