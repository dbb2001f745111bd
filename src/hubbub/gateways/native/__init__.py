"""The native protocol: everything the server can do, as JSON."""
