"""What the server does with a command, and the ports it needs for that."""
