"""Other people's systems in our words: chat platforms here, job boards to come."""
