"""Reviews: what is due, what changed since the approved plan, what must be decided by when, who signed."""
