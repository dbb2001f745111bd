"""The operations: everything that can be done over HTTP, a row each."""

from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from hubbub.core.account_answers import SshKeyAdded, SshKeyList, TokenList, TokenMade
from hubbub.core.account_requests import (
    AddSshKey,
    ListSshKeys,
    ListTokens,
    MakeToken,
    RemoveSshKey,
    RevokeToken,
)
from hubbub.core.attention_answers import LevelFound, LevelList, Marked, UnreadList
from hubbub.core.attention_requests import ListLevels, ListUnread, MarkRead, SetLevel
from hubbub.core.features.annotating import Delete, Edit, React, Reply, Unreact
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.topics import SetTopic
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import Manner
from hubbub.core.message_answers import Done, Found, History, MessageFound, PinList, ThreadFound, Told
from hubbub.core.people_answers import PersonFound
from hubbub.core.queries import (
    FindHistory,
    FindMessage,
    FindMessages,
    FindPerson,
    FindRoom,
    FindThread,
    ListMembers,
    ListPins,
    ListRooms,
)
from hubbub.core.room_answers import Departed, Entered, Members, RoomFound, RoomList
from hubbub.gateways.http.api.operation import Call, Operation, asking, room_of, tell
from hubbub.gateways.http.api.sessions import log_in, log_in_device, log_out, offer_device, tell_session, tell_who
from hubbub.gateways.http.api.shapes import (
    BrowserSession,
    Credentials,
    DeviceLink,
    Entry,
    HistoryQuery,
    NewDirectMessage,
    NewFile,
    NewLevel,
    NewMark,
    NewMessage,
    NewRoomMessage,
    NewSshKey,
    NewText,
    NewToken,
    Onward,
    Reason,
    SearchQuery,
    ThreadQuery,
)
from hubbub.gateways.http.api.webhooks import WEBHOOKS
from hubbub.gateways.http.authentication import peer_of
from hubbub.gateways.http.files.sending import find_file, forget_file, send_file
from hubbub.service.devices import DeviceCode
from hubbub.service.facts import ServerFacts
from hubbub.wire.native import You


async def _tell_server(call: Call) -> Response:
    return tell(call.parts.facts_for(peer_of(call.request)))


async def _revoke_token(call: Call) -> Response:
    await call.ask(RevokeToken(call.path["token"]))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def _remove_ssh_key(call: Call) -> Response:
    await call.ask(RemoveSshKey(call.path["name"]))
    return Response(status_code=HTTPStatus.NO_CONTENT)


_SESSION: Final = (
    Operation(
        *("POST", "/session", "log_in", "Log in with a browser, which is given a cookie.", You, log_in),
        body=Credentials,
        status=HTTPStatus.CREATED,
        is_public=True,
    ),
    Operation("GET", "/session", "find_session", "As whom is the browser logged in?", BrowserSession, tell_session),
    Operation(
        *("POST", "/session/device", "log_in_device", "Log in with what another device of one's own shows.", You),
        log_in_device,
        body=DeviceLink,
        status=HTTPStatus.CREATED,
        is_public=True,
    ),
    Operation(
        *("POST", "/devices", "offer_device", "Make a code that logs another device in, once, within minutes."),
        *(DeviceCode, offer_device),
        status=HTTPStatus.CREATED,
    ),
    Operation(
        *("GET", "/server", "find_server", "Which server is this, and who may come in?", ServerFacts, _tell_server),
        is_public=True,
    ),
    Operation(*("DELETE", "/session", "log_out", "Log the browser out.", None, log_out), status=HTTPStatus.NO_CONTENT),
    Operation("GET", "/me", "find_me", "Who am I?", You, tell_who),
    Operation(
        *("GET", "/tokens", "list_tokens", "Which tokens have I, browsers that are logged in among them?", TokenList),
        asking(lambda _: ListTokens()),
    ),
    Operation(
        *("POST", "/tokens", "make_token", "Make a token for a program; its secret is shown this once.", TokenMade),
        asking(lambda call: MakeToken(call.body.label), HTTPStatus.CREATED),
        body=NewToken,
        status=HTTPStatus.CREATED,
    ),
    Operation(
        *("DELETE", "/tokens/{token}", "revoke_token", "Let a token be worth nothing any more, by its id.", None),
        _revoke_token,
        status=HTTPStatus.NO_CONTENT,
    ),
    Operation(
        *("GET", "/ssh-keys", "list_ssh_keys", "Which keys let me in over SSH?", SshKeyList),
        asking(lambda _: ListSshKeys()),
    ),
    Operation(
        *("POST", "/ssh-keys", "add_ssh_key", "Let the holder of a key in over SSH, as oneself.", SshKeyAdded),
        asking(lambda call: AddSshKey(call.body.key), HTTPStatus.CREATED),
        body=NewSshKey,
        status=HTTPStatus.CREATED,
    ),
    Operation(
        *("DELETE", "/ssh-keys/{name}", "remove_ssh_key", "Let a key let nobody in any more, by its name.", None),
        _remove_ssh_key,
        status=HTTPStatus.NO_CONTENT,
    ),
)

