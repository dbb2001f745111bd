"""The frames protocol, in its three dialects."""
