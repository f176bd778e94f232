"""Ban: forbid an offer, or an offer at one site."""

from __future__ import annotations

import re
from typing import Any

from planner.options.table import Options
from planner.plan.what_if.subject import subject_of
from planner.scenario.schema import Scenario

NAME = "ban"
FORM = "ban OFFER                   (or SYSTEM, or either @SITE)"
PATTERN = r"ban\s+(?P<subject>\S+)"


def changes(match: re.Match[str], options: Options, scenario: Scenario) -> dict[str, Any]:
    """The offers removed, or the site from their sites; what is on paper and does not bind lapses."""
    subject = subject_of(match["subject"], options, on_paper=True)
    values: dict[str, Any] = {}
    for wiring in subject.offers:
        offering = options.offerings[wiring]
        where = "signed" if offering.commitment else "offers"
        left = [site for site in offering.sites if site != subject.site]
        if subject.site and left:
            values[f"{where}.{offering.offer}.sites"] = left
        else:
            values[f"{where}.{offering.offer}"] = None
    return values