_ROOMS: Final = (
    Operation(
        *("GET", "/rooms", "list_rooms", "Which channels are there?", RoomList),
        asking(lambda call: ListRooms(call.query.skip)),
        query=Onward,
    ),
    Operation(
        *("GET", "/rooms/{room}", "find_room", "What holds in a channel, and who looks after it?", RoomFound),
        asking(lambda call: FindRoom(room_of(call))),
    ),
    Operation(
        *("PUT", "/rooms/{room}/membership", "join", "Come into a channel; it is made if there is none.", Entered),
        asking(lambda call: Join(room_of(call), call.body.key)),
        body=Entry,
    ),
    Operation(
        *("DELETE", "/rooms/{room}/membership", "leave", "Go out of a channel.", Departed),
        asking(lambda call: Leave(room_of(call), call.query.reason)),
        query=Reason,
    ),
    Operation(
        *("GET", "/rooms/{room}/members", "list_members", "Who is in a channel?", Members),
        asking(lambda call: ListMembers(room_of(call), call.query.skip)),
        query=Onward,
    ),
    Operation(
        *("PUT", "/rooms/{room}/topic", "set_topic", "Say what a channel is about.", Done),
        asking(lambda call: SetTopic(room_of(call), call.body.text)),
        body=NewText,
    ),
    Operation(
        *("GET", "/rooms/{room}/pins", "list_pins", "What is pinned in a room?", PinList),
        asking(lambda call: ListPins(room_of(call))),
    ),
)


def _history(call: Call) -> FindHistory:
    query: HistoryQuery = call.query
    return FindHistory(room_of(call), query.limit, query.before, query.after, query.around, query.at_ms)


def _said(call: Call) -> tuple[str, Manner, str, tuple[FileId, ...]]:
    body: NewMessage | NewDirectMessage = call.body
    return body.text, body.manner, call.nonce, body.files


_MESSAGES: Final = (
    Operation(
        *("GET", "/rooms/{room}/messages", "list_messages", "What was said in a channel, or as @NAME with somebody?"),
        *(History, asking(_history)),
        query=HistoryQuery,
    ),
    Operation(
        *("POST", "/rooms/{room}/messages", "say", "Say something in a channel one is in.", Done),
        asking(lambda call: Say(room_of(call), *_said(call), call.body.to), HTTPStatus.CREATED),
        body=NewRoomMessage,
        status=HTTPStatus.CREATED,
        is_repeatable=True,
    ),
    Operation(
        *("POST", "/direct", "tell", "Say something to people, each of them alone; every one has an outcome.", Told),
        asking(lambda call: Tell(call.body.recipients, *_said(call))),
        body=NewDirectMessage,
        is_repeatable=True,
    ),
    Operation(
        *("GET", "/messages/{message}", "find_message", "One message, with all that became of it.", MessageFound),
        asking(lambda call: FindMessage(call.path["message"])),
    ),
    Operation(
        *("PATCH", "/messages/{message}", "edit", "Let one's own message say something else.", Done),
        asking(lambda call: Edit(call.path["message"], call.body.text)),
        body=NewText,
    ),
    Operation(
        *("DELETE", "/messages/{message}", "delete", "Let a message say nothing any more.", Done),
        asking(lambda call: Delete(call.path["message"], call.query.reason)),
        query=Reason,
    ),
    Operation(
        *("GET", "/messages/{message}/thread", "find_thread", "The thread that a message is in.", ThreadFound),
        asking(lambda call: FindThread(call.path["message"], call.query.limit, call.query.before)),
        query=ThreadQuery,
    ),
    Operation(
        *("POST", "/messages/{message}/replies", "reply", "Answer a message, where it was said.", Done),
        asking(lambda call: Reply(call.path["message"], *_said(call)), HTTPStatus.CREATED),
        body=NewMessage,
        status=HTTPStatus.CREATED,
        is_repeatable=True,
    ),
    Operation(
        *("PUT", "/messages/{message}/reactions/{reaction}", "react", "Put an emoji or a word under it.", Done),
        asking(lambda call: React(call.path["message"], call.path["reaction"])),
    ),
    Operation(
        *("DELETE", "/messages/{message}/reactions/{reaction}", "unreact", "Take one's reaction back.", Done),
        asking(lambda call: Unreact(call.path["message"], call.path["reaction"])),
    ),
)


def _search(call: Call) -> FindMessages:
    query: SearchQuery = call.query
    return FindMessages(query.q, query.limit, query.order, query.cursor)


_ATTENTION: Final = (
    Operation(
        *("GET", "/search", "search", "What was said that is like this, in all rooms one may read?", Found),
        asking(_search),
        query=SearchQuery,
    ),
    Operation(
        *("GET", "/people/{name}", "find_person", "Who is called so, and is he there?", PersonFound),
        asking(lambda call: FindPerson(call.path["name"])),
    ),
    Operation(
        *("GET", "/unread", "list_unread", "What have I not read yet?", UnreadList), asking(lambda _: ListUnread())
    ),
    Operation(
        *("PUT", "/rooms/{room}/mark", "mark_read", "Have read a room up to a message and not further.", Marked),
        asking(lambda call: MarkRead(room_of(call), call.body.thread, call.body.seq)),
        body=NewMark,
    ),
    Operation(
        *("GET", "/levels", "list_levels", "In which rooms am I told of something else than what is usual?", LevelList),
        asking(lambda _: ListLevels()),
    ),
    Operation(
        *("PUT", "/rooms/{room}/level", "set_level", "Be told of all in a room, of mentions, of nothing.", LevelFound),
        asking(lambda call: SetLevel(room_of(call), call.body.level)),
        body=NewLevel,
    ),
)

_FILES: Final = (
    Operation(
        *("POST", "/files", "send_file", "Send a file; a message that names its id shows it.", FileView, send_file),
        query=NewFile,
        status=HTTPStatus.CREATED,
        takes_bytes=True,
    ),
    Operation("GET", "/files/{file}", "find_file", "What is this file?", FileView, find_file),
    Operation(
        *("DELETE", "/files/{file}", "forget_file", "Let a file of one's own go that no message shows.", None),
        forget_file,
        status=HTTPStatus.NO_CONTENT,
    ),
)

OPERATIONS: Final = (*_SESSION, *_ROOMS, *_MESSAGES, *_ATTENTION, *_FILES, *WEBHOOKS)
"""All of them, in the order in which they are described."""
