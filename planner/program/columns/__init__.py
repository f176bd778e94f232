"""The kinds of column: one file per subject, each with its cards and what adds them.

A file in this folder is found by itself; adding a kind of column touches nothing else.
"""
