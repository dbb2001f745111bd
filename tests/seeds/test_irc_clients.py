"""The IRC clients show what is the same every time, and die of what no server should send."""

import pytest

from tests.seeds.client import BrokenBytesError
from tests.seeds.irc import IrcClient, ModernIrcClient
from tests.seeds.irc_lines import read_line
from tests.seeds.irc_masks import Masks
from tests.seeds.peer import PATIENCE_SECONDS, connected, listening, talking_to
from tests.seeds.screen import End

HOST = b"3rspavyksz5x.guest"
SAID = b"@time=2026-11-26T03:43:01.768Z;msgid=4-17 :bob!~u@" + HOST + b" PRIVMSG #lobby :at 3-4\r\n"


def show(masks: Masks, line: bytes) -> str:
    """Return how a line is shown."""
    return masks.shown(read_line(line.removesuffix(b"\n")))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (SAID, "@msgid=ID;time=TIME :bob!~u@HOST.guest PRIVMSG #lobby :at 3-4"),
        (b":irc.example.org 333 ann #lobby bob 1795662181\r\n", "333 ann #lobby bob TIME"),
        (b":irc.example.org 311 ann bob ~u " + HOST + b" * :Bob\r\n", "311 ann bob ~u HOST.guest * :Bob"),
        (b"@batch=xyz;+typing NOTE A B :\r\n", "@+typing;batch=1 NOTE A B :"),
        (b":irc.example.org BATCH -xyz\r\n", "BATCH -1"),
        (b":bob PONG b :1795662181\r\n", ":bob PONG b :1795662181"),
    ],
)
def test_what_is_never_the_same_is_masked(line: bytes, shown: str) -> None:
    """Hosts, times, ids and references; nothing in what somebody says but his host."""
    assert show(Masks(), line) == shown


def test_messages_are_called_by_what_they_say() -> None:
    """Other lines name them by their ids, and so do lines that are typed."""
    masks = Masks()
    show(masks, SAID)
    assert (
        show(masks, b"@+draft/reply=4-17 :bob!u@h TAGMSG #lobby\r\n") == "@+draft/reply=«at 3-4» :bob!u@h TAGMSG #lobby"
    )
    assert masks.meant("REDACT #lobby «at 3-4» :oh") == "REDACT #lobby 4-17 :oh"
    with pytest.raises(ValueError, match="no message with an id says 'hello'"):
        masks.meant("REDACT #lobby «hello»")


def test_files_are_called_by_their_links() -> None:
    """Wherever they are; the link that is typed is that of the last file that was sent."""
    masks = Masks()
    said = b":bob!~u@" + HOST + b" PRIVMSG #tea :tea.txt (6 bytes) http://127.0.0.1:4242/f/a-b_C\r\n"
    assert show(masks, said) == ":bob!~u@HOST.guest PRIVMSG #tea :tea.txt (6 bytes) LINK"
    assert masks.meant("PRIVMSG #tea :LINK") == "PRIVMSG #tea :LINK"
    masks.link = "http://127.0.0.1:4242/f/def"
    assert masks.meant("PRIVMSG #tea :LINKS LINK") == "PRIVMSG #tea :LINKS http://127.0.0.1:4242/f/def"


@pytest.mark.parametrize(
    "line",
    [
        b"\r",
        b":bob!u@h\r",
        b"PRIVMSG ann :no CR",
        b"PRIVMSG  ann :two spaces\r",
        b"privmsg ann :small letters\r",
        b"PRIVMSG ann :two\rlines\r",
        b"PRIVMSG ann :a NUL \0\r",
        b"PRIVMSG ann :" + b"x" * 498 + b"\r",
        b"@x=" + b"x" * 8_188 + b" PRIVMSG ann :x\r",
        b"X" + b" x" * 16 + b"\r",
    ],
)
def test_lines_that_no_server_should_send(line: bytes) -> None:
    """A byte more than there may be, a line that is two, or none."""
    with pytest.raises(BrokenBytesError):
        read_line(line)
    assert read_line(b"PRIVMSG ann :" + b"x" * 497 + b"\r").params == ("ann", "x" * 497)


