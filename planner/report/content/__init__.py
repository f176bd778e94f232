"""The report as data: what every renderer shows, and nothing that any of them computes."""
