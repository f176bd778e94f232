"""A crontab line; cron's own clock is the machine's, so the line says which it takes it for."""

from __future__ import annotations

import shlex

from planner.review.schedule.form import Job, Printed, form


@form("cron")
def crontab(job: Job) -> Printed:
    """One line for ``crontab -e``; a percent sign ends a command in cron, so it is escaped."""
    call = f"cd {shlex.quote(str(job.folder))} && {shlex.join(job.words)}".replace("%", r"\%")
    lines = [
        "# planner reviews: every day, on a machine whose clock is UTC; what is not due is left alone",
        f"{job.minute} {job.hour} * * * {call}",
    ]
    return {"planner-review.cron": "\n".join(lines) + "\n"}
