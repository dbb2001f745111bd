"""What IRC clients ask, by subject: each module has one table, and `gateways/irc/table.py` joins them."""
