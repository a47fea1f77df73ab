"""Chats served: events in, answers out, nothing lost."""
