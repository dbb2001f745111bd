"""Media types: what a file is, whatever its sender says; and what no browser is ever told that it is."""

import codecs
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.service.media import DOCUMENTS, INLINE, PICTURES, SNIFFED_BYTES, TEXT, UNKNOWN, served_type, sniff

EBML: Final = b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"


@pytest.mark.parametrize(
    ("beginning", "name", "kind"),
    [
        (b"hello", "", TEXT),
        ("žluťoučký kůň 🐴\n".encode(), "x.png", TEXT),
        (("x" + "ž" * SNIFFED_BYTES).encode()[:SNIFFED_BYTES], "cut off in the middle of a character", TEXT),
        (codecs.BOM_UTF8 + b"hello", "x", TEXT),
        (b"\x1b[31mred\x1b[0m\n", "colours.log", TEXT),
        (b"a,b\r\n1,2\r\n", "x.csv", TEXT),
        (b"hello\0", "x.txt", UNKNOWN),
        (b"caf\xe9", "latin1.txt", UNKNOWN),
        ("hello".encode("utf-16"), "x.txt", UNKNOWN),
        (b"body {}", "x.css", "text/css"),
        (b"x", "x.HTML", "text/html"),
        (b"x", "x.svg", "image/svg+xml"),
        (b"<!-- x --><SVG>", "x", "image/svg+xml"),
        (b"\n\n<!DOCTYPE html>", "x", "text/html"),
        (b"text, and then <script>", "x.txt", "text/html"),
        (b'<?xml version="1.0"?>', "x", "text/xml"),
        (b"1; x", "x.mjs", "text/javascript"),
        (b"%PDF-1.4\n1 0 obj", "x", "application/pdf"),
        (b"\n\n%PDF-1.4", "x.txt", "application/pdf"),
        (b"PK\x03\x04" + bytes(40), "x", "application/zip"),
        (b"PK\x03\x04" + bytes(40), "x.odt", "application/vnd.oasis.opendocument.text"),
        (b"\x1f\x8b\x08\0" + bytes(20), "x.txt", "application/gzip"),
        (b"ID3\x03" + bytes(60), "x", "audio/mpeg"),
        (b"OggS\0\x02" + bytes(22), "x", "audio/ogg"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "x", "audio/wav"),
        (b"fLaC\0\0\0\x22" + bytes(40), "x", "audio/flac"),
        (EBML, "x", "video/webm"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "x", "video/mp4"),
        (b"MZ" + bytes(300), "x.exe", UNKNOWN),
        (b"\x7fELF" + bytes(300), "x", UNKNOWN),
        (b"", "x", TEXT),
    ],
)
def test_what_a_file_is(beginning: bytes, name: str, kind: str) -> None:
    """By its first bytes; its name can only take away what it may do."""
    assert sniff(beginning, name) == kind


@pytest.mark.parametrize("beginning", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a=1;//", b"RIFF\0\0\0\0WEBP"])
def test_what_only_begins_as_a_picture_is_unknown(beginning: bytes) -> None:
    """Pictures that are some are found elsewhere, by reading them."""
    assert sniff(beginning + bytes(100), "x.png") == UNKNOWN


def test_what_browsers_are_told() -> None:
    """Nothing that could run there; texts with their encoding, so that no other is guessed."""
    assert served_type(TEXT) == "text/plain; charset=utf-8"
    for kind in ("text/html", "image/svg+xml", "text/javascript", "text/xml", "application/xhtml+xml", "x/y", ""):
        assert served_type(kind) == UNKNOWN
    assert served_type("application/pdf") == "application/pdf"
    assert "application/pdf" not in INLINE
    assert not any("html" in kind or kind[-3:] == "xml" or "script" in kind or "flash" in kind for kind in INLINE)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_something(beginning: bytes, name: str) -> None:
    """And never a picture, which nobody has looked at here."""
    kind = sniff(beginning, name)
    assert kind not in PICTURES
    assert served_type(kind).partition(";")[0] in INLINE | DOCUMENTS | {UNKNOWN}
