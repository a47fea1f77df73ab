"""What we know: guides, pay, places and words. Plain values and pure functions; no network, database or model."""
