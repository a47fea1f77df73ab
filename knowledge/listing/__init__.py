"""Job listings: what a board states, read into the same fields for every board. Pure; raw texts are kept."""
