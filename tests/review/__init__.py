"""Reviews: their history, their store, their cycle."""
