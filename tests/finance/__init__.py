"""Finance: one ledger, and every view of its money, proved by hand."""
