"""The statements of SQLite's search index, whose tables are those of `search_tables`."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from hubbub.stores.statement import Statement


class SearchStatements:
    """All of them. What is named in the plural is a JSON array. Only channels and conversations are searched.

    What is put in comes in one array, too: a statement for each row would let the loop have the interpreter, and wait
    to get it back, hundreds of times in a step.
    """

    def __init__(self, compile_: Callable[[sa.ClauseElement], Statement]) -> None:
        def sql(text: str) -> Statement:
            return compile_(sa.text(text))

        self.behind: Final = sql(
            "SELECT r.id, coalesce(p.seq, 0), r.seq FROM rooms r LEFT JOIN search_progress p ON p.room = r.id"
            " WHERE r.kind IN ('channel', 'direct') AND r.seq > coalesce(p.seq, 0) LIMIT :limit"
        )
        """Rooms with something that is not indexed: up to which record they are, and the last one."""
        self.behind_of: Final = sql(
            "SELECT r.id, coalesce(p.seq, 0), r.seq FROM rooms r LEFT JOIN search_progress p ON p.room = r.id"
            " WHERE r.kind IN ('channel', 'direct') AND r.seq > coalesce(p.seq, 0)"
            " AND r.id IN (SELECT value FROM json_each(:rooms))"
        )
        self.progress: Final = sql("SELECT seq FROM search_progress WHERE room = :room")
        self.set_progress: Final = sql("INSERT OR REPLACE INTO search_progress VALUES (:room, :seq)")
        self.messages_behind: Final = sql(
            "SELECT r.room, r.seq, r.time_ms, r.body, n.body FROM json_each(:rooms) b CROSS JOIN records r"
            " ON r.room = json_extract(b.value, '$[0]') AND r.message_seq > json_extract(b.value, '$[1]')"
            " AND r.message_seq <= json_extract(b.value, '$[2]')"
            " LEFT JOIN notes n ON n.room = r.room AND n.seq = r.seq LIMIT :limit"
        )
        """Messages of these rooms, an array of arrays: room, behind which record, up to which one.

        One room after the other, and each in order, because SQLite does not change the order of a CROSS JOIN; to ask
        for an order would have it read all there are.
        """
        self.messages: Final = sql(
            "SELECT r.room, r.seq, r.time_ms, r.body, n.body FROM records r"
            " LEFT JOIN notes n ON n.room = r.room AND n.seq = r.seq WHERE r.room = :room AND r.message_seq > :after"
            " AND r.message_seq <= :last ORDER BY r.message_seq LIMIT :limit"
        )

        self.last_ids: Final = sql(
            "SELECT json_extract(value, '$[0]'), (SELECT max(id) FROM search_places"
            " WHERE id BETWEEN json_extract(value, '$[0]') AND json_extract(value, '$[1]')) FROM json_each(:ranges)"
        )
        """For each range, an array of its first and its last id: the first again, and the last one in use, or NULL."""
        self.insert_places: Final = sql(
            "INSERT INTO search_places SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),"
            " json_extract(value, '$[2]') FROM json_each(:entries)"
        )
        self.find_place: Final = sql(
            "SELECT id FROM search_places WHERE id BETWEEN :low AND :high AND room = :room AND seq = :seq"
        )
        self.delete_place: Final = sql("DELETE FROM search_places WHERE id = :id")
        self.insert_texts: Final = sql(
            "INSERT INTO search_texts (rowid, text, meta) SELECT json_extract(value, '$[0]'),"
            " json_extract(value, '$[3]'), json_extract(value, '$[4]') FROM json_each(:entries)"
        )
        self.delete_text: Final = sql(
            "INSERT INTO search_texts (search_texts, rowid, text, meta) VALUES ('delete', :id, :text, :meta)"
        )

        self.known_words: Final = sql(
            "SELECT word FROM search_words WHERE word IN (SELECT value FROM json_each(:words))"
        )
        self.last_word: Final = sql("SELECT coalesce(max(id), 0) FROM search_words")
        self.insert_words: Final = sql("INSERT INTO search_words SELECT :last + 1 + key, value FROM json_each(:words)")
        self.insert_parts: Final = sql(
            "INSERT INTO search_parts (rowid, word) SELECT :last + 1 + key, value FROM json_each(:words)"
        )
        self.delete_word: Final = sql("DELETE FROM search_words WHERE id = :id")
        self.delete_parts: Final = sql(
            "INSERT INTO search_parts (search_parts, rowid, word) VALUES ('delete', :id, :word)"
        )
        self.doubt_word: Final = sql("INSERT OR IGNORE INTO search_doubtful VALUES (:word)")
        self.doubtful: Final = sql(
            "SELECT d.word, w.id FROM search_doubtful d LEFT JOIN search_words w ON w.word = d.word LIMIT :limit"
        )
        self.trust_word: Final = sql("DELETE FROM search_doubtful WHERE word = :word")
        self.is_used: Final = sql("SELECT 1 FROM search_texts WHERE search_texts MATCH :wanted LIMIT 1")

        self.note_removed: Final = sql("UPDATE search_version SET removed = removed + :count")
        self.removed: Final = sql("SELECT removed FROM search_version")
        self.changes: Final = sql("SELECT total_changes()")
        self.merge_texts: Final = sql("INSERT INTO search_texts (search_texts, rank) VALUES ('merge', :pages)")
        self.merge_parts: Final = sql("INSERT INTO search_parts (search_parts, rank) VALUES ('merge', :pages)")

        self.sizes: Final = sql("SELECT id, seq FROM rooms WHERE kind IN ('channel', 'direct')")
        self.words_beginning: Final = sql(
            "SELECT word FROM search_words WHERE word >= :word AND word < :beyond LIMIT :limit"
        )
        self.words_with: Final = sql(
            "SELECT w.word FROM search_parts s CROSS JOIN search_words w ON w.id = s.rowid"
            " WHERE s.search_parts MATCH :parts AND instr(w.word, :word) > 1 ORDER BY s.rowid LIMIT :limit"
        )
        self.find: Final = sql(
            "SELECT s.rowid, r.room, r.seq, r.time_ms, r.body, n.body FROM search_texts s"
            " CROSS JOIN search_places p ON p.id = s.rowid CROSS JOIN records r ON r.room = p.room AND r.seq = p.seq"
            " LEFT JOIN notes n ON n.room = r.room AND n.seq = r.seq"
            " WHERE s.search_texts MATCH :wanted AND s.rowid >= :low AND s.rowid < :high"
            " AND p.room IN (SELECT value FROM json_each(:rooms)) ORDER BY s.rowid DESC LIMIT :limit"
        )
        """Parameters `wanted`, `rooms`, `limit`, and the ids to look between: at least `low`, less than `high`."""
        self.find_any: Final = sql(
            "SELECT p.id, r.room, r.seq, r.time_ms, r.body, n.body FROM search_places p"
            " CROSS JOIN records r ON r.room = p.room AND r.seq = p.seq"
            " LEFT JOIN notes n ON n.room = r.room AND n.seq = r.seq"
            " WHERE p.id >= :low AND p.id < :high"
            " AND p.room IN (SELECT value FROM json_each(:rooms)) ORDER BY p.id DESC LIMIT :limit"
        )
        """As `find`, whatever was said."""
