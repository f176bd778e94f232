"""When reviews are due: one file per cadence; importing the package registers every one."""

from planner.review.cadence import cron, month, quarter

__all__ = ["cron", "month", "quarter"]
