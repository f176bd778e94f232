"""An Airflow DAG; no catching up by Airflow, for tick itself catches up."""

from __future__ import annotations

import shlex

from planner.review.schedule.form import Job, Printed, form


@form("airflow")
def dag(job: Job) -> Printed:
    """A file for the folder of DAGs; braces would be taken for a template and are refused there."""
    call = f"cd {shlex.quote(str(job.folder))} && {shlex.join(job.words)}"
    text = f'''\
"""Hold the planner reviews that are due."""

from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="planner_reviews",
    schedule="{job.minute} {job.hour} * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
):
    BashOperator(
        task_id="tick",
        bash_command={call!r},
        append_env=True,
        retries=2,
        retry_delay=timedelta(minutes=10),
    )
'''
    return {"planner_reviews.py": text}
