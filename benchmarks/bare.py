"""HiGHS on the arrays of a file, with nothing of the planner loaded: what the solver alone needs.

Run by ``benchmarks.large_program`` as ``python benchmarks/bare.py arrays.npz '{"solver": "ipm"}'``.
"""

from __future__ import annotations

import json
import resource
import sys
from time import perf_counter

import highspy
import numpy as np


def main(path: str, settings: str) -> None:
    """Solve the arrays and print seconds, peak and what HiGHS says, as JSON."""
    highs = highspy.Highs()
    for name, value in json.loads(settings).items():
        assert highs.setOptionValue(name, value) != highspy.HighsStatus.kError, name
    with np.load(path) as arrays:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(arrays["cost"]), len(arrays["row_lower"])
        model.col_cost_ = arrays["cost"]
        model.col_lower_, model.col_upper_ = arrays["lower"], arrays["upper"]
        model.row_lower_, model.row_upper_ = arrays["row_lower"], arrays["row_upper"]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = arrays["start"]
        model.a_matrix_.index_ = arrays["index"]
        model.a_matrix_.value_ = arrays["value"]
    highs.passModel(model)
    begun = perf_counter()
    highs.run()
    seconds = perf_counter() - begun
    solution = highs.getSolution()
    x = np.asarray(solution.col_value)
    found = {
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "status": highs.modelStatusToString(highs.getModelStatus()),
        "objective": highs.getInfo().objective_function_value,
        "not_zero": int((np.abs(x) > 1e-9).sum()),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
