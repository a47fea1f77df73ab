"""Job posts as people paste them: found in a message, taken apart, and read for what a guide says of them."""
