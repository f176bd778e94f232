"""What lies beside a run: risk runs and a frontier are shown where they ask about this plan, refused otherwise."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.plan.window import window_ends
from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.content.origin import price_source
from planner.report.content.piece import Report, Section
from planner.report.workbook.book import book
from planner.report.workbook.render import render
from planner.risk.record import RISK
from tests.cli.command import called
from tests.plan.plans import saved
from tests.report.asked import FRONTIER, asked_beside

SHEETS = (
    *("Cover", "Summary", "Inputs", "Timeline", "Demand", "Fleet", "Serving", "Sites", "Fabric"),
    *("Contracts", "Cashflow", "TCO", "Scarcity", "Alternatives", "Risk", "Changes", "Checks"),
    "Sources",
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return saved("quickstart", tmp_path)


def of(report: Report, section: str) -> Section:
    return next(found for found in report.sections if found.id == section)


def test_a_risk_run_of_the_same_plan_is_told_and_without_one_the_report_says_why(run: Path) -> None:
    """Hold on four draws: its median is 2 MUSD; before there was a run, the section says what to ask."""
    without = build(gather(run))
    assert "risk" not in {section.id for section in without.sections}
    assert any("planner risk run" in line for absent in without.absent for line in absent.sentences)
    asked_beside(run, "hold")
    told = of(build(gather(run)), "risk")
    row = next(table for table in told.tables if table.id == "risk").rows[0]
    assert (row["mode"], row["draws"], row["p50"]) == ("hold", 4, 2e6)
    assert "risk" not in {absent.id for absent in build(gather(run)).absent}


def test_the_distribution_holds_all_the_weight_in_bins_as_many_as_its_draws_can_fill(
    run: Path,
) -> None:
    """1, 2, 3 and 25 MUSD in the least of bins, 8 of 3 MUSD: the first three together, the last alone.
    Of 256 draws, 1 to 256 MUSD but for the dearest hundredth, the root: 16 bins of about as many each.
    """
    asked_beside(run, "hold")
    chart = of(build(gather(run)), "risk").charts[0]
    weights = [row["share"] for row in chart.rows]
    assert weights == [0.75, 0, 0, 0, 0, 0, 0, 0.25]
    assert chart.rows[0]["musd"] == 2.5
    material = gather(run)
    rows = tuple({"draw": k, "probability": 1 / 256, "cost_usd": (k + 1) * 1e6} for k in range(256))
    many = replace(material, risks=(replace(material.risks[0], outcomes=rows),))
    weights = [row["share"] for row in of(build(many), "risk").charts[0].rows]
    assert len(weights) == 16
    assert sum(weights) == 1.0
    assert max(weights) <= 19 / 256


def test_the_driver_that_moves_the_cost_most_stands_first_whichever_way_it_moves(run: Path) -> None:
    asked_beside(run, "hold")
    tornado = of(build(gather(run)), "risk").charts[1]
    assert [row["driver"] for row in tornado.rows] == ["hbm3e", "hybrid"]
    assert [row["way"] for row in tornado.rows] == ["cheaper", "dearer"]


def test_regret_and_the_days_of_the_window_are_shown_where_the_run_has_them(run: Path) -> None:
    """One order due by mid-March at the 80th percentile; in a run without orders the table is left out."""
    asked_beside(run, "adapt")
    row = {"offer": "b200-buy", "site": "columbus", "period": "2027Q3", "systems": 2.0, "order_by_p80": "2027-03-15"}  # fmt: skip
    asked_beside(run, "hold", orders=[row])
    material = gather(run)
    hold, adapt = (of(build(replace(material, risks=(risk,))), "risk") for risk in material.risks)
    tables = {table.id: table for table in hold.tables}
    assert tables["window"].rows[0]["order_by_p80"] == "2027-03-15"
    assert tables["regret"].rows[0]["regret_usd"] == 2e6
    assert "window" not in {table.id for table in adapt.tables}


def test_of_each_question_the_run_with_most_draws_is_shown(run: Path) -> None:
    for mode, draws in (("adapt", 8), ("hold", 4), ("hold", 16), ("hold", 8)):
        asked_beside(run, mode, draws)
    shown = [(risk.mode, risk.summary["draws"]) for risk in gather(run).risks]
    assert shown == [("hold", 16), ("adapt", 8)]


def test_a_risk_run_of_another_scenario_is_passed_over_and_refused_where_it_is_named(run: Path) -> None:  # fmt: skip
    """The quickstart with other offers: RUN020; its own one is taken."""
    other = asked_beside(run, "hold", scenario="risk-small")
    assert gather(run).risks == ()
    told = called("report", str(run), "--risk", str(other), "--format", "md")
    assert told.code == 3
    assert "RUN020" in told.err
    mine = asked_beside(run, "hold")
    assert called("report", str(run), "--risk", str(mine), "--format", "md").code == 0
    assert "25 MUSD at the 95th percentile" in (run / "memo.md").read_text()


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        (RISK, "{", "RUN001"),
        (RISK, '{"format_version": 99}', "RUN003"),
        ("outcomes.csv", None, "RUN001"),
    ],
)
def test_a_spoilt_risk_run_is_refused_by_name(
    run: Path, file: str, content: str | None, code: str
) -> None:
    risk = asked_beside(run, "hold")
    if content is None:
        (risk / file).unlink()
    else:
        (risk / file).write_text(content)
    told = called("report", str(run), "--risk", str(risk), "--format", "md")
    assert told.code == 3
    assert code in told.err
    assert str(risk) in told.err


def test_a_kept_frontier_is_drawn_and_says_where_chips_leave(run: Path) -> None:
    """Two hazards, two gradients: at 0.2 a year the Transformer chips have left."""
    (run / "frontier.json").write_text(json.dumps(FRONTIER))
    told = of(build(gather(run)), "frontier")
    assert told.tables[0].rows[1]["g6"] == 0.0
    assert told.tables[0].rows[0]["g6"] == 0.75
    assert "leaves the orders at a hazard of 0.130 a year" in told.sentences[0]
    assert "stays at every hazard tried" in told.sentences[1]
    assert called("verify", str(run)).code == 0


@pytest.mark.parametrize("text", ["<svg/>", "[]", '{"points": []}'])
def test_a_file_that_is_no_frontier_is_refused(run: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "frontier.svg"
    path.write_text(text)
    told = called("report", str(run), "--frontier", str(path), "--format", "md")
    assert told.code == 3
    assert "RUN021" in told.err


def test_every_sheet_is_there_and_an_empty_one_says_why(run: Path) -> None:
    """Without risk, frontier and an earlier run two sheets hold a sentence; with risk its figures."""
    material = gather(run)
    bare = load_workbook(io.BytesIO(render(book(material, build(material)))))
    assert set(SHEETS) <= set(bare.sheetnames)
    assert "planner risk run" in bare["Risk"]["A2"].value
    assert "--against" in bare["Changes"]["A2"].value
    asked_beside(run, "hold")
    (run / "frontier.json").write_text(json.dumps(FRONTIER))
    material = gather(run)
    full = load_workbook(io.BytesIO(render(book(material, build(material)))))
    words = {cell.value for row in full["Risk"].iter_rows() for cell in row}
    assert {"hold", "hbm3e", 25e6, 0.75} <= words
    assert (len(bare["Risk"]._charts), len(full["Risk"]._charts)) == (0, 3)


def test_prices_stand_beside_who_says_so_and_their_range(run: Path) -> None:
    """A price of the catalog has its source, day, range and tier; a tariff is the scenario's own."""
    material = gather(run)
    sheet = load_workbook(io.BytesIO(render(book(material, build(material)))))["Inputs"]
    rows = {(row[0].value, row[1].value): [cell.value for cell in row[2:7]] for row in sheet.iter_rows()}  # fmt: skip
    price = rows["price per system", "b200-buy"]
    fact = material.run.loaded.catalog.systems["nvidia-hgx-b200"].price.at(material.options.timeline.as_of)  # type: ignore[union-attr]  # fmt: skip
    assert fact is not None
    assert price[2:] == [material.run.loaded.catalog.sources[fact.source].title, fact.as_of, fact.tier]  # fmt: skip
    assert price[:2] == pytest.approx([fact.low, fact.high])
    tariff = next(ground for (what, _), ground in rows.items() if str(what).startswith("energy tariff"))  # fmt: skip
    assert tariff[0] is None
    assert tariff[2:] == ["scenario quickstart", material.plan["as_of"], "stated"]


