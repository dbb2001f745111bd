"""The door: how one comes in with an account, in every protocol; whatever follows a question is a secret."""

from collections.abc import Callable
from typing import Final

import pytest

from hubbub.core.account_answers import LoggedIn, LoggedOut
from hubbub.core.account_requests import ChangePassword, DeleteAccount, LogIn, LogOut, Register
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say, Tell
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Done
from hubbub.core.room import LOBBY
from hubbub.gateways.conversation import Introduce
from hubbub.gateways.door import ASK_AGAIN, ASK_PROOF, LOGIN_USAGE, REGISTER_USAGE, Answered, Door
from hubbub.gateways.text.conversation import PROMPT
from hubbub.wire.detect import Protocol
from tests.gateways.frames.test_conversation import FRAMED, chat, header, hello, prefixed
from tests.gateways.making import make_conversation, notice
from tests.gateways.strict import read_lines
from tests.gateways.talk import Talk
from tests.gateways.test_plain import sentences_of

SECRET: Final = "correct horse"
CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"
ACCOUNTS: Final = {"ann": SECRET}
HIDE, SHOW = b"\xff\xfb\x01", b"\xff\xfc\x01\r\n"
"""What telnet is sent: that we echo from now on, and that we do not, with the line end that was not shown."""
SPEAKS_TELNET: Final = b"\xff\xfb\x18"
REFUSED_TELNET: Final = b"\xff\xfe\x18"

ODD_SECRETS: Final = (
    "/help me out",
    "SEND ['bob']: hi",
    "SEND [",
    "BROADCAST: hi",
    "//double",
    " spaces  kept ",
    "/quit",
)
"""Passwords that would be something else in any other place."""


def begin(*, needs_account: bool = False) -> Talk:
    """Return a talk that was greeted, on a server where Ann has an account."""
    talk = Talk(make_conversation(Protocol.TEXT), accounts=ACCOUNTS, needs_account=needs_account)
    talk.take()
    return talk


def arrive(data: bytes = b"bob\n") -> Talk:
    """Return a talk with somebody who is in the lobby and has been told so."""
    talk = begin().hear(data)
    talk.enter().take()
    talk.asked.clear()
    return talk


# Coming in by the text protocol


def test_a_reserved_name_asks_for_its_password() -> None:
    """The next line is its password; then one is in, in one's own rooms, with nothing asked of the lobby."""
    talk = begin().hear(b"ann\n")
    assert talk.take() == notice("ann is reserved. How about 'ann2'?") + notice(ASK_PROOF)
    talk.hear(f"{SECRET}\nhello\n".encode())
    assert talk.proofs == [LogIn("ann", SECRET)]
    assert talk.asked == [Say(LOBBY, "hello")]
    assert read_lines(talk.take()) == [
        "[SERVER] You have been assigned the username 'ann'.",
        "[SERVER] You are in #lobby, nobody else is here yet.",
    ]


def test_a_wrong_password_is_asked_again() -> None:
    """Until it is right, or somebody presses Enter and takes another name."""
    talk = begin().hear(b"ann\nguess\n")
    assert talk.take().endswith(notice("That is wrong.") + notice(ASK_AGAIN))
    talk.hear(b"another\n")
    assert talk.take() == notice("That is wrong.") + notice(ASK_AGAIN)
    talk.hear(b"\n")
    assert talk.take() == notice(PROMPT)
    talk.hear(b"bob\n")
    assert talk.names == ["ann", "ann", "ann", "bob"]
    assert talk.asked == [Join(LOBBY)]


@pytest.mark.parametrize("line", ["\n", "  \n", "\r\n"])
def test_enter_is_another_name(line: str) -> None:
    """Whoever did not mean the account is asked for a name, and nothing was tried."""
    talk = begin().hear(b"ann\n").hear(line.encode())
    assert talk.take().endswith(notice(PROMPT))
    assert talk.proofs == []
    assert talk.hear(b"bob\n").names == ["ann", "bob"]


