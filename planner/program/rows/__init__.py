"""One file per row family; the folder is read as a whole, so a sibling touches one file."""
