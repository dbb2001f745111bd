"""The tables of SQLite's search index. No migration makes them: all that is in them can be made again, and is.

`search_texts` has the tokens of each message (`text`), and what else it is found by (`meta`); `search_places` says
which message that is. Of the words in all texts, `search_words` has each once, and `search_parts` finds those by every
three letters in them. Neither of the two FTS5 tables keeps what was put in: to take something out, the same has to be
said again. `search_doubtful` has words that may have gone with a message, `search_progress` up to which record each
room is indexed.
"""

import sqlite3
from typing import Final

from hubbub.core.search.terms import TERMS_VERSION

INDEX_VERSION: Final = f"1/{TERMS_VERSION}"
"""Changes whenever the same message would be indexed in another way; then everything is indexed anew."""

_TABLES: Final = {
    "search_progress": "CREATE TABLE search_progress (room INTEGER PRIMARY KEY, seq INTEGER NOT NULL)",
    "search_places": "CREATE TABLE search_places (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, seq INTEGER NOT NULL)",
    "search_words": "CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    "search_doubtful": "CREATE TABLE search_doubtful (word TEXT PRIMARY KEY) WITHOUT ROWID",
    # Tokens come ready, divided by spaces: whatever is not ASCII is part of one for this tokenizer.
    "search_texts": "CREATE VIRTUAL TABLE search_texts USING"
    " fts5(text, meta, content='', columnsize=0, tokenize='ascii')",
    "search_parts": "CREATE VIRTUAL TABLE search_parts USING"
    " fts5(word, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')",
    "search_version": "CREATE TABLE search_version (version TEXT NOT NULL, removed INTEGER NOT NULL)",
}
"""How each is made."""


def prepare_index(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none, or where they were made by another version. Raises `sqlite3.Error`."""
    if _is_current(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_current(connection):  # another process may have been faster
            for name, creation in _TABLES.items():
                connection.execute(f"DROP TABLE IF EXISTS {name}")
                connection.execute(creation)
            connection.execute("INSERT INTO search_version VALUES (?, 0)", [INDEX_VERSION])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _is_current(connection: sqlite3.Connection) -> bool:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_version'").fetchall():
        return False
    return connection.execute("SELECT version FROM search_version").fetchall() == [(INDEX_VERSION,)]
