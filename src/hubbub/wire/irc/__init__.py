"""IRC: its lines and what stands in them, as RFC 1459 began it and clients speak it today."""
