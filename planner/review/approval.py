"""Who must sign a review and who has: an approval is tied to the bytes of the run it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from planner.errors import Failure, InvalidData, UnknownName
from planner.review.entry import Entry
from planner.review.history import History
from planner.review.result import KIND as REVIEW
from planner.review.seal import problems_of, seals_in

KIND = "approval"
Word = Literal["approve", "reject", "conditions"]
WORDS: tuple[Word, ...] = ("approve", "reject", "conditions")
State = Literal["approved", "rejected", "open"]


class NotApprovable(InvalidData):
    """The run was edited or lost since the review: there is nothing to approve."""


class DiffersFromApproved(Failure):
    """Today's plan is materially another one than was approved."""

    exit_code = 7
    code = "REV030"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{self.code}: today's plan of {name} differs from the approved one: {why}"
        )


@dataclass(frozen=True)
class Standing:
    """Where a review stands.

    signed: role -> its last approval. missing: required roles that have not signed, in their order.
    """

    review: Entry
    signed: dict[str, Entry]
    missing: tuple[str, ...]

    @property
    def state(self) -> State:
        if any(entry.body["decision"] == "reject" for entry in self.signed.values()):
            return "rejected"
        return "open" if self.missing else "approved"

    @property
    def conditions(self) -> list[str]:
        """What was asked for by who signed with conditions."""
        told = (entry for entry in self.signed.values() if entry.body["decision"] == "conditions")
        return [f"{entry.body['role']}: {entry.body['note']}" for entry in told]


def reviews(entries: Sequence[Entry], name: str = "") -> list[Entry]:
    """Entries of reviews, or those of one."""
    found = (entry for entry in entries if entry.kind == REVIEW)
    return [entry for entry in found if not name or entry.body["name"] == name]


def find(entries: Sequence[Entry], word: str) -> Entry:
    """A review by its id, its run's id or the beginning of either; CLI002 where that is none or several."""
    known = reviews(entries)
    ids = {entry.body["id"]: entry for entry in known}
    if word in ids:
        return ids[word]
    if word == "latest" and known:
        return known[-1]
    fitting = [e for e in known if e.body["id"].startswith(word) or e.body["run_id"].startswith(word)]  # fmt: skip
    if len(fitting) != 1:
        raise UnknownName("single review" if fitting else "review", word, ids)
    return fitting[0]


def standing(entries: Sequence[Entry], review: Entry) -> Standing:
    """Who signed a review, each role's last word counting, and who has not."""
    sealed = seals_in(review.body)[0].manifest_sha256
    signed = {
        entry.body["role"]: entry
        for entry in entries
        if entry.kind == KIND
        and entry.body["review"] == review.seq
        and entry.body["manifest_sha256"] == sealed
    }
    missing = tuple(role for role in review.body["required"] if role not in signed)
    return Standing(review, signed, missing)


def approved(entries: Sequence[Entry], name: str) -> Entry | None:
    """The last review of a name that everybody required has signed, None where there is none."""
    found = [r for r in reviews(entries, name) if standing(entries, r).state == "approved"]
    return found[-1] if found else None


def approve(
    history: History,
    review: Entry,
    role: str,
    name: str,
    decision: Word,
    *,
    at: date,
    roles: Sequence[str],
    note: str = "",
) -> Entry:
    """Sign a review.

    roles: every role the review's settings know; another is refused (CLI002). Raises NotApprovable
    where the run is not as it was reviewed (REV006, REV007).
    """
    if role not in roles:
        raise UnknownName("role", role, roles)
    out: Path = history.folder.parent
    [sealed] = seals_in(review.body)
    problems = list(problems_of(sealed, out, str(history.path(review.seq))))
    if problems:
        raise NotApprovable(problems)
    body = {
        "review": review.seq,
        "id": review.body["id"],
        "role": role,
        "name": name,
        "decision": decision,
        "note": note,
        "amount_usd": review.body["amount_usd"],
        "manifest_sha256": sealed.manifest_sha256,
    }
    return history.append(KIND, body, at=at, by=name)
