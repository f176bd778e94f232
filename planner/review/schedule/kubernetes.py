"""A Kubernetes CronJob; the run folders and the history lie on a claimed volume."""

from __future__ import annotations

import json

from planner.review.schedule.form import Job, Printed, form


@form("kubernetes")
def cronjob(job: Job) -> Printed:
    """A manifest for ``kubectl apply``; image and volume claim bear the name planner."""
    text = f"""\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: planner-reviews
spec:
  schedule: "{job.minute} {job.hour} * * *"
  timeZone: Etc/UTC
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 43200
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: tick
              image: planner
              workingDir: {json.dumps(str(job.folder))}
              command: {json.dumps(["planner", *job.words[1:]])}
              env:
                - name: PLANNER_STORE
                  valueFrom:
                    secretKeyRef:
                      name: planner
                      key: store
                      optional: true
              volumeMounts:
                - name: planner
                  mountPath: {json.dumps(str(job.folder))}
          volumes:
            - name: planner
              persistentVolumeClaim:
                claimName: planner
"""
    return {"planner-review.yaml": text}
