"""Laws that every serving estimate obeys."""
