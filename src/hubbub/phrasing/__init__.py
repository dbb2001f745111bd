"""Phrasing: sentences for people, for every client that only has lines of text, on either end of the wire."""
