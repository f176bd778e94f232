"""The sections of a report: one file each, with its place in the order and what makes it.

A file in this folder is found by itself; adding a section touches nothing else.
"""
