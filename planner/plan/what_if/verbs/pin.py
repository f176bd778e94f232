"""Pin: order at least, at most or exactly so many systems over the horizon."""

from __future__ import annotations

import re
from typing import Any

from planner.errors import Usage
from planner.options.table import Options
from planner.plan.what_if.subject import subject_of
from planner.scenario.schema import Scenario

NAME = "pin"
FORM = "pin OFFER@SITE >= 40        (also <= and =; a system means all its offers; without @SITE all sites)"
PATTERN = r"pin\s+(?P<subject>\S+)\s*(?P<sense><=|>=|==?)\s*(?P<count>\d+(?:\.\d+)?)"


def changes(match: re.Match[str], options: Options, scenario: Scenario) -> dict[str, Any]:
    """A limit of the policy on the deliveries of a group.

    Raises Usage (CLI004) where it is capacity by the hour, which has no total.
    """
    subject = subject_of(match["subject"], options)
    rented = [o for o in subject.offers if not options.offerings[o].delivered]
    offers = [offer for offer in subject.offers if offer not in rented]
    if not offers:
        raise Usage(f"CLI004: {', '.join(rented)} is paid by the hour or the token and has no total; ban or reprice it")  # fmt: skip
    count = float(match["count"])
    limit: dict[str, Any] = {
        "group": {"offers": sorted({options.offerings[offer].offer for offer in offers})},
        "measure": "systems",
    }
    if subject.site:
        limit["at_sites"] = [subject.site]
    if match["sense"] != "<=":
        limit["at_least"] = count
    if match["sense"] != ">=":
        limit["at_most"] = count
    name = re.sub(r"[^a-z0-9-]+", "-", f"what-if-{match['subject']}".lower())
    return {f"policy.limits.{name}": limit}
