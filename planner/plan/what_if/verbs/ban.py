"""Ban: forbid an offer, or an offer at one site."""

from __future__ import annotations

import re
from typing import Any

from planner.options.table import Options
from planner.plan.what_if.subject import subject_of

NAME = "ban"
FORM = "ban OFFER                   (or SYSTEM, or either @SITE)"
PATTERN = r"ban\s+(?P<subject>\S+)"


def changes(match: re.Match[str], options: Options) -> dict[str, Any]:
    """The offers removed, or the site from their sites."""
    subject = subject_of(match["subject"], options)
    values: dict[str, Any] = {}
    for offer in subject.offers:
        left = [site for site in options.offerings[offer].sites if site != subject.site]
        if subject.site and left:
            values[f"offers.{options.offerings[offer].offer}.sites"] = left
        else:
            values[f"offers.{options.offerings[offer].offer}"] = None
    return values