def test_an_old_client_registers_and_answers() -> None:
    """It sends what is typed, and answers PING without a word to its user."""
    with talking_to(IrcClient) as (client, peer):
        client.register()
        client.say("PRIVMSG bob :hé")
        client.say("/ping there")
        sent = "NICK ann\r\nUSER ann 0 * :ann\r\nPRIVMSG bob :hé\r\nPING :there\r\n".encode()
        assert peer.receive(len(sent)) == sent
        peer.send(b"PING :still there\r\n:s.x NOTICE * :h")
        assert peer.receive(19) == b"PONG :still there\r\n"
        peer.send(b"i\r\n")
        assert client.screen.take(PATIENCE_SECONDS) == "NOTICE * :hi"
        peer.close()


def test_a_client_whose_user_has_an_account_says_its_password_first() -> None:
    """https://modern.ircdocs.horse/#pass-message: it "MUST be sent before any attempt to register"."""
    with talking_to(IrcClient) as (client, peer):
        client.register("secret words")
        sent = b"PASS :secret words\r\nNICK ann\r\nUSER ann 0 * :ann\r\n"
        assert peer.receive(len(sent)) == sent
        peer.close()


@pytest.mark.parametrize(
    "data",
    [
        b"@time=2026-11-26T03:43:01.768Z NOTICE * :hi\r\n",
        b"@+typing=active NOTICE * :hi\r\n",
        b":bob!u@h TAGMSG ann\r\n",
        b"FAIL NICK X :hi\r\n",
        b":s.x 001 ann :hi\r\n:s.x 376 bob :hi\r\n",
        b"NOTICE * :\xff\r\n",
    ],
)
def test_an_old_client_dies_of_what_it_did_not_ask_for(data: bytes) -> None:
    """Tags, commands of newer clients, and numerics for somebody else."""
    with talking_to(IrcClient) as (client, peer):
        peer.send(data)
        assert client.screen.wait_for_ending(PATIENCE_SECONDS).how is End.DIED


def test_a_new_client_dies_of_what_it_has_switched_off() -> None:
    """A capability counts from its ACK until the next one, or until it is taken away."""
    with listening() as (listener, address):
        client = IrcClient(address, "ann", ("server-time", "batch"))
        with connected(client, listener) as peer:
            client.register()
            wanted = b"CAP LS 302\r\nNICK ann\r\nUSER ann 0 * :ann\r\nCAP REQ :server-time batch\r\nCAP END\r\n"
            assert peer.receive(len(wanted)) == wanted
            peer.send(b"CAP * ACK :server-time batch\r\n@time=2026-11-26T03:43:01.768Z NOTICE * :hi\r\n")
            assert [client.screen.take(PATIENCE_SECONDS) for _ in range(2)][1] == "@time=TIME NOTICE * :hi"
            peer.send(b"CAP ann DEL :batch\r\nCAP ann ACK :-server-time\r\nBATCH +1 netjoin\r\n")
            assert "['batch'] was not switched on" in client.screen.wait_for_ending(PATIENCE_SECONDS).why


def test_a_new_client_needs_what_it_wants() -> None:
    """A dialogue about a capability that there is not would show nothing; what its user asks for may be refused."""
    with talking_to(ModernIrcClient) as (client, peer):
        client.say("CAP REQ :nonsense")
        peer.send(b"CAP * NAK :nonsense\r\n")
        assert client.screen.take(PATIENCE_SECONDS) == "CAP * NAK :nonsense"
        client.register()
        peer.send(b"CAP * NAK :batch\r\n")
        assert "cannot do all that was wanted" in client.screen.wait_for_ending(PATIENCE_SECONDS).why
