"""How databases of older versions get to the current one: run by `stores.upgrade` when a server starts.

To change the tables: change `stores.schema`, add a module to `versions` that does the same to an existing database and
whose `down_revision` is the last one, set `version.HEAD` to it, and have `make format` write what makes a new file of
SQLite. The tests compare them all.
"""
