"""What all readers of frames have in common."""

import gc

import pytest

from hubbub.wire.frames.header_frames import HeaderFrameReader
from hubbub.wire.frames.json_frames import JsonFrameReader
from hubbub.wire.frames.reading import FrameReader
from hubbub.wire.frames.text_frames import TextFrameReader

BAD_FRAMES = {
    "header": (HeaderFrameReader(100), b"2         \xff\xff"),
    "header with letters": (HeaderFrameReader(100), b"2x        "),
    "json": (JsonFrameReader(), b"\x00\x02[["),
    "json that is no text": (JsonFrameReader(), b"\x00\x02\xff\xff"),
    "text": (TextFrameReader(100), b"\x00\x02\xff\xff"),
}


@pytest.mark.parametrize(("reader", "frame"), BAD_FRAMES.values(), ids=BAD_FRAMES)
def test_a_bad_frame_is_not_kept(reader: FrameReader[object], frame: bytes) -> None:
    """What was wrong is let go of once it was looked at, not when the collector runs: bad frames come in floods."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(100):
            reader.receive_data(frame)
        assert gc.collect() == 0
    finally:
        gc.enable()
