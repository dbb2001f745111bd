"""What is in a backup: what it says of itself, what it has counted, and what its members are called.

about.json                        what this is, and of which version
tables/NAME/000001.jsonl.gz …     the rows of each table, a JSON array each, in order
folder/NAME                       small things of the data folder
files/SHA256                      files that people have sent
manifest.json                     what there should be: counts and checksums, and one of all that stands before
"""

import hashlib
import zlib
from datetime import datetime
from typing import Final

import msgspec

from hubbub.server.host_key import HOST_KEY_FILE
from hubbub.server.tls import SELF_SIGNED_FILE

FORMAT: Final = 1
"""Changes when an older hubbub could not read a backup any more."""

ABOUT: Final = "about.json"
MANIFEST: Final = "manifest.json"

KEPT_FILES: Final = (SELF_SIGNED_FILE, HOST_KEY_FILE)
"""The small things in the data folder that a restored server needs to be the same to its clients."""

SETTINGS: Final = "settings.toml"
"""Beside them, the settings that held. They are for whoever restores: a server reads those that it is given."""

SMALL_LIMIT: Final = 16 * 1_024 * 1_024
"""Most bytes of a member that is not cut into pieces: a certificate, a manifest."""

CHUNK_BYTES: Final = 1_024 * 1_024
"""After so many bytes of rows another member begins: what is in memory while rows are packed."""

ROW_LIMIT: Final = 256 * 1_024 * 1_024
"""Most bytes of a row, which is never divided: the state of a room of 100 000 people has 20 MB."""

CHUNK_LIMIT: Final = 2 * ROW_LIMIT
"""Most bytes of a member with rows, packed or not."""

RATIO_LIMIT: Final = 200
"""How many times its size such a member may unpack to. What would unpack to more, as a thousand times the same word
does, is written unpacked, so that a backup made to fill disks can be told from one that was not."""

LEVEL: Final = 4
"""How hard zlib tries: twice as fast as its own 6, and 5 % larger."""

_GZIP: Final = 16 + zlib.MAX_WBITS
"""Asks zlib for the format of gzip (RFC 1952), whose checksum tells at once where a backup is damaged."""

WARNING: Final = (
    "Keep this as you keep your keys: in it are private conversations, the hashes of passwords and tokens, "
    "and the keys of the certificate and of SSH."
)


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself, first of all."""

    hubbub_backup: int
    """The format."""
    hubbub: str
    """Which version of hubbub made it."""
    tables: str
    """Which version the tables have."""
    database: str
    """In what they were: `sqlite` or `postgresql`."""
    made: datetime
    counters: dict[str, int]
    """The last number that each table which counts has given."""
    warning: str = WARNING


class TableTally(msgspec.Struct):
    """What was counted of a table."""

    rows: int = 0
    members: int = 0
    sha256: str = hashlib.sha256().hexdigest()
    """Of all its lines."""


class FilesTally(msgspec.Struct, omit_defaults=True):
    """What was counted of files."""

    count: int = 0
    size_bytes: int = 0
    missing: list[str] = []
    """Those that rows name and that were not there, by their checksums."""
    damaged: list[str] = []
    """Those that were not what their names say."""


class Manifest(msgspec.Struct, omit_defaults=True):
    """What was counted of everything. Whoever reads counts again, and has to come to the same.

    Byte for byte: what is counted later as well has to be what it is by default in backups from before, or `FORMAT` is
    another one.
    """

    tables: dict[str, TableTally] = {}
    folder: dict[str, str] = {}
    """The checksum of each thing by its name."""
    files: FilesTally = msgspec.field(default_factory=FilesTally)
    faults: list[str] = []
    """What was wrong in the database, a sentence each."""
    stand_ins: int = 0
    """How many rows of `credentials` are nobody's."""
    size_bytes: int = 0
    """How many bytes stand before this."""
    sha256: str = ""
    """The checksum of those."""

    def encode(self) -> bytes:
        """Return it as it is written, which is in one way only."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


class LinesDigest:
    """Takes the checksum of a table's lines, member by member."""

    def __init__(self, tally: TableTally) -> None:
        self._tally = tally
        self._digest = hashlib.sha256()

    def add(self, lines: bytes, rows: int) -> None:
        """Count what one member holds."""
        self._digest.update(lines)
        self._tally.rows += rows
        self._tally.members += 1
        self._tally.sha256 = self._digest.hexdigest()


def rows_name(table: str, number: int) -> str:
    """Return what a member with rows is called, by its number from 1 on."""
    return f"tables/{table}/{number:06}.jsonl.gz"


def folder_name(name: str) -> str:
    """Return what a small thing of the data folder is called."""
    return f"folder/{name}"


def file_name(sha256: str) -> str:
    """Return what a file that somebody has sent is called."""
    return f"files/{sha256}"


def pack(lines: bytes) -> bytes:
    """Return lines as a member holds them."""
    packed = zlib.compress(lines, LEVEL, _GZIP)
    return packed if len(lines) <= RATIO_LIMIT * len(packed) else zlib.compress(lines, 0, _GZIP)


def unpack(packed: bytes) -> bytes:
    """Return the lines again. Raises `ValueError` with what is wrong."""
    limit = min(CHUNK_LIMIT, RATIO_LIMIT * len(packed))
    decompressor = zlib.decompressobj(_GZIP)
    try:
        lines = decompressor.decompress(packed, limit + 1)
    except zlib.error as error:
        raise ValueError("is damaged") from error
    if len(lines) > limit:
        raise ValueError(f"would unpack to more than {limit} bytes; that was made to harm")
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("is damaged")
    return lines
