"""The linear program as mathematics: sets, columns, one file per subject of rows, the objective."""
