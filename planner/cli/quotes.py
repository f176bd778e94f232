"""``planner quotes``: the workbook vendors fill, what they quoted, and how it stands against the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.day import On, day_of
from planner.cli.output import Json, emit_json, line, table
from planner.cli.run import REPORTS, Out

if TYPE_CHECKING:
    from planner.catalog.load import Catalog
    from planner.scenario.load import Loaded

app = typer.Typer(
    help="Vendors' quotes: hand out a workbook, take it back, hold it against the plan.\n\nExample: planner quotes template",
    no_args_is_help=True,
)
Of = Annotated[
    str,
    typer.Option("--scenario", help="Whose catalog, exchange rates and suppliers count; without it, the default catalog and USD."),
]  # fmt: skip
By = Annotated[str, typer.Option("--by", help="Who hands it in.")]


def _world(name: str) -> tuple[Catalog, Loaded | None]:
    from planner.catalog.load import load as load_catalog
    from planner.scenario.load import find_catalog, find_scenario, load

    if not name:
        return load_catalog(find_catalog("default")), None
    loaded = load(find_scenario(name))
    return loaded.catalog, loaded


@app.command()
def template(
    out: Annotated[Path, typer.Option("--out", help="The workbook to write.")] = Path(
        "quotes.xlsx"
    ),
    scenario: Of = "",
    json: Json = False,
) -> None:
    """Write the workbook a vendor fills: typed cells, lists to choose from, units in the notes.

    Example: planner quotes template --out for-amd.xlsx
    """  # fmt: skip
    from planner.plan.store import CannotWrite
    from planner.review.quotes.quote import columns
    from planner.review.quotes.template import template as made

    catalog, world = _world(scenario)
    content = made(columns(catalog, world.scenario if world else None))
    try:
        with out.open("xb") as target:
            target.write(content)
    except FileExistsError as error:
        raise typer.BadParameter(f"CLI003: {out} exists already; name another --out") from error
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write {out}: {error.strerror}") from error
    if json:
        emit_json({"file": str(out)})
    else:
        line(f"Wrote {out}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The workbook a vendor filled.")],
    scenario: Of = "",
    on: On = "",
    by: By = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Keep the quotes of a workbook in the history, all of them or none; every problem by its cell.

    Example: planner quotes import from-amd.xlsx --scenario reference
    """
    from planner.review.history import HISTORY, History
    from planner.review.quotes.compare import asked_for
    from planner.review.quotes.keep import all_quotes, keep, known_file
    from planner.review.quotes.read import read_quotes

    day = day_of(on)
    history = History(out / HISTORY)
    entry = known_file(history, file) if file.is_file() else None
    new = entry is None
    if entry is None:
        known = [kept.quote for kept in all_quotes(history.entries())]
        catalog, world = _world(scenario)
        found = read_quotes(file, catalog, day, world.scenario if world else None, known)
        offers = asked_for(found, world) if world else ()
        entry = keep(history, file, found, at=day, by=by, offers=offers)
    count = len(entry.body["quotes"])
    if json:
        emit_json({"entry": entry.seq, "new": new, "quotes": entry.body["quotes"]})
    elif new:
        line(f"Kept {count} quotes as {entry.key}")
    else:
        line(f"This very file came in as {entry.key} on {entry.at}: nothing added")


@app.command("list")
def list_(
    expired: Annotated[bool, typer.Option("--all", help="Expired and replaced ones too.")] = False,
    on: On = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """List the quotes that stand on a day.

    Example: planner quotes list --today 2027-01-15
    """
    from planner.review.history import HISTORY, History
    from planner.review.quotes.keep import all_quotes, standing

    kept = all_quotes(History(out / HISTORY).entries())
    shown = kept if expired else standing(kept, day_of(on))
    if json:
        emit_json({"quotes": [{"entry": one.seq, **one.quote.as_data()} for one in shown]})
        return
    heads = (
        "number",
        "vendor",
        "system",
        "contract",
        "price",
        "in",
        "per",
        "quoted",
        "until",
        "USD",
    )
    rows = [
        (q.number, q.vendor, q.system or "–", q.contract or "any", q.price, q.currency, q.per, q.quoted_on, q.valid_until, q.price_usd)
        for q in (one.quote for one in shown)
    ]  # fmt: skip
    table(f"{len(rows)} quotes", heads, rows)


@app.command()
def compare(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")] = "latest",
    on: On = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Hold every standing quote against the target price that a run computed for its offer.

    Example: planner quotes compare latest
    """
    from planner.plan.store import find
    from planner.review.history import HISTORY, History
    from planner.review.quotes.compare import compare as compared
    from planner.review.quotes.keep import all_quotes, newest

    day = day_of(on)
    kept = newest(all_quotes(History(out / HISTORY).entries()))
    found = compared(find(run, out), kept, day)
    if json:
        emit_json({"quotes": [_as_json(one) for one in found]})
        return
    rows = [
        (s.quote.number, s.quote.vendor, s.offer or "–", s.quote.per, s.quoted_usd, s.limit_usd, s.sentence)
        for s in found
    ]  # fmt: skip
    heads = ("number", "vendor", "offer", "per", "quoted USD", "target USD", "verdict")
    table(f"{len(kept)} quotes against {find(run, out).name}", heads, rows)


def _as_json(standing: Any) -> dict[str, Any]:
    return {
        "entry": standing.seq,
        "number": standing.quote.number,
        "vendor": standing.quote.vendor,
        "system": standing.quote.system or None,
        "per": standing.quote.per,
        "offer": standing.offer or None,
        "verdict": standing.verdict,
        "quoted_usd": standing.quoted_usd,
        "target_usd": standing.limit_usd,
        "dearer_usd": standing.dearer_usd,
        "dearer_share": standing.dearer_share,
        "delivery": standing.delivery or None,
        "order_by": standing.order_by or None,
        "sentence": standing.sentence,
    }
