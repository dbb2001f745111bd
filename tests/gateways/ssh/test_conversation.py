"""The SSH conversation: whoever comes is in at once, under his name or one like it, and his line knows where it is."""

import pytest

from hubbub.core.account_requests import LogIn
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say
from hubbub.core.kinds import PersonId, Refusal, RoomId
from hubbub.core.limits import Limits
from hubbub.core.room import LOBBY, Member, Room, RoomKind
from hubbub.gateways.ssh.conversation import PROMPT, Entry, SshConversation
from hubbub.gateways.ssh.screen import LEAVE
from hubbub.server.voices import Voices
from hubbub.service.entrance import Proven
from tests.gateways.making import notice
from tests.gateways.talk import NEEDS_ACCOUNT, WRONG, Talk
from tests.service.clock import ManualClock

ACCOUNTS = {"ann": "secret"}


def make(entry: Entry, *, coloured: bool = False) -> SshConversation:
    """Begin a conversation with somebody."""
    return SshConversation(Voices(ManualClock(), announce=True).ssh(Limits()), entry, coloured=coloured)


def come(name: str = "bob", *, taken: tuple[str, ...] = (), needs_account: bool = False) -> Talk:
    """Let a guest come."""
    return Talk(make(Entry(name)), taken, ACCOUNTS, needs_account)


def test_a_guest_is_in_at_once() -> None:
    """Nobody asks for a name that is known."""
    talk = come()
    assert (talk.names, talk.asked) == (["bob"], [Join(LOBBY)])
    told = talk.enter().take()
    assert told.startswith(notice("Welcome to hubbub!") + notice("You are 'bob'."))


def test_the_owner_of_an_account_is_in_at_once() -> None:
    """What he has proved goes with him, whatever he calls himself."""
    proven = Proven(PersonId("id"), b"fingerprint")
    talk = Talk(make(Entry("whoever", proven)))
    assert talk.proofs == [proven]
    assert notice("You are logged in as 'whoever'.") in talk.take()


def test_a_name_that_is_taken_is_replaced_once() -> None:
    """By what is suggested; where that is taken as well, he is asked."""
    talk = come(taken=("bob",))
    assert talk.names == ["bob", "bob2"]
    assert notice("bob is taken.") in talk.take()
    talk = come(taken=("bob", "bob2"))
    assert talk.names == ["bob", "bob2"]
    assert talk.take().endswith(notice("bob2 is taken. How about 'bob22'?") + notice(PROMPT))
    assert talk.hear(b"\n/nick carl\n").names[-1] == "carl"


def test_a_name_of_an_account_is_replaced_and_explained() -> None:
    """Whoever it belongs to is told how to be let in, and how his key is."""
    talk = come("ann")
    assert talk.names == ["ann", "ann2"]
    told = talk.enter().take()
    assert b"/login ann lets you in, and /ssh-key add KEY" in told


def test_where_guests_may_not_come_in_one_logs_in() -> None:
    """The password is not shown; a wrong one may be typed again, and nothing is taken for a name meanwhile."""
    talk = come(needs_account=True)
    conversation = talk.conversation
    assert isinstance(conversation, SshConversation)
    assert talk.take().endswith(notice(NEEDS_ACCOUNT.sentence) + notice(PROMPT))
    assert (conversation.prompt, conversation.hides_input) == ("> ", False)
    talk.hear(b"/login ann\n")
    assert (conversation.prompt, conversation.hides_input) == ("password: ", True)
    talk.hear(b"guess\n")
    assert notice(WRONG.sentence) in talk.take()
    assert conversation.hides_input
    talk.hear(b"secret\n")
    assert talk.proofs == [LogIn("ann", "guess"), LogIn("ann", "secret")]
    assert not conversation.hides_input
    assert conversation.prompt == "#lobby> "


@pytest.mark.parametrize("line", [b"/help\n", b"/list\n", b"/nonsense\n"])
def test_before_one_is_in_only_help_is_given(line: bytes) -> None:
    """And the question again."""
    talk = come(needs_account=True)
    talk.take()
    assert talk.hear(line).take().endswith(notice(PROMPT))
    assert talk.asked == []


def test_lines_are_talk_and_commands() -> None:
    """As on the text protocol, but for what only its old clients say; a line that is none is told."""
    talk = come()
    talk.enter()
    talk.hear(b"SEND ann hi\n\xff\nhal").answer(Refusal("empty", ""))
    assert talk.asked[1:] == [Say(LOBBY, "SEND ann hi")]
    assert b"UTF-8" in talk.take()
    talk.carry(talk.conversation.receive_eof())
    assert talk.asked[-1] == Say(LOBBY, "hal")


def test_leaving_is_told_in_its_turn() -> None:
    """After what was said before it."""
    talk = come()
    talk.enter()
    talk.hear(b"bye\n" + LEAVE)
    assert talk.ended is None
    talk.answer(Refusal("empty", ""))
    assert talk.ended == ""


def test_its_line_knows_where_it_is() -> None:
    """Which room is spoken to, who is there to be named, and whether one hears oneself."""
    conversation = make(Entry("bob"), coloured=True)
    talk = Talk(conversation)
    assert not conversation.hears_itself, "he is in no room yet"
    talk.enter("#tea")
    assert (conversation.prompt, conversation.hears_itself) == ("#tea> ", True)
    room = Room(RoomId(1), RoomKind.CHANNEL, "tea", "#tea")
    room.members[PersonId("id")] = Member("zoë")
    talk.carry(conversation.attached(room))
    assert conversation.complete("zo", 2) == ("zoë: ", 5)
    assert conversation.complete("/join #t", 8) == ("/join #tea ", 11)
    assert conversation.complete("/ssh", 4) == ("/ssh-key ", 9)
    talk.carry(conversation.detached(room))
    assert conversation.complete("zo", 2) == ("zo", 2)
    assert not make(Entry("bob")).hears_itself
