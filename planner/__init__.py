"""Accelerator capacity planner: which fleet to buy, from whom, for which site, by when."""

__version__ = "0.1.0"
