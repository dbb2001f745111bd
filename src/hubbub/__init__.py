"""hubbub: a self-hosted chat server, one port for every client."""
