"""Media types: what is in a file, as its first bytes say. What its sender says of it counts for nothing."""

import codecs
from pathlib import PurePosixPath
from typing import Final

import puremagic

from hubbub.wire.pictures.stripping import BEGINNING_BYTES, kind_of

SNIFFED_BYTES: Final = 16_384
"""As much of a file as is looked at: the signatures that puremagic knows stand in its beginning, but for that of CD
images and tape archives, which are nobody's picture."""

UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Pictures that have passed `Pictures.refine`: nothing but pixels is in them."""

INLINE: Final = PICTURES | {
    TEXT,
    *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac", "audio/webm"),
    *("video/mp4", "video/ogg", "video/webm", "video/quicktime"),
}
"""What a browser may show by itself: none of it can hold a script. Everything else is only ever saved."""

DOCUMENTS: Final = frozenset(
    {
        *("application/pdf", "application/zip", "application/gzip", "application/x-tar", "application/epub+zip"),
        *("application/x-7z-compressed", "application/vnd.rar", "application/x-xz", "application/x-bzip2"),
        *("application/zstd", "application/rtf", "application/msword", "application/vnd.ms-excel"),
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        *("image/tiff", "image/bmp", "image/heic", "image/heif", "image/avif", "image/x-icon"),
        *("font/ttf", "font/otf", "font/woff", "font/woff2", "video/x-matroska", "video/x-msvideo"),
    }
)
"""What is told apart, so that a telephone knows with what to open it once it is saved."""

_SAME: Final = {
    "application/ogg": "audio/ogg",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/x-flac": "audio/flac",
    "audio/x-m4a": "audio/mp4",
    "application/x-zip-compressed": "application/zip",
    "application/x-gzip": "application/gzip",
    "application/x-rar-compressed": "application/vnd.rar",
}
"""Other names, and what is meant by them."""

_ZIPPED: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".epub": "application/epub+zip",
}
"""What a zip file is, by the end of its name: only that tells them apart, and none of them is ever shown."""

_ACTIVE: Final = {
    "text/html": (".html", ".htm", ".shtml", ".xht", ".xhtml", ".mht", ".mhtml"),
    "image/svg+xml": (".svg", ".svgz"),
    "text/xml": (".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom"),
    "text/javascript": (".js", ".mjs", ".cjs"),
    "text/css": (".css",),
}
"""Texts that can be more than texts, by the ends of their names; to be saved only. The name decides here, for it can
only take away what a file may do."""

_MARKUP: Final = (
    ("<svg", "image/svg+xml"),
    ("<html", "text/html"),
    ("<!doctype html", "text/html"),
    ("<script", "text/html"),
    ("<body", "text/html"),
    ("<?xml", "text/xml"),
)
"""Beginnings of tags that make a text markup, wherever they stand in what is looked at."""

_TEXT_CONTROLS: Final = frozenset({*range(0x20), 0x7F}) - {*b"\t\n\r\f\x1b"}
"""Bytes that no text has; escape, which colours a log, is harmless in a browser."""


def sniff(beginning: bytes, name: str) -> str:
    """Return what a file is that begins so, but for pictures, of which `Pictures` decides; never a type of one."""
    if kind_of(beginning[:BEGINNING_BYTES]) is not None:
        return UNKNOWN  # something that passes for a picture, and is none
    if (text := _as_text(beginning)) is not None:
        return _kind_of_text(text, name)
    if beginning.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(_ending(name), "application/zip")
    for found in _guess(beginning):
        kind = _SAME.get(found, found)
        if kind in INLINE - PICTURES - {TEXT} or kind in DOCUMENTS:
            return kind
    return UNKNOWN


def served_type(media_type: str) -> str:
    """Return the type that a browser is told: what could run there is only bytes to it."""
    if media_type == TEXT:
        return "text/plain; charset=utf-8"
    return media_type if media_type in INLINE or media_type in DOCUMENTS else UNKNOWN


def _as_text(beginning: bytes) -> str | None:
    """Return the text that a file begins with, or None for what is none: in UTF-8, without controls."""
    if not _TEXT_CONTROLS.isdisjoint(beginning):
        return None
    try:
        decoder = codecs.getincrementaldecoder("utf-8")()
        # Where there is more, the last character may be cut off.
        return decoder.decode(beginning.removeprefix(codecs.BOM_UTF8), final=len(beginning) < SNIFFED_BYTES)
    except UnicodeDecodeError:
        return None


def _kind_of_text(text: str, name: str) -> str:
    ending = _ending(name)
    for kind, endings in _ACTIVE.items():
        if ending in endings:
            return kind
    lowered = text.lower()
    # Older browsers made a page of any text in which one of these stands.
    return next((kind for mark, kind in _MARKUP if mark in lowered), "application/pdf" if _is_pdf(text) else TEXT)


def _is_pdf(text: str) -> bool:
    """Whether readers would open it as a PDF: they look for this in the first 1 024 bytes."""
    return "%PDF-" in text[:1_024]


def _guess(beginning: bytes) -> list[str]:
    """Return what puremagic takes it for, the likeliest first."""
    try:
        found = puremagic.magic_string(beginning)
    except (puremagic.PureError, ValueError):
        return []
    return [one.mime_type for one in sorted(found, key=lambda one: -one.confidence)]


def _ending(name: str) -> str:
    return PurePosixPath(name.lower()).suffix