def test_the_report_says_what_would_change_our_mind(run: Path) -> None:
    """The nearest loser with its price and date; a frontier adds the hazard at which a chip leaves."""
    material = gather(run)
    said = of(build(material), "mind").sentences
    lost = [row for row in material.plan["options"] if row.get("target_price_usd") and row.get("target_share")]  # fmt: skip
    nearest = max(lost, key=lambda row: row["target_share"])
    assert said[0].startswith(f"A quote: {nearest['id']} enters at")
    assert nearest["target_order_by"] in said[0]
    assert not any("hazard" in line for line in said)
    assert "a system" not in said[0]
    with_frontier = of(build(replace(material, frontier=FRONTIER)), "mind").sentences
    assert any("leaves the orders at a hazard of 0.130 a year" in line for line in with_frontier)
    assert not any("taalas-hc1" in line for line in with_frontier)


def test_decisions_are_told_by_the_quarter_of_their_last_order_date(run: Path) -> None:
    """Every order is in exactly one quarter, and each quarter's first date lies in it."""
    tables = {table.id: table for table in of(build(gather(run)), "orders").tables}
    quarters = tables["decisions"].rows
    assert sum(row["orders"] for row in quarters) == len(tables["orders"].rows)
    for row in quarters:
        year, month, _ = row["first"].split("-")
        assert row["quarter"] == f"{year}Q{(int(month) + 2) // 3}"


