"""A GitHub Actions workflow; the history is committed, for a runner forgets everything."""

from __future__ import annotations

import shlex

from planner.review.schedule.form import Job, Printed, form


@form("github")
def workflow(job: Job) -> Printed:
    """A file for ``.github/workflows``; the repository holds scenarios, reviews and reports."""
    call = shlex.join(["planner", *job.words[1:]])
    text = f"""\
name: planner reviews
on:
  schedule:
    - cron: "{job.minute} {job.hour} * * *"
  workflow_dispatch:
permissions:
  contents: write
concurrency:
  group: planner-reviews
  cancel-in-progress: false
jobs:
  tick:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: python -m pip install --constraint constraints.txt .
      - run: {call}
        env:
          PLANNER_STORE: ${{{{ secrets.PLANNER_STORE }}}}
      - if: always()
        run: |
          git config user.name "planner reviews"
          git config user.email "planner-reviews@users.noreply.github.com"
          git add --force reports
          git diff --cached --quiet || git commit -m "Record the reviews that were due"
          git push
"""
    return {"planner-review.yml": text}
