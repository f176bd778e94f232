"""What a price would have to be: for an offer that lost to win, for one that won to leave."""