@pytest.mark.parametrize("secret", ODD_SECRETS)
def test_a_password_is_never_anything_else(secret: str) -> None:
    """Not a command, not one of S0's, not a message; at the door, behind a question, and to the character."""
    talk = begin().hear(b"ann\n").hear(f"{secret}\n".encode())
    assert talk.proofs == [LogIn("ann", secret)]
    talk = begin().hear(b"/login ann\n").hear(f"{secret}\n".encode())
    assert talk.proofs == [LogIn("ann", secret)]
    assert arrive().hear(f"/login ann\n{secret}\n".encode()).asked == [LogIn("ann", secret)]
    assert arrive().hear(f"/register\n{secret}\n".encode()).asked == [Register(secret)]
    assert arrive().hear(f"/unregister\n{secret}\n".encode()).asked == [DeleteAccount(secret)]
    asked = arrive().hear(f"/password\n{secret}\n{secret[::-1]}x\n".encode()).asked
    assert asked == [ChangePassword(secret, secret[::-1] + "x")]


LINES: Final[list[tuple[str, LogIn | Register | str]]] = [
    (f"/login ann {SECRET}", LogIn("ann", SECRET)),
    (f"/LOGIN ann  {SECRET} ", LogIn("ann", SECRET)),
    (f"  /login ann {SECRET}", LogIn("ann", SECRET)),
    ("/login", LOGIN_USAGE),
    ("/login  ", LOGIN_USAGE),
    ("/login ann", "Password of ann:"),
    (f"/register bob {SECRET}", Register(SECRET)),
    (f"/register bob {SECRET} {CODE}", Register(SECRET, CODE)),
    ("/Register bob secret", Register("secret")),
    ("/register", REGISTER_USAGE),
    ("/register bob", REGISTER_USAGE),
    ("/register bob  ", REGISTER_USAGE),
]
"""What is said at the door, and what it comes to: a proof, or a sentence."""


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_what_can_be_said_at_the_door(line: str, expected: LogIn | Register | str) -> None:
    """How one logs in and opens an account; what cannot be meant is explained."""
    heard = Door().hear(line)
    if isinstance(expected, str):
        assert heard == Answered(expected)
    else:
        assert isinstance(heard, Introduce)
        assert heard.proof == expected
        assert SECRET not in repr(heard)


@pytest.mark.parametrize("line", ["ann", "/nick ann", "/loginann x", "login ann x", "//login ann x", ""])
def test_what_is_no_word_of_the_door(line: str) -> None:
    """Is for others to understand."""
    assert Door().hear(line) is None


def test_opening_an_account_at_the_door() -> None:
    """One is in, and is asked for a password where the name is somebody's."""
    talk = begin().hear(f"/register bob {SECRET} {CODE}\n".encode())
    assert (talk.names, talk.proofs) == (["bob"], [Register(SECRET, CODE)])
    assert b"You have been assigned the username 'bob'." in talk.take()
    talk = begin().hear(f"/register ann {SECRET}\n".encode())
    assert talk.take().endswith(notice(ASK_PROOF))


def test_where_guests_may_not_come_in() -> None:
    """They are told so and asked again; whoever has an account comes in."""
    talk = begin(needs_account=True).hear(b"bob\n")
    assert talk.take() == notice("Only people with an account may come in.") + notice(PROMPT)
    talk.hear(f"/login ann {SECRET}\n".encode())
    assert b"You have been assigned the username 'ann'." in talk.take()


@pytest.mark.parametrize("code", ["disabled", "too_fast", "try_again", "bad_code", "bad_password", "needs_encryption"])
def test_other_refusals_ask_for_a_name(code: str) -> None:
    """Nobody waits for a password then; the next line is a name again."""
    refusal = Refusal(code, "No.")  # type: ignore[arg-type]
    talk = begin()
    talk.carry(talk.conversation.not_introduced(refusal))
    assert talk.take() == notice("No.") + notice(PROMPT)
    assert talk.hear(b"bob\n").names == ["bob"]


# Questions in the text protocol


