"""From the statement to the solution: arrays, HiGHS, a second solver, and laws of the optimum."""
