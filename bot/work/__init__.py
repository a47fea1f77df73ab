"""What is done again and again while nobody asks: by this process alone, or shared among several."""
