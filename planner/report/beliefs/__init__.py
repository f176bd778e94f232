"""Beliefs for a reader: as a table, as sentences about what they imply, and as pictures."""
