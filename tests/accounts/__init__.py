"""Every account, proved by hand: how much, when, and how it is discounted."""
