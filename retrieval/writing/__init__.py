"""Answers in a model's words: the composer's evidence goes out, claims come back, checks decide what is said."""
