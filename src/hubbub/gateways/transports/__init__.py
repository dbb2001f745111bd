"""Transports: they move bytes and know no protocol."""
