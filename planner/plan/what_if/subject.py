"""Whom a what-if question is about."""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import UnknownName, Usage
from planner.options.table import Options


@dataclass(frozen=True)
class Subject:
    """Offers a question is about, and the one site it names, or none."""

    offers: tuple[str, ...]
    site: str = ""


def subject_of(text: str, options: Options, on_paper: bool = False) -> Subject:
    """OFFER, SYSTEM, OFFER@SITE or SYSTEM@SITE.

    on_paper: whether the question can be asked of a contract offered or approved too. Raises
    UnknownName (CLI002) for a name the run does not have, Usage (CLI004) where it cannot be asked.
    """
    whole = _offers(text, options)
    if whole:
        return Subject(_askable(text, whole, options, on_paper))
    name, _, site = text.rpartition("@")
    offers = _offers(name, options) if name else ()
    if not offers:
        open_to_us = {n: o for n, o in options.offerings.items() if o.fixed is None}
        known = {*open_to_us, *(o.configuration for o in open_to_us.values())}
        raise UnknownName("offer or system", name or text, known)
    offers = _askable(name, offers, options, on_paper)
    here = tuple(offer for offer in offers if site in options.offerings[offer].sites)
    if not here:
        sites = {at for offer in offers for at in options.offerings[offer].sites}
        raise UnknownName(f"site of {name}", site, sites)
    return Subject(here, site)


def _askable(
    name: str, offers: tuple[str, ...], options: Options, on_paper: bool
) -> tuple[str, ...]:
    """The offers among them; else, where that can be asked of, what is on paper and does not bind."""
    found = {offer: options.offerings[offer] for offer in offers}
    plain = tuple(n for n, o in found.items() if o.commitment is None and o.right is None)
    papers = tuple(n for n, o in found.items() if o.commitment is not None)
    if plain or (papers and on_paper):
        return plain or papers
    what = "is on paper already" if papers else "is a right of another contract"
    raise Usage(f"CLI004: {name} {what}; change it with --set, or ask about its system's offers")


def _offers(name: str, options: Options) -> tuple[str, ...]:
    return tuple(
        offer
        for offer, offering in options.offerings.items()
        if offering.fixed is None
        and name in (offer, offering.offer, options.of(offer).id, options.of(offer).system)
    )
