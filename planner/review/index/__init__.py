"""The store: an index of the history in a database, made again from the files whenever asked."""
