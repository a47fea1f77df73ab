"""Answers put together by rules, one file per kind; each takes a `Draft` and an `Ask` and adds to the draft."""
