"""Small cases of the boundary between judge and player, as data, by topic."""
