"""Answers: what comes of commands and queries. What each of them tells stands with its subject."""

from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    LoggedIn,
    LoggedOut,
    Registered,
    SshKeyAdded,
    SshKeyList,
    TokenList,
    TokenMade,
)
from hubbub.core.attention_answers import (
    AlertList,
    DraftFound,
    DraftList,
    Following,
    LevelFound,
    LevelList,
    Marked,
    MarkFound,
    UnreadList,
)
from hubbub.core.hook_answers import HookList, HookMade
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import (
    ActiveList,
    Done,
    Exported,
    Found,
    History,
    MessageFound,
    PinList,
    ThreadFound,
    Told,
)
from hubbub.core.people_answers import (
    AcceptedChanged,
    AcceptedList,
    AccountList,
    BlockList,
    BlocksChanged,
    Called,
    PeopleWatched,
    PersonFound,
    TraitList,
)
from hubbub.core.room_answers import (
    AuditTrail,
    BanList,
    Departed,
    Entered,
    Gathered,
    Governed,
    InvitedList,
    Members,
    RoomFound,
    RoomList,
    TopicFound,
)

Answer = (
    Done
    | Entered
    | Departed
    | Told
    | Gathered
    | Called
    | Registered
    | LoggedIn
    | LoggedOut
    | TokenMade
    | TokenList
    | SshKeyAdded
    | SshKeyList
    | InvitationMade
    | InvitationList
    | HookMade
    | HookList
    | BlocksChanged
    | AcceptedChanged
    | AcceptedList
    | TraitList
    | Members
    | RoomList
    | TopicFound
    | BlockList
    | AlertList
    | PeopleWatched
    | UnreadList
    | Marked
    | MarkFound
    | DraftFound
    | DraftList
    | LevelFound
    | LevelList
    | Following
    | PersonFound
    | AccountList
    | History
    | ActiveList
    | Exported
    | Found
    | ThreadFound
    | MessageFound
    | PinList
    | Governed
    | RoomFound
    | BanList
    | InvitedList
    | AuditTrail
    | Refusal
)
"""Everything a command or a query can be answered with."""
