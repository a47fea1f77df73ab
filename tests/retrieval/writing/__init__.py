"""The model path: evidence, claims, checks, and a server on loopback that plays the model."""
