"""Months of digests in minutes: many people, many zones, processes that are killed. Run by `make simulate`."""