@pytest.mark.parametrize("command", ["/register", "/login ann", "/password", "/unregister"])
@pytest.mark.parametrize("line", ["", "   "])
def test_enter_changes_nothing(command: str, line: str) -> None:
    """Whoever was asked for a secret and presses Enter has changed his mind, and talks on."""
    talk = arrive().hear(f"{command}\n".encode())
    talk.take()
    talk.hear(f"{line}\nhello\n".encode())
    assert talk.take() == notice("Nothing was changed.")
    assert talk.asked == [Say(LOBBY, "hello")]


def test_a_question_that_had_to_wait() -> None:
    """What follows a log-in in one segment is understood when it is known who one is: the secret is no message."""
    talk = arrive().hear(b"/login ann pw\n/password\nold secret\nnew secret\nhello\n")
    assert talk.asked == [LogIn("ann", "pw")]
    talk.answer(LoggedIn("ann", ()))
    assert talk.asked[1:] == [Join(LOBBY)]
    talk.enter()
    assert talk.asked[2:] == [ChangePassword("old secret", "new secret")]
    talk.answer(Done())
    assert talk.asked[3:] == [Say(LOBBY, "hello")]


def test_a_question_between_rooms() -> None:
    """A secret typed ahead of a room being joined is not said in it."""
    talk = arrive().hear(b"/join #tea\n/register\nmy secret words\nhello\n")
    talk.enter("#Tea")
    assert talk.asked[1:] == [Register("my secret words")]
    talk.answer(Refusal("bad_password", "No."))
    assert talk.asked[2:] == [Say("#Tea", "hello")]


def test_who_logs_out_goes_to_the_lobby() -> None:
    """As a guest; what he says before he is there is said there."""
    talk = arrive().hear(b"/logout\nhello\n")
    assert talk.asked == [LogOut()]
    talk.answer(LoggedOut("bob2"))
    assert talk.asked[1:] == [Join(LOBBY)]
    talk.enter()
    assert talk.asked[2:] == [Say(LOBBY, "hello")]
    assert read_lines(talk.take())[0] == "[SERVER] You are logged out, and a guest called 'bob2'."


def test_no_question_without_an_answer() -> None:
    """A second question takes the place of none: it is the answer to the first."""
    assert arrive().hear(b"/register\n/register\n").asked == [Register("/register")]


# Telnet


def telnet() -> Talk:
    """Return a talk with somebody who speaks telnet."""
    talk = begin().hear(SPEAKS_TELNET)
    assert talk.take() == REFUSED_TELNET
    return talk


def test_telnet_hides_a_password_at_the_door() -> None:
    """From the question to the line end; once more when it was wrong, and not longer."""
    talk = telnet().hear(b"ann\r\n")
    sent = talk.take()
    assert sent.count(HIDE) == 1
    assert SHOW not in sent
    talk.hear(b"\xff\xfd\x01guess\r\n")
    assert talk.take().count(HIDE) <= 1
    assert talk.proofs == [LogIn("ann", "guess")]
    talk.hear(f"{SECRET}\r\n".encode())
    assert talk.take().count(SHOW) == 1
    talk.hear(b"\xff\xfe\x01hello\r\n")
    assert (talk.take(), talk.asked) == (b"", [Say(LOBBY, "hello")])


def test_telnet_hides_every_secret_that_is_asked_for() -> None:
    """Both passwords of one change, and nothing behind them."""
    talk = telnet().hear(b"bob\r\n")
    talk.enter().take()
    assert HIDE in talk.hear(b"/password\r\n").take()
    assert HIDE not in talk.hear(b"old\r\n").take()
    assert SHOW in talk.hear(b"new\r\n").take()
    assert HIDE in talk.hear(b"/register\r\n").answer(Done()).take()
    assert SHOW in talk.hear(b"\r\n").take()


def test_telnet_hides_a_secret_whose_question_had_to_wait() -> None:
    """It is hidden when it is asked for, and shown again behind the answer."""
    talk = telnet().hear(b"bob\r\n")
    talk.enter().take()
    talk.hear(b"/join #tea\r\n/register\r\n")
    assert HIDE not in talk.take()
    assert HIDE in talk.enter("#tea").take()
    assert SHOW in talk.hear(b"my secret words\r\n").take()


