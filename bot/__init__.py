"""The application: what to do with a message, what to remember, and the commands that start it."""
