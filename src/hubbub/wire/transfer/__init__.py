"""Transfer: how rooms and what was said in them are written into files and read from them, hubbub's and others'."""
