"""Vendors' quotes: the workbook they fill, what it says, and how it stands against the plan's target prices."""
