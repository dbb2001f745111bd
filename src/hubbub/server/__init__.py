"""The server: every part is made once and joined here."""
