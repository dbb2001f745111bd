"""What the codecs cost: `python -m bench.codecs` prints nanoseconds a piece, the best of several runs, on one core."""

import timeit
from collections.abc import Callable
from typing import Final

import click

from hubbub.core.kinds import Refused
from hubbub.core.names import find_key, parse_name, suggest_name
from hubbub.wire.detect import detect
from hubbub.wire.frames.header_frames import HeaderFrameReader, encode_header_frame, encode_header_pair
from hubbub.wire.frames.json_frames import JsonFrameReader, encode_chat
from hubbub.wire.frames.text_frames import TextFrameReader, encode_length_prefixed, encode_text_frames
from hubbub.wire.irc.lines import IrcLineReader
from hubbub.wire.irc.message import encode_line, parse_message
from hubbub.wire.lines import LineReader
from hubbub.wire.seeds import parse_seed
from hubbub.wire.telnet import TelnetReader

LIMIT: Final = 16_384
"""Bytes of a line or frame, as servers have it."""

MANY: Final = 500
"""Lines or frames in one read, where there are many: 32 KiB of 60-byte messages."""

TEXT: Final = "sixty bytes of something that people say to each other here!"
LINE: Final = f"{TEXT}\n".encode()
UNICODE_LINE: Final = ("grüße ü" * 8 + "\n").encode()
FRAME: Final = encode_length_prefixed(f"ann: {TEXT}".encode())
PACKET: Final = encode_length_prefixed(f'{{"type": "chat", "message": "{TEXT}"}}'.encode())
NEGOTIATION: Final = b"\xff\xfb\x18\xff\xfd\x03"
IRC_LINE: Final = f"PRIVMSG #lounge :{TEXT}"
IRC_TAGGED: Final = rf"@label=1;+reply=lounge-17;+typing=a\sb {IRC_LINE}"
IRC_TAGS: Final = {"time": "2026-01-02T03:04:05.678Z", "msgid": "lounge-17", "account": "ann"}
TAKEN: Final = frozenset(["alice", *(f"alice{number}" for number in range(2, 1_000))])


def refuse_name() -> None:
    """Parse a name that is refused, with its suggestion."""
    try:
        parse_name("bob smith")
    except Refused:
        return


def loads() -> dict[str, tuple[Callable[[], object], int]]:
    """Return what is measured by name: a call, and how many pieces it handles."""
    lines, telnet, irc = LineReader(LIMIT), TelnetReader(), IrcLineReader()
    header, packets, texts = HeaderFrameReader(LIMIT), JsonFrameReader(), TextFrameReader(LIMIT)
    many_lines, many_unicode, many_crlf = LINE * MANY, UNICODE_LINE * MANY, (LINE[:-1] + b"\r\n") * MANY
    many_irc = f"{IRC_LINE}\r\n".encode() * MANY
    many_frames, many_packets, many_headers = FRAME * MANY, PACKET * MANY, encode_header_frame(TEXT) * MANY
    return {
        "line, one a read": (lambda: lines.receive_data(LINE), 1),
        "line, many a read": (lambda: lines.receive_data(many_lines), MANY),
        "line, many, not ASCII": (lambda: lines.receive_data(many_unicode), MANY),
        "line, many, CR LF": (lambda: lines.receive_data(many_crlf), MANY),
        "line in two reads": (lambda: (lines.receive_data(LINE[:30]), lines.receive_data(LINE[30:])), 1),
        "telnet, nothing to do": (lambda: telnet.receive_data(LINE), 1),
        "telnet, two options": (lambda: (telnet.receive_data(NEGOTIATION + LINE), telnet.data_to_send()), 1),
        "seed command": (lambda: parse_seed("SEND ['bob', 'carol']: hello"), 1),
        "seed command, none": (lambda: parse_seed(TEXT), 1),
        "header frame, many a read": (lambda: header.receive_data(many_headers), MANY),
        "header pair written": (lambda: encode_header_pair("ann", TEXT), 1),
        "JSON frame, many a read": (lambda: packets.receive_data(many_packets), MANY),
        "JSON frame written": (lambda: encode_chat("ann", TEXT), 1),
        "text frame, many a read": (lambda: texts.receive_data(many_frames), MANY),
        "text frame written": (lambda: encode_text_frames("ann", TEXT), 1),
        "IRC line, many a read": (lambda: irc.receive_data(many_irc), MANY),
        "IRC line, many, parsed": (lambda: [parse_message(str(line)) for line in irc.receive_data(many_irc)], MANY),
        "IRC message parsed": (lambda: parse_message(IRC_LINE), 1),
        "IRC message, tagged, parsed": (lambda: parse_message(IRC_TAGGED), 1),
        "IRC message written": (lambda: encode_line("PRIVMSG", "#lounge", text=TEXT, source="ann!~u@x.guest"), 1),
        "IRC message, tagged, written": (lambda: encode_line("PRIVMSG", "#lounge", text=TEXT, tags=IRC_TAGS), 1),
        "detect, a name": (lambda: detect(b"alice\n"), 1),
        "detect, HTTP": (lambda: detect(b"GET / HTTP/1.1\r\nHost: chat\r\n\r\n"), 1),
        "detect, a header": (lambda: detect(b"5         alice"), 1),
        "name, ASCII": (lambda: parse_name("Alice1234"), 1),
        "name, not ASCII": (lambda: parse_name("Jürgen"), 1),
        "name, refused": (refuse_name, 1),
        "key of a name": (lambda: find_key("Alice1234"), 1),
        "suggestion, 1000 taken": (lambda: suggest_name("alice", lambda key: key not in TAKEN), 1),
    }


@click.command()
@click.option("--repeat", default=5, show_default=True, type=click.IntRange(1, 100), help="Runs of each load.")
def main(repeat: int) -> None:
    """Measure the codecs, each by itself."""
    print(f"{'':28} {'ns each':>9} {'a second':>12}")
    for name, (load, pieces) in loads().items():
        timer = timeit.Timer(load)
        calls, _ = timer.autorange()
        seconds = min(timer.repeat(repeat, calls // 2 or 1)) / (calls // 2 or 1) / pieces
        print(f"{name:28} {seconds * 1e9:9,.0f} {1 / seconds:12,.0f}")


if __name__ == "__main__":
    main()
