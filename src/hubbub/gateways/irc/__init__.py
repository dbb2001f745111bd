"""The IRC protocol: every IRC client, old or new."""
