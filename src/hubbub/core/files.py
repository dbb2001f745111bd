"""Files: what everybody is shown of one that stands with a message, and what it may be called."""

import re
import unicodedata
from typing import Final, NewType

import msgspec

from hubbub.core.kinds import Refused
from hubbub.core.texts import remove_controls

FileId = NewType("FileId", str)
"""Which file: made by the service, unguessable, for who knows it while a message shows it may read it."""

NAME_LENGTH: Final = 120
"""Longest name of a file, in characters. With four bytes each it fits twice into what file systems take (255 bytes are
usual), once for whoever saves it and once with `(1)` and the like added."""

EXTENSION_LENGTH: Final = 16
"""Longest part behind the last dot that is kept when a name is cut."""

NAMELESS: Final = "file"
"""What a file is called of whose name nothing is left."""

_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")
_THOUSAND: Final = 1_000

_SEPARATORS: Final = re.compile(r"[/\\]")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u061c\u2060-\u206f\ufeff\ufff0-\ufffb\n\t]")
"""Joiners, marks and isolates that make `exe.gpj` of `jpg.exe`: a sentence may need them, a file's name does not."""
_AWKWARD: Final = re.compile(r'[<>:"|?*]')
"""What Windows takes in no name."""
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")
"""Names of devices there, whatever stands behind the dot."""


class FileView(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What everybody who reads a message may know of a file that it shows."""

    id: FileId
    name: str
    media_type: str
    """As the server found out, whatever its sender said: `image/png`."""
    size_bytes: int
    width: int = 0
    """In pixels, of a picture that clients may show as one; 0 for anything else."""
    height: int = 0
    has_thumbnail: bool = False
    """Whether there is a smaller picture of it."""

    @property
    def is_picture(self) -> bool:
        """Whether clients may show it as a picture."""
        return self.width > 0


def clean_file_name(text: str) -> str:
    """Return what a file is called: one harmless word or more, no path, nothing that hides what it ends with."""
    name = unicodedata.normalize("NFC", _UNSEEN.sub("", remove_controls(text)))
    name = _AWKWARD.sub("_", _SEPARATORS.split(name)[-1])
    name = " ".join(name.split()).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shorten(name) or NAMELESS


def _shorten(name: str) -> str:
    if len(name) <= NAME_LENGTH:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not 0 < len(extension) <= EXTENSION_LENGTH:
        return name[:NAME_LENGTH].rstrip(". ")
    return f"{stem[: NAME_LENGTH - len(extension) - 1].rstrip('. ')}.{extension}"


def no_such_file() -> Refused:
    """Return the refusal of a file that is not there, or that the asker may not know of: nobody learns which."""
    return Refused("no_such_file", "There is no such file: it was deleted, or its upload is not finished.")


def require_few_files(count: int, limit: int) -> None:
    """Raise `Refused` with `too_many_files` for more than one message may show; 0 = no limit."""
    if limit and count > limit:
        raise Refused(
            "too_many_files", f"Those are {count} files, and {limit} is the most in a message. Send them in several."
        )


def describe_size(size_bytes: int) -> str:
    """Return a size as people read it, such as `1.2 MB`."""
    size, unit = float(size_bytes), 0
    while size >= _THOUSAND and unit < len(_UNITS) - 1:
        size, unit = size / _THOUSAND, unit + 1
    if unit == 0:
        return f"{size_bytes} byte" if size_bytes == 1 else f"{size_bytes} bytes"
    return f"{size:.1f} {_UNITS[unit]}"
