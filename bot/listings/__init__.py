"""Listings as the product serves them: refresh, openings, searches, the salary index."""
