"""The rules of the house: pure, without I/O, clock or randomness."""
