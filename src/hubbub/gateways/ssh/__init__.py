"""The SSH door: the text protocol's commands over SSH, with a line that can be edited."""
