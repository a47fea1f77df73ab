"""Where people talk. Each platform renders the same `Reply` in its own way."""
