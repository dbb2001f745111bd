"""Answers that only tell something: they come to sentences, and change nothing of what a client is about."""

from typing import assert_never

from hubbub.core.account_requests import AnyAccountRequest
from hubbub.core.catalog import MessageCommand
from hubbub.core.features.blocking import Block
from hubbub.core.features.messages import Broadcast, Say
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.people_answers import AcceptedChanged, AcceptedList, BlockList, BlocksChanged, PeopleWatched, TraitList
from hubbub.core.roles import RoomRole
from hubbub.core.room_answers import (
    AuditTrail,
    BanList,
    Governed,
    InvitedList,
    Members,
    RoomFound,
    RoomList,
    TopicFound,
)
from hubbub.core.texts import join_words, plural
from hubbub.phrasing import (
    account_phrases,
    attention_phrases,
    hook_phrases,
    message_phrases,
    people_phrases,
    phrases,
    room_phrases,
)
from hubbub.phrasing.account_phrases import AccountAnswer
from hubbub.phrasing.attention_phrases import AttentionAnswer
from hubbub.phrasing.hook_phrases import HookAnswer
from hubbub.phrasing.people_phrases import PeopleCommand
from hubbub.wire.native import Request

TellingAnswer = (
    AccountAnswer
    | AttentionAnswer
    | HookAnswer
    | AcceptedChanged
    | PeopleWatched
    | AcceptedList
    | AuditTrail
    | BanList
    | BlockList
    | BlocksChanged
    | Governed
    | InvitedList
    | Members
    | RoomFound
    | RoomList
    | TopicFound
    | TraitList
)
"""An answer that is told in sentences, and that is all."""


def tell(request: Request, answer: TellingAnswer) -> list[str]:  # noqa: C901 - a table
    """Return what the answer to a request is told in."""
    match answer:
        case Members():
            return phrases.members(answer)
        case RoomList():
            return phrases.rooms(answer)
        case TopicFound():
            return [phrases.topic(answer)]
        case BlocksChanged():
            return _blocks_changed(request, answer)
        case BlockList():
            return [phrases.blocks(answer)]
        case PeopleWatched():
            return people_phrases.watched(request, answer)
        case AcceptedChanged():
            return people_phrases.accepted_changed(request, answer)
        case AcceptedList():
            return people_phrases.accepted(answer)
        case TraitList():
            return people_phrases.traits(answer)
        case Governed():
            told = [room_phrases.moderated(answer.room, event) for event in answer.events]
            return told or [f"Nothing changes in {answer.room}: it is so already."]
        case RoomFound():
            return room_phrases.room(answer)
        case BanList():
            return room_phrases.bans(answer)
        case InvitedList():
            return [room_phrases.invited(answer)]
        case AuditTrail():
            return room_phrases.audit(answer)
        case _ if isinstance(answer, AttentionAnswer):
            return attention_phrases.answered(request, answer)
        case _ if isinstance(answer, HookAnswer):
            return hook_phrases.answered(answer)
        case _ if isinstance(answer, AccountAnswer):
            return account_phrases.answered(answer)
        case _:
            assert_never(answer)


def done(request: Request) -> str:
    """Return what is told of a request that was carried out; empty where its asker sees that."""
    match request:
        case Say(to=to) if to is not RoomRole.MEMBER:
            return f"Only {plural(to)} of {request.room}, and who ranks above them, were told that."
        case Broadcast():
            return "Everyone who hears you has been told."
        case _ if isinstance(request, PeopleCommand):
            return people_phrases.done(request)
        case _ if isinstance(request, MessageCommand):
            return message_phrases.done(request)
        case _ if isinstance(request, AnyHookRequest):
            return hook_phrases.done(request)
        case _ if isinstance(request, AnyAccountRequest):
            return account_phrases.done(request)
        case _:
            return ""


def _blocks_changed(request: Request, answer: BlocksChanged) -> list[str]:
    missing = "User '{}' not found." if isinstance(request, Block) else "You do not block '{}'."
    sentences = [missing.format(name) for name in answer.unknown]
    if answer.unchanged:
        sentences.append(f"You block {join_words(answer.unchanged)} already.")
    if answer.names and isinstance(request, Block):
        sentences.append(phrases.blocked(answer.names, silent=request.silent, seconds=request.seconds))
    elif answer.names:
        sentences.append(f"You hear {join_words(answer.names)} again.")
    return sentences
