"""Labelled job posts: what the readers of signs learn from and are judged by. All are invented."""
