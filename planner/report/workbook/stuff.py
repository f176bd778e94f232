"""What sheets are made from: the material of a report, the report itself and the money as lines."""

from __future__ import annotations

from dataclasses import dataclass

from planner.options.table import Options
from planner.report.content.material import Material
from planner.report.content.piece import Report, Table
from planner.report.workbook.line import Line
from planner.report.workbook.money import Money


@dataclass(frozen=True)
class Stuff:
    """One run, ready to be laid out."""

    material: Material
    report: Report
    money: Money

    @property
    def options(self) -> Options:
        return self.material.options

    def tables(self, *names: str) -> tuple[Table, ...]:
        """Tables of the report by id; those it does not have are left out."""
        known = {table.id: table for section in self.report.sections for table in section.tables}
        return tuple(known[name] for name in names if name in known)

    def why(self, section: str) -> tuple[str, ...]:
        """What the report says of a section it has nothing for."""
        missing = (absent for absent in self.report.absent if absent.id == section)
        return tuple(line for absent in missing for line in absent.sentences)


def heading(name: str, text: str) -> Line:
    """A line that only names what follows."""
    return Line(f"heading|{name}", (text,), tone="head")
