"""Answers put together by rules, one file per kind of answer. Each takes a `Draft` and an `Ask` and adds to the draft."""
