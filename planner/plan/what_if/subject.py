"""Whom a what-if question is about."""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import UnknownName
from planner.options.table import Options


@dataclass(frozen=True)
class Subject:
    """Offers a question is about, and the one site it names, or none."""

    offers: tuple[str, ...]
    site: str = ""


def subject_of(text: str, options: Options) -> Subject:
    """OFFER, SYSTEM, OFFER@SITE or SYSTEM@SITE; CLI002 for a name the run does not have."""
    whole = _offers(text, options)
    if whole:
        return Subject(whole)
    name, _, site = text.rpartition("@")
    offers = _offers(name, options) if name else ()
    if not offers:
        open_to_us = {n: o for n, o in options.offerings.items() if o.fixed is None}
        known = {*open_to_us, *(o.configuration for o in open_to_us.values())}
        raise UnknownName("offer or system", name or text, known)
    here = tuple(offer for offer in offers if site in options.offerings[offer].sites)
    if not here:
        sites = {at for offer in offers for at in options.offerings[offer].sites}
        raise UnknownName(f"site of {name}", site, sites)
    return Subject(here, site)


def _offers(name: str, options: Options) -> tuple[str, ...]:
    return tuple(
        offer
        for offer, offering in options.offerings.items()
        if offering.fixed is None
        and name in (offer, offering.offer, options.of(offer).id, options.of(offer).system)
    )
