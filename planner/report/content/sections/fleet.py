"""Fleet: what stands, by place on the spectrum and by site, over time."""

from __future__ import annotations

from planner.report.charts.chart import Axis, Chart
from planner.report.content.material import Material, total
from planner.report.content.piece import Column, Section, Table
from planner.report.spectrum import PLACES

ORDER = 30
ABSENT = Section("fleet", "Fleet", ("Nothing stands in any period.",))


def section(material: Material) -> Section | None:
    fleet = material.tables["fleet"]
    if not fleet:
        return None
    labels = material.labels
    chips = total(fleet, lambda r: (r["period"], material.gradient(r["system"])), "chips")
    places = sorted({gradient for _, gradient in chips})
    drawn = tuple(
        {"period": period, "gradient": place, "chips": chips.get((period, place), 0.0)}
        for period in labels
        for place in places
    )
    last = labels[-1]
    at_end = sorted(
        ((value, gradient) for (period, gradient), value in chips.items() if period == last),
        reverse=True,
    )
    sentence = (
        f"In {last} {at_end[0][0]:,.0f} chips of gradient {at_end[0][1]} stand, the largest group."
        if at_end
        else f"Nothing stands in {last}."
    )
    return Section(
        id="fleet",
        title="Fleet",
        charts=(
            Chart(
                id="fleet",
                title="Chips in service by place on the spectrum",
                sentence=sentence,
                mark="bar",
                rows=drawn,
                x=Axis("period", "period", "order"),
                y=Axis("chips", "chips", format=",d"),
                colour=Axis("gradient", "gradient", "names", values=PLACES),
            ),
        ),
        tables=(_by_year(material),),
    )


def _by_year(material: Material) -> Table:
    ends = {period.year: period.label for period in material.options.timeline.periods}
    counts = total(
        material.tables["fleet"], lambda r: (r["system"], r["site"], r["period"]), "systems"
    )
    pairs = sorted({(system, site) for system, site, _ in counts})
    rows = tuple(
        {
            "gradient": material.options.configurations[system].gradient,
            "system": system,
            "site": site,
            **{label: counts.get((system, site, label), 0.0) for label in ends.values()},
        }
        for system, site in pairs
    )
    columns = (
        Column("gradient", "gradient", "number"),
        Column("system", "system"),
        Column("site", "site"),
        *(Column(label, label, "count", "systems") for label in ends.values()),
    )
    return Table("fleet", "Systems in service, last period of each year", columns, rows)
