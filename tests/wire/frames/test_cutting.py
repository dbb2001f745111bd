"""Cutting: what was joined for one write comes apart where it was joined."""

from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.frames.cutting import cut_header_pairs, cut_length_prefixed
from hubbub.wire.frames.header_frames import encode_header_pair
from hubbub.wire.frames.text_frames import encode_text_frames
from tests.fuzz.budget import QUICK

MESSAGES = st.lists(st.tuples(st.sampled_from(["ann", "Ünal"]), st.text("ab ü\n1", max_size=30)))


@QUICK
@given(MESSAGES)
def test_joined_frames_come_apart_whole(messages: list[tuple[str, str]]) -> None:
    """Each pair and each frame is again what a client takes at once."""
    pairs = [pair for sender, text in messages for pair in encode_header_pair(sender, text)]
    frames = [frame for sender, text in messages for frame in encode_text_frames(sender, text)]
    assert cut_header_pairs(b"".join(pairs)) == pairs
    assert cut_length_prefixed(b"".join(frames)) == frames
