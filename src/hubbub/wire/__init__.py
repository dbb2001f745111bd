"""Codecs between bytes and values: pure, without I/O or clock."""
