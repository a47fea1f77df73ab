"""Answers in a model's words within a budget: who asked, what it costs, what is shown meanwhile."""
