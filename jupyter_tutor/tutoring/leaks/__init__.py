"""How code is found in a text, read, and put where it could give the answer away."""
