"""Every row family, proved on worlds solved by hand beside their twins without the rows."""
