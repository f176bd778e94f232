"""A systemd service and its timer; a day on which the machine was off is made up for."""

from __future__ import annotations

from planner.review.schedule.form import Job, Printed, form


@form("systemd")
def units(job: Job) -> Printed:
    """Two files for ``/etc/systemd/system``."""
    service = f"""\
[Unit]
Description=Hold the planner reviews that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={_escaped(str(job.folder))}
EnvironmentFile=-/etc/planner/review.env
ExecStart={" ".join(_quoted(word) for word in job.words)}
"""
    timer = f"""\
[Unit]
Description=Look every day for planner reviews that are due

[Timer]
OnCalendar=*-*-* {job.hour:02d}:{job.minute:02d}:00 UTC
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {"planner-review.service": service, "planner-review.timer": timer}


def _escaped(text: str) -> str:
    """A percent sign begins a specifier."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """One argument of a command line, whatever stands in it."""
    text = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"' if any(mark in text for mark in " \t'\"\\;") else text
