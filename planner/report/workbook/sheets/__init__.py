"""The sheets: one file each, with its place in the order and what makes it.

A file in this folder is found by itself; adding a sheet touches nothing else.
"""
