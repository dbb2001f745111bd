"""Slash commands that find what was said."""

from typing import Final

from hubbub.core.queries import FindMessages
from hubbub.wire.slash.meanings import Meaning, SearchOn, SlashCommand

HITS_SHOWN: Final = 10
"""Hits that `/search` shows at a time."""

MORE: Final = "more"
"""The word that goes on with the last search; to look for it, put it in quotes."""


def _mean_search(rest: str, _room: str) -> Meaning | None:
    if rest.lower() == MORE:
        return SearchOn()
    return FindMessages(rest, HITS_SHOWN) if rest else None


FINDING: Final = (
    SlashCommand(
        ("search", "find"),
        "WORDS | more",
        "find what was said in your rooms",
        _mean_search,
        more=(
            'tea finds steam too; "hot tea" and "tea" are whole words; -milk leaves out',
            "from:ann   in:#tea   in:@bob: by whom and where it was said",
            "before:2026-11-25   after:2026-11-25: days, in UTC",
            "has:link   has:file   is:pinned   order:best (else newest first)",
            "/search more shows the next ones",
        ),
    ),
)
"""What one needs to find something again."""
