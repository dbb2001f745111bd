"""Labels: what answers a labelled command carries its label, all of it together. IRCv3 labeled-response."""

from typing import TYPE_CHECKING

from hubbub.gateways.irc.batches import in_batch, is_one_batch, with_tag
from hubbub.gateways.irc.capabilities import Capability
from hubbub.wire.irc.lines import LABEL
from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.tags import encode_tags

if TYPE_CHECKING:
    from hubbub.gateways.irc.talk import Talk

BATCH_TYPE = "labeled-response"


class Context:
    """What one command is answered with: at once, or, where it has a label, when all of the answer is there."""

    __slots__ = ("_label", "_lines", "asked", "has_begun", "is_open", "is_paid")

    def __init__(self, label: str = "") -> None:
        self._label = label
        self._lines: list[bytes] = []
        self.asked = 0
        """How many answers of the service are awaited."""
        self.is_open = False
        """Whether its handler has not come to its end."""
        self.has_begun = False
        """Whether anything was done for it before."""
        self.is_paid = False
        """Whether it has cost its pace before it was answered."""

    @property
    def is_labelled(self) -> bool:
        """Whether its answer has to carry a label."""
        return bool(self._label)

    def add(self, talk: "Talk", lines: list[bytes]) -> bytes:
        """Add lines to the answer, and return what is to be sent now."""
        if not self._label:
            return b"".join(lines)
        if not talk.has(Capability.LABELED_RESPONSE):
            self._label = ""
            return b"".join(lines)
        self._lines += lines
        if self.is_open or self.asked:
            return b""
        return b"".join(self._wrap(talk))

    def _wrap(self, talk: "Talk") -> list[bytes]:
        label, server = self._label, talk.settings.names.server
        self._label = ""
        if not self._lines:
            return [encode_line("ACK", source=server, tags={LABEL: label})]
        if len(self._lines) == 1 or is_one_batch(self._lines):
            # Of whichever type: one is only made for what would have none.
            self._lines[0] = with_tag(self._lines[0], encode_tags({LABEL: label}))
            return self._lines
        reference = talk.next_batch()
        return [
            encode_line("BATCH", f"+{reference}", BATCH_TYPE, source=server, tags={LABEL: label}),
            *[in_batch(line, reference) for line in self._lines],
            encode_line("BATCH", f"-{reference}", source=server),
        ]
