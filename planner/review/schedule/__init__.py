"""Ready files that call ``planner review tick``: one printed form per file, each registering itself."""

from planner.review.schedule import airflow, cron, github, kubernetes, systemd

__all__ = ["airflow", "cron", "github", "kubernetes", "systemd"]
