"""What finds the relevant facts and says them with citations. Alone knows embeddings, Chroma and language models."""
