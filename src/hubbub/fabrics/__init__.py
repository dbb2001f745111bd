"""Fabrics: how nodes tell each other about new records."""
