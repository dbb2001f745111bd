"""Drafts: what somebody has begun to write, room by room."""

from typing import Final

from hubbub.core.attention_answers import DraftFound, DraftList
from hubbub.core.attention_requests import FindDraft, SaveDraft
from hubbub.core.house import Person
from hubbub.core.kinds import Refused
from hubbub.core.limits import Limits
from hubbub.core.texts import remove_controls
from hubbub.service.notebook import Notebook
from hubbub.service.whereabouts import Whereabouts

DRAFTS_LIMIT: Final = 200
"""Most drafts of one account: more rooms than anybody may be in."""


class Drafts:
    """Keeps and shows drafts. Every method may raise `Refused` and `StoreUnavailable`."""

    def __init__(self, notebook: Notebook, whereabouts: Whereabouts) -> None:
        self._notebook = notebook
        self._whereabouts = whereabouts

    async def save(self, person: Person, asked: SaveDraft, limits: Limits) -> DraftFound:
        """Keep what somebody has begun to write in a room."""
        spot = await self._whereabouts.find(person, asked.room)
        text = _clean(asked.text, limits)
        if text:
            kept = await self._notebook.load_drafts(person.id)
            if spot.room not in kept and len(kept) >= DRAFTS_LIMIT:
                raise Refused("list_full", f"You have {DRAFTS_LIMIT} drafts, and that is the most. Send or drop one.")
        await self._notebook.save_draft(person.id, spot.room, text)
        return DraftFound(spot.name, text)

    async def find(self, person: Person, asked: FindDraft) -> DraftFound:
        """Return what he has begun to write there."""
        spot = await self._whereabouts.find(person, asked.room)
        drafts = await self._notebook.load_drafts(person.id)
        return DraftFound(spot.name, drafts.get(spot.room, ""))

    async def find_all(self, person: Person) -> DraftList:
        """Return all he has begun to write; also where he is not any more, so that it is not lost."""
        drafts = await self._notebook.load_drafts(person.id)
        found = [DraftFound(await self._whereabouts.name(person.id, room), text) for room, text in drafts.items()]
        return DraftList(tuple(sorted(found, key=lambda draft: draft.room.casefold())))


def _clean(text: str, limits: Limits) -> str:
    text = remove_controls(text.replace("\r\n", "\n"))
    if limits.message_bytes and (size := len(text.encode())) > limits.message_bytes:
        raise Refused("too_long", f"That draft has {size} bytes, and {limits.message_bytes} is the most.")
    return "" if text.isspace() else text
