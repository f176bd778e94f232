"""Beliefs -> draws -> outcomes: plans under uncertainty, hedges and frontiers."""
