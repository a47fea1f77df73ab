"""Saved searches: what somebody wants sent, when, and when that is next."""
