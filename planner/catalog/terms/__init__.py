"""The typed terms a contract can be made of: one file each, named as the word it is written under.

A file holds the term's schema (``TERM``) and what it comes to as plain numbers. The folder is read
as a whole; a sibling touches one file, and the account, row or column that reads it.
"""