def test_who_speaks_no_telnet_is_sent_none_of_it() -> None:
    """Netcat would show it as rubbish."""
    talk = begin().hear(f"ann\n{SECRET}\n/password\nold\nnew\n".encode())
    assert b"\xff" not in talk.take()


def test_telnet_is_offered_nothing_twice() -> None:
    """Whatever it answers, and as often as it does: no two sides talk for ever."""
    talk = telnet().hear(b"ann\r\n")
    talk.take()
    for answer in (b"\xff\xfd\x01", b"\xff\xfd\x01", b"\xff\xfe\x01", b"\xff\xfe\x01"):
        assert talk.hear(answer).take() == b""


# Frames


FRAMES: Final[dict[Protocol, Callable[[str], bytes]]] = {
    Protocol.HEADER_FRAMES: header,
    Protocol.JSON_FRAMES: lambda text: prefixed(chat(text)),
    Protocol.TEXT_FRAMES: lambda text: prefixed(f"bob: {text}"),
}
"""How each client says something."""

NAMES: Final = {
    Protocol.HEADER_FRAMES: header("bob"),
    Protocol.JSON_FRAMES: prefixed(hello("bob")),
    Protocol.TEXT_FRAMES: prefixed("bob: hi"),
}
"""How each client says who it is."""


def at_door(protocol: Protocol) -> Talk:
    """Return a talk with a client that may come in only with an account, and has been told so."""
    talk = Talk(make_conversation(protocol), accounts=ACCOUNTS, needs_account=True).hear(NAMES[protocol])
    assert talk.ended is None
    assert sentences_of(protocol, talk.take()) == ["Only people with an account may come in."]
    return talk


@pytest.mark.parametrize("protocol", FRAMED)
def test_frames_clients_log_in_at_the_door(protocol: Protocol) -> None:
    """They cannot be asked for another name, but what they say is heard; then they talk as everybody does."""
    talk, say = at_door(protocol), FRAMES[protocol]
    talk.hear(say("let me in"))
    assert sentences_of(protocol, talk.take()) == [LOGIN_USAGE]
    talk.hear(say("/login ann guess"))
    assert sentences_of(protocol, talk.take()) == [f"That is wrong. {ASK_AGAIN}"]
    talk.hear(say(SECRET))
    assert talk.proofs == [LogIn("ann", "guess"), LogIn("ann", SECRET)]
    talk.take()
    talk.hear(say("hello"))
    assert talk.asked == [Say(LOBBY, "hello")]


@pytest.mark.parametrize("protocol", FRAMED)
def test_frames_clients_register_at_the_door(protocol: Protocol) -> None:
    """With an invitation, if they have one."""
    talk = at_door(protocol).hear(FRAMES[protocol](f"/register bob {SECRET} {CODE}"))
    assert talk.proofs == [Register(SECRET, CODE)]
    assert "You are logged in as 'bob'." in sentences_of(protocol, talk.take())


@pytest.mark.parametrize("protocol", FRAMED)
def test_frames_clients_whose_name_is_reserved_get_a_number(protocol: Protocol) -> None:
    """And are told how to be who they say they are."""
    talk = Talk(make_conversation(protocol), accounts={"bob": SECRET}).hear(NAMES[protocol])
    assert talk.names == ["bob", "bob2"]
    (sentence,) = sentences_of(protocol, talk.take())
    assert sentence == "bob is reserved. If it is yours: /login NAME. You are 'bob2' here; /nick NAME changes it."
    talk.enter().take()
    said = len(talk.asked)
    talk.hear(FRAMES[protocol]("/login bob"))
    if protocol is Protocol.TEXT_FRAMES:
        talk.answer(Done())
    assert sentences_of(protocol, talk.take()) == ["Password of bob:"]
    talk.hear(FRAMES[protocol](SECRET))
    assert talk.asked[said:] == [LogIn("bob", SECRET)]
    talk.answer(LoggedIn("bob", ()))
    talk.enter()
    talk.hear(FRAMES[protocol]("/msg ann hi"))
    assert talk.asked[said + 1 :] == [Join(LOBBY), Tell(("ann",), "hi")]
