"""The report as one page: a file that needs no network."""
