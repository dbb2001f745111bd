"""Stores: where records are kept, and where their order is decided."""
