"""Listing: the messages that a plain client is shown, and what its commands say of them afterwards."""

from collections.abc import Callable, Sequence
from typing import assert_never

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.message_answers import Exported, Found, History, MessageFound, PinList, ThreadFound
from hubbub.core.queries import FindHistory, FindMessages
from hubbub.gateways.voice import Voice
from hubbub.phrasing import message_phrases, search_phrases
from hubbub.service.requests import Request
from hubbub.wire.slash.meanings import OnMessage
from hubbub.wire.slash.numbering import Numbered

ListingAnswer = History | Found | ThreadFound | PinList | MessageFound | Exported
"""Answers that show messages."""


class Listing:
    """The list of messages that was shown last, and the search that brought it."""

    __slots__ = ("_numbered", "_search")

    def __init__(self) -> None:
        self._numbered = Numbered()
        self._search: FindMessages | None = None
        """What brings more of what was found last; None where there is no more."""

    def find(self, meaning: OnMessage) -> Request | str:
        """Return what is asked about a message of the list, or a sentence where it has no such message."""
        found = self._numbered.find(meaning.word)
        if found is None:
            return f"There is no {meaning.word} here. /history shows the last messages with their numbers."
        return meaning.then(found)

    def find_more(self) -> Request | str:
        """Return what goes on with the last search, or a sentence where there is no more of it."""
        return self._search or "There is nothing more to show. /search WORDS looks for something."

    def show(self, request: Request, answer: ListingAnswer, voice: Voice) -> bytes:
        """Return what an answer looks like; its messages have numbers from now on."""
        match answer:
            case History():
                is_latest = isinstance(request, FindHistory) and request.is_latest
                when = "yet" if is_latest else "then"
                return self._list(answer.records, f"Nothing was said in {answer.room} {when}.", voice)
            case ThreadFound():
                return self._list(answer.records, "There is nothing here that you may read.", voice)
            case PinList():
                records = [pin.record for pin in answer.pins]
                return self._list(records, f"Nothing is pinned in {answer.room}.", voice)
            case MessageFound():
                about = message_phrases.versions(answer, voice.stamp)
                return self._list([answer.record], "", voice) + _told(about, voice.notice)
            case Found():
                return self._found(request, answer, voice)
            case Exported():
                return voice.lines(answer.lines) + voice.notice(message_phrases.exported(answer))
            case _:
                assert_never(answer)

    def _list(self, records: Sequence[Record], nothing: str, voice: Voice) -> bytes:
        """Show messages with their numbers, or say that there is nothing."""
        if not records:
            return voice.notice(nothing)
        self._numbered.show(records)
        return voice.recall(records, numbered=True)

    def _found(self, request: Request, answer: Found, voice: Voice) -> bytes:
        self._search = None
        if isinstance(request, FindMessages) and answer.cursor:
            self._search = replace(request, cursor=answer.cursor)
        self._numbered.show(hit.record for hit in answer.hits)
        return _told(search_phrases.found(answer), voice.notice)


def _told(sentences: Sequence[str], notice: Callable[[str], bytes]) -> bytes:
    return b"".join(map(notice, sentences))
