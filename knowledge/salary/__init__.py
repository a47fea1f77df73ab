"""Pay as listings write it: from a text to every amount of pay it states."""
