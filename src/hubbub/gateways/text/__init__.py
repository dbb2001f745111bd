"""The text protocol, for people on netcat and telnet."""
