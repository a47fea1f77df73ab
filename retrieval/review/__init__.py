"""The review of a job post: what it says, held against the guides and live openings. Never a verdict."""
