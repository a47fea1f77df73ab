"""Telegram: its updates as events of ours, our replies as its messages."""
