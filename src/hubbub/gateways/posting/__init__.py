"""Posting: what happens here, told to other servers over HTTP."""
