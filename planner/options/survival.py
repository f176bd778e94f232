"""Who could carry a workload when a site is lost."""

from __future__ import annotations

from planner.documents import Document
from planner.errors import InvalidData
from planner.scenario.schema import Scenario

Arc = tuple[str, str, str]
"""(configuration, site, workload) that may serve."""


def refuse_the_unsurvivable(scenario: Scenario, arcs: set[Arc], document: Document) -> None:
    """Refuse a loss that leaves a workload no site at all.

    Raises InvalidData: SCN055.
    """
    rule = scenario.policy.site_loss
    if rule is None:
        return
    problems = []
    for name in rule.workloads or tuple(scenario.workloads):
        sites = {site for _, site, workload in arcs if workload == name}
        for lost in rule.sites or tuple(scenario.sites):
            if sites == {lost}:
                what = f"only '{lost}' can serve '{name}', so its loss cannot be survived"
                hint = "offer another site something that serves it, or name the workloads that must survive"
                problems.append(document.problem("SCN055", ("policy", "site_loss"), what, hint))
    if problems:
        raise InvalidData(problems)