def test_fabrics_are_compared_over_all_that_they_wire(run: Path) -> None:
    """Each delivery is in one line; a share of capital is network over the whole, never a mean of shares."""
    material = gather(run)
    rows = [row for row in material.tables["fabric"] if row["network_usd"]]
    assert rows
    tables = {table.id: table for table in of(build(material), "fabric").tables}
    compared = tables["fabrics"].rows
    assert sum(row["network_usd"] for row in compared) == pytest.approx(
        sum(row["network_usd"] for row in rows)
    )
    first = compared[0]
    mine = [
        row for row in rows if (row["fabric"], row["system"]) == (first["fabric"], first["system"])
    ]
    whole = sum(row["network_usd"] for row in mine) / sum(row["capex_usd"] for row in mine)
    assert first["network_share_of_capex"] == pytest.approx(whole)
    last = [row["systems"] for row in mine if row["period"] == mine[-1]["period"]]
    assert first["systems"] == pytest.approx(sum(last))  # the quickstart never takes one away
    without = build(
        replace(
            material,
            tables=material.tables | {"fabric": []},
            run=replace(material.run, plan=material.plan | {"photonics": []}),
        )
    )
    assert "fabric" in {absent.id for absent in without.absent}


def test_a_price_by_the_hour_is_quoted_by_the_hour(run: Path) -> None:
    """A rented system that lost at 9 USD an hour is told so, a bought one by the piece."""
    material = gather(run)
    rented = next(o.id for o in material.options.offerings.values() if o.ownership == "rent")
    bought = next(o.id for o in material.options.offerings.values() if o.ownership == "own")
    for offer, says in ((rented, "at 9 USD/h,"), (bought, "at 9 USD,")):
        lost = {"id": offer, "verdict": "lost", "target_price_usd": 9.0, "target_share": 0.5, "target_order_by": "2027-01-01", "target_delivery": "2027Q1"}  # fmt: skip
        plan = material.plan | {"options": [lost]}
        said = of(build(replace(material, run=replace(material.run, plan=plan))), "mind").sentences
        assert says in said[0]


def test_orders_of_the_window_are_counted_apart(run: Path) -> None:
    """The plan decides what is due within its window; the sentence counts just that."""
    told = of(build(gather(run)), "orders")
    rows = next(table for table in told.tables if table.id == "orders").rows
    last_day = window_ends(gather(run).options.timeline).isoformat()
    due = [row for row in rows if row["order_by"] <= last_day]
    assert 0 < len(due) < len(rows)
    assert told.sentences[1].startswith(f"{len(due)} of {len(rows)} orders are due by {last_day}")


def test_a_price_tells_its_source_where_it_is_ordered(run: Path) -> None:
    """The fact of the catalog with its day and tier; the scenario where an offer states its own."""
    material = gather(run)
    rows = next(t for t in of(build(material), "orders").tables if t.id == "orders").rows
    row = next(row for row in rows if row["offer"] == "b200-buy")
    fact = material.run.loaded.catalog.systems["nvidia-hgx-b200"].price.at(material.options.timeline.as_of)  # type: ignore[union-attr]  # fmt: skip
    assert fact is not None
    title = material.run.loaded.catalog.sources[fact.source].title
    assert row["source"].startswith(f"{title}, {fact.as_of}, {fact.tier}")
    scenario = material.run.loaded.scenario
    stated = scenario.offers["b200-buy"].model_copy(update={"price": 1.0, "note": "by letter"})
    own = scenario.model_copy(update={"offers": scenario.offers | {"b200-buy": stated}})
    run_of = replace(material.run, loaded=replace(material.run.loaded, scenario=own))
    assert price_source(run_of, material.options.offerings["b200-buy"]) == "scenario quickstart: by letter"  # fmt: skip


def test_scarcities_that_cost_nothing_are_told_and_not_drawn(run: Path) -> None:
    """One limit with a worth and no rent: a table without a picture; with a rent both."""
    material = gather(run)
    row = {"family": "lead_time", "subject": "b200-buy", "sentence": "one more is worth 1 kUSD", "periods": 1, "usd_per_unit": 1e3, "less_usd_per_unit": None}  # fmt: skip
    for rent_usd, charts in ((0.0, 0), (5e6, 1)):
        plan = material.plan | {"scarcities": [row | {"rent_usd": rent_usd}]}
        told = of(build(replace(material, run=replace(material.run, plan=plan))), "scarcity")
        assert (len(told.charts), len(told.tables)) == (charts, 1)
