"""Digests: saved searches become one message a day."""
