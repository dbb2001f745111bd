"""Answering: what the answer to a command comes to, in sentences; and which messages are called by which numbers."""

from collections.abc import Sequence
from typing import assert_never

from msgspec.structs import replace

from hubbub.core.account_answers import LoggedIn, LoggedOut
from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Done, Exported, Found, History, MessageFound, PinList, ThreadFound, Told
from hubbub.core.people_answers import Called
from hubbub.core.queries import FindMessages
from hubbub.core.room_answers import Departed, Entered, Gathered
from hubbub.phrasing import attention_phrases, message_phrases, phrases, search_phrases
from hubbub.phrasing.answers import TellingAnswer, done, tell
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.phrasing.stamps import Stamper
from hubbub.tui.acting import now_ms
from hubbub.tui.telling import tell_listed
from hubbub.wire.native import Request
from hubbub.wire.slash.meanings import OnMessage
from hubbub.wire.slash.numbering import Numbered

ListingAnswer = History | Found | ThreadFound | PinList | MessageFound | Exported
"""Answers that show messages."""


class Answering:
    """The answers that one station gives, and the list of messages that was shown last."""

    def __init__(self, links: FileLinks) -> None:
        self._links = links
        self._numbered = Numbered()
        self._listed: Sequence[Record] = ()
        self._search: FindMessages | None = None
        self._stamper = Stamper()

    def find(self, meaning: OnMessage) -> Request | str:
        """Return what is asked about a message of the list, or a sentence where it has no such message."""
        found = self._numbered.find(meaning.word)
        if found is None:
            return f"There is no {meaning.word} here. /history shows the last messages with their numbers."
        return meaning.then(found)

    def find_record(self, word: str) -> Record | None:
        """Return the message of the list that is called so."""
        found = self._numbered.find(word)
        return next((one for one in self._listed if found == one.id), None)

    def find_more(self) -> Request | str:
        """Return what goes on with the last search, or a sentence where there is no more of it."""
        return self._search or "There is nothing more to show. /search WORDS looks for something."

    def phrase(self, request: Request, answer: Answer) -> list[str]:  # noqa: C901 - a table
        """Return what an answer comes to; none where what happens says it."""
        match answer:
            case Done():
                return list(filter(None, [done(request)]))
            case Refusal():
                return [phrases.refused(answer)]
            case Entered():
                return phrases.entered(answer)
            case Departed():
                return [f"You have left {answer.room}."]
            case Told():
                return tell_outcomes(answer)
            case Gathered():
                return list(filter(None, map(phrases.gathering_outcome, answer.outcomes)))
            case Called():
                return [f"You are called {answer.name} now."]
            case LoggedIn():
                unread = attention_phrases.news(answer)
                return [f"You are logged in as {answer.name}.", *([attention_phrases.unread(unread)] if unread else [])]
            case LoggedOut():
                return [f"You are logged out, and a guest called {answer.name}."]
            case _ if isinstance(answer, ListingAnswer):
                return self._show(request, answer)
            case _ if isinstance(answer, TellingAnswer):
                return tell(request, answer)
            case _:
                assert_never(answer)

    def _show(self, request: Request, answer: ListingAnswer) -> list[str]:
        match answer:
            case History():
                return self._list(answer.records, f"Nothing was said in {answer.room} there.")
            case ThreadFound():
                return self._list(answer.records, "There is nothing here that you may read.")
            case PinList():
                return self._list([pin.record for pin in answer.pins], f"Nothing is pinned in {answer.room}.")
            case MessageFound():
                versions = message_phrases.versions(answer, lambda time_ms: self._stamper.full_stamp(time_ms, now_ms()))
                return [*self._list([answer.record], ""), *versions]
            case Found():
                self._search = None
                if isinstance(request, FindMessages) and answer.cursor:
                    self._search = replace(request, cursor=answer.cursor)
                self._note([hit.record for hit in answer.hits])
                return search_phrases.found(answer)
            case Exported():
                return [*answer.lines, message_phrases.exported(answer)]
            case _:
                assert_never(answer)

    def _list(self, records: Sequence[Record], nothing: str) -> list[str]:
        """Show messages with their numbers, or say that there is nothing."""
        if not records:
            return [nothing]
        self._note(records)
        return [tell_listed(record, self._links, number) for number, record in enumerate(records, 1)]

    def _note(self, records: Sequence[Record]) -> None:
        self._listed = records
        self._numbered.show(records)


def tell_outcomes(answer: Told) -> list[str]:
    """Return what became of a message: whom it reached, where there were several, and whom it did not simply reach."""
    told = list(filter(None, map(phrases.outcome, answer.outcomes)))
    reached = [one.name for one in answer.outcomes if one.status == "delivered"]
    return [f"Told {', '.join(reached)}.", *told] if reached and len(answer.outcomes) > 1 else told
