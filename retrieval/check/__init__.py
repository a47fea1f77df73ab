"""Whether an answer says only what its sources say: every figure, level, place, measure and label, claim by claim."""
