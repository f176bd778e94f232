"""What if: typed verbs that change a run's scenario; one file per verb in ``verbs/``, found by itself.

A verb is a file with NAME, FORM (how it is written), PATTERN and ``changes``.
"""
