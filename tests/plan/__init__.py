"""Plans, their twins, verdicts and run folders."""
