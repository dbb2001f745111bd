"""Bad input from clients of IRC: what the specification names for each, and nobody else notices."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from tests.outside.confined import ConfinedServer
from tests.outside.conftest import UNHURRIED, StartServer
from tests.outside.irc import IrcGuest
from tests.outside.saying import words
from tests.seeds.screen import End

Come = Callable[..., IrcGuest]


@pytest.fixture(scope="module")
def server(start_shared_server: StartServer) -> ConfinedServer:
    """Start a server where nobody is hurried or announced."""
    return start_shared_server("127.0.0.1:0=irc", settings=UNHURRIED)


@pytest.fixture
def connected(server: ConfinedServer) -> Iterator[Come]:
    """Let people connect, who have said nothing yet."""
    guests: list[IrcGuest] = []

    def connect(name: str = "ann", *wanted: str) -> IrcGuest:
        guests.append(IrcGuest(server.address("irc"), name, *wanted))
        return guests[-1]

    yield connect
    for guest in guests:
        guest.leave()


@pytest.fixture
def come(connected: Come) -> Come:
    """Let people come in."""
    return lambda name="ann", *wanted: connected(name, *wanted).register()


def codes(answers: list[str]) -> list[str]:
    """Return the numerics or commands alone."""
    return [answer.partition(" ")[0] for answer in answers]


# Lines


def test_a_line_too_long(come: Come) -> None:
    """417: 512 bytes with CR LF are the most that a line may have, RFC 1459 section 2.3; the next one counts again."""
    ann = come()
    longest = "PONG :" + "x" * (512 - len("PONG :\r\n"))
    assert ann.ask(longest) == []
    assert codes(ann.ask(f"{longest}x", "PRIVMSG #lobby :" + "x" * 100_000)) == ["417", "417"]


def test_too_many_tags(come: Come) -> None:
    """417 too, and the message is not taken: 4 096 bytes with `@` and space are the most. IRCv3 message-tags."""
    ann, bob = come("ann", "message-tags"), come("bob")
    most = "@+x=" + "x" * (4_096 - len("@+x= "))
    assert ann.ask(f"{most} PRIVMSG bob :{words('fits')}", f"{most}y PRIVMSG bob :no")[-1].startswith("417 ann :")
    assert bob.ask() == [f":ann!~u@HOST.guest PRIVMSG bob :{words('fits')}"]


def test_many_small_tags_are_read(come: Come) -> None:
    """There is a limit of their bytes, none of their number."""
    ann = come("ann", "message-tags", "labeled-response", "batch")
    tags = ";".join(f"+x{number}" for number in range(500))
    assert ann.ask(f"@{tags};label=here PING :1") == ["@label=here PONG hubbub.local :1"]


@pytest.mark.parametrize(
    "line", [b"PRIVMSG bob :one\rPRIVMSG bob :two\r\n", b"PRIVMSG bob :a\0b\r\n", b"PRIV\0MSG bob :hi\r\n"]
)
def test_cr_and_nul_inside(line: bytes, come: Come) -> None:
    """No message holds them, RFC 1459 section 2.3.1; the line is not taken, and not two."""
    ann, bob = come("ann", "standard-replies"), come("bob")
    (answer,) = ann.ask(line)
    assert answer.startswith("FAIL PRIVMSG INVALID_BYTE :") or "\0" in line.decode()
    assert "INVALID_BYTE" in answer
    assert bob.ask() == []


def test_lf_inside_ends_a_line(come: Come) -> None:
    """Clients that send LF alone are understood, https://modern.ircdocs.horse/; what follows is another command."""
    ann = come()
    assert codes(ann.ask(b"PRIVMSG ann :one\nNONSENSE\r\n")) == [":ann!~u@HOST.guest", "421"]


def test_empty_lines_and_spaces_are_nothing(come: Come) -> None:
    """Empty messages are ignored in silence, RFC 1459 section 2.3.1; and so is one without a command."""
    assert come().ask(b"\r\n\n\r\n   \r\n", b":somebody\r\n", b"@tag\r\n") == []


def test_invalid_utf8(come: Come) -> None:
    """FAIL with INVALID_UTF8 where the client knows standard replies, and a notice otherwise. IRCv3 utf8only."""
    ann, old, bob = come("ann", "standard-replies"), come("old"), come("bob")
    line = b"PRIVMSG bob :\xc3\x28\r\n"
    (answer,) = ann.ask(line)
    assert answer.startswith("FAIL PRIVMSG INVALID_UTF8 :")
    (answer,) = old.ask(line)
    assert answer.startswith("NOTICE old :")
    assert bob.ask() == []


@pytest.mark.parametrize("command", ["NONSENSE", "JOINX", "PRIVMSGS", "123", "П", "=", "!#"])
def test_an_unknown_command(command: str, come: Come) -> None:
    """421 with the command, ERR_UNKNOWNCOMMAND. https://modern.ircdocs.horse/."""
    (answer,) = come().ask(f"{command} #lobby :hello")
    assert answer.startswith(f"421 ann {command} :")


FEWEST: Final = {
    "ACCEPT nobody-here": "401 ann nobody-here :",
    "AUTHENTICATE": "461 ann AUTHENTICATE :",
    "CAP": "461 ann CAP :",
    "CHATHISTORY": "NOTICE ann :",
    "INVITE bob": "461 ann INVITE :",
    "ISON": "461 ann ISON :",
    "JOIN": "461 ann JOIN :",
    "KICK": "461 ann KICK :",
    "KICK #lobby": "461 ann KICK :",
    "KILL": "461 ann KILL :",
    "KNOCK": "461 ann KNOCK :",
    "MODE": "461 ann MODE :",
    "NICK": "431 ann :",
    "OPER ann": "461 ann OPER :",
    "PART": "461 ann PART :",
    "PASS": "461 ann PASS :",
    "PING": "461 ann PING :",
    "PRIVMSG": "411 ann :",
    "PRIVMSG bob": "412 ann :",
    "PRIVMSG bob :": "412 ann :",
    "REDACT #lobby": "461 ann REDACT :",
    "RENAME #lobby": "461 ann RENAME :",
    "SETNAME": "461 ann SETNAME :",
    "TAGMSG": "461 ann TAGMSG :",
    "TOPIC": "461 ann TOPIC :",
    "USER": "461 ann USER :",
    "USER ann 0 *": "461 ann USER :",
    "USERHOST": "461 ann USERHOST :",
    "USERIP": "461 ann USERIP :",
    "WALLOPS": "461 ann WALLOPS :",
    "WHOIS": "431 ann :",
}
"""What commands without enough parameters are answered with."""


@pytest.mark.parametrize("line", FEWEST)
def test_too_few_parameters(line: str, come: Come) -> None:
    """461, ERR_NEEDMOREPARAMS, or what the command has of its own: 411, 412, 431. https://modern.ircdocs.horse/."""
    (answer,) = come().ask(line)
    assert answer.startswith(FEWEST[line])


@pytest.mark.parametrize("line", ["NOTICE", "NOTICE bob", "NOTICE bob :", "NOTICE nobody :hi"])
def test_no_notice_is_answered(line: str, come: Come) -> None:
    """RFC 2812 section 3.3.2: "automatic replies MUST NEVER be sent in response to a NOTICE message"."""
    assert come().ask(line) == []


# Coming in


@pytest.mark.parametrize("line", ["JOIN #lobby", "PRIVMSG ann :hi", "LIST", "NONSENSE", "WHOIS ann", "JOIN"])
def test_not_registered_yet(line: str, connected: Come) -> None:
    """451, ERR_NOTREGISTERED: before registration only what belongs to it. RFC 1459 section 4.1."""
    (answer,) = connected().ask(line)
    assert answer.startswith("451 * :")


@pytest.mark.parametrize(
    "nick", ["#lobby", "&ann", "@ann", "+ann", "%ann", "~ann", ":ann", "a!b@c", "ann,bob", "a*", "?", "a" * 400, "$$x"]
)
def test_nicks_that_are_none(nick: str, connected: Come) -> None:
    """432, ERR_ERRONEUSNICKNAME: nobody is called like a channel, a mask or somebody with a prefix."""
    ann = connected()
    (answer,) = ann.ask(f"NICK :{nick}", "USER ann 0 * :Ann")
    assert answer.startswith(("432 * ", f"432 {nick} "))
    assert codes(ann.ask("NICK ann"))[0] == "001"
    (answer,) = ann.ask(f"NICK :{nick}")
    assert answer.startswith("432 ann ")


def test_a_nick_that_somebody_has(come: Come, connected: Come) -> None:
    """433, ERR_NICKNAMEINUSE, while registering and afterwards; another one is taken."""
    come("bob")
    ann = connected()
    (answer,) = ann.ask("NICK bob", "USER ann 0 * :Ann")
    assert answer.startswith("433 * bob :")
    assert codes(ann.ask("NICK ann"))[0] == "001"
    (answer,) = ann.ask("NICK BOB")
    assert answer.startswith("433 ann BOB :")


def test_registering_twice(come: Come) -> None:
    """462, ERR_ALREADYREGISTERED, for USER and PASS."""
    assert [answer[:10] for answer in come().ask("USER a 0 * :A", "PASS secret")] == ["462 ann :Y"] * 2


# Capabilities


def test_capabilities_in_the_wrong_order(connected: Come) -> None:
    """REQ before LS and before NICK holds registration back until END, and END without a beginning is nothing."""
    ann = connected()
    assert ann.ask("CAP END", "CAP END") == []
    assert ann.ask("CAP REQ :server-time", "NICK ann", "USER ann 0 * :Ann") == ["CAP * ACK :server-time"]
    assert set(codes(ann.ask("CAP LS 302", "CAP LS", "CAP LIST", "CAP REQ :batch"))) == {"CAP"}
    assert codes(ann.ask("CAP END"))[0] == "001"
    assert set(codes(ann.ask("CAP END", "CAP LS 302", "CAP END", "CAP REQ :-batch"))) == {"CAP"}


@pytest.mark.parametrize(
    "wanted",
    ["nonsense", "server-time nonsense", "-nonsense", "SERVER-TIME", "=", "server-time=1", "-", "--batch", "x" * 400],
)
def test_capabilities_that_are_none(wanted: str, come: Come) -> None:
    """NAK repeats what was asked for, and none of it is done. IRCv3 capability negotiation, NAK subcommand."""
    ann = come()
    assert ann.ask(f"CAP REQ :{wanted}", "CAP LIST") == [f"CAP ann NAK :{wanted}", "CAP ann LIST :"]


@pytest.mark.parametrize("line", ["CAP NONSENSE", "CAP ACK :batch", "CAP * LS"])
def test_a_subcommand_that_is_none(line: str, come: Come) -> None:
    """410, ERR_INVALIDCAPCMD, with the subcommand."""
    (answer,) = come().ask(line)
    assert answer.startswith(f"410 ann {line.split()[1]} :")


# Channels


def test_five_hundred_channels(come: Come) -> None:
    """405, ERR_TOOMANYCHANNELS, for each that is one too many, however many one asks for in a line."""
    ann = come()
    names = [f"#c{number:03}" for number in range(500)]
    lines = ["JOIN " + ",".join(names[start : start + 80]) for start in range(0, 500, 80)]
    answers = ann.ask(*lines)
    joined = [answer for answer in answers if " JOIN " in answer]
    refused = [answer for answer in answers if answer.startswith("405 ann #")]
    assert len(joined) + len(refused) == len(names)
    assert 0 < len(joined) < len(names)
    assert ann.ask("JOIN " + "#x," * 200)[0].startswith("417 ann :")


def test_coming_and_going_in_a_loop(come: Come) -> None:
    """Each is answered in its turn, and those who stay hear of each."""
    ann, bob = come(), come("bob")
    bob.ask("JOIN #loop")
    answers = ann.ask(*["JOIN #loop", "PART #loop"] * 100)
    assert codes(answers) == [":ann!~u@HOST.guest", "353", "366", ":ann!~u@HOST.guest"] * 100
    heard = bob.ask()
    assert [line.split()[1] for line in heard] == ["JOIN", "PART"] * 100


@pytest.mark.parametrize("channel", ["lobby", "", "#", "&local", "#a\x07b", "##" + "x" * 200, "0x", "*", ":#x", "#a*"])
def test_channels_that_are_none(channel: str, come: Come) -> None:
    """403 or 476, ERR_NOSUCHCHANNEL or ERR_BADCHANMASK, for each alone."""
    answers = come().ask(f"JOIN :{channel}")
    assert set(codes(answers)) <= {"403", "476"}
    assert answers


MODES: Final = {
    "MODE": "461 mona MODE :",
    "MODE #nowhere +i": "403 mona #nowhere :",
    "MODE nobody-here": "401 mona nobody-here :",
    "MODE gus": "502 mona :",
    "MODE mona +!": "501 mona :",
    "MODE #own +z": "472 mona z :",
    "MODE #own +é": "472 mona é :",
    "MODE #own :+z zzz": "472 mona z :",
    "MODE #own +k": "696 mona #own k * :",
    "MODE #own +k a,b": "696 mona #own k a,b :",
    "MODE #own +l": "696 mona #own l * :",
    "MODE #own +l -5": "696 mona #own l -5 :",
    "MODE #own +l 99999999999999999999": "696 mona #own l 99999999999999999999 :",
    "MODE #own +o": "696 mona #own o * :",
    "MODE #own +o nobody-here": "401 mona nobody-here :",
    "MODE #own +o gus": "441 mona gus #own :",
    "MODE #own +b !!@@!!": "696 mona #own b !!@@!! :",
    "MODE #own +b " + "x" * 400 + "!*@*": "696 mona #own b xxx",
    "MODE #own +b " + "x" * 1_000 + "!*@*": "417 mona :",
    "MODE #own +" + "i-i+" * 100 + "z": "472 mona z :",
    "MODE #bobs +m": "442 mona #bobs :",
}
"""What modes with missing, many and nonsense parameters are answered with."""


def test_modes_that_make_no_sense(come: Come) -> None:
    """472, 696, 501 and the like, for each thing that is wrong. https://modern.ircdocs.horse/#mode-message."""
    mona, bert = come("mona", "draft/account-registration"), come("bert", "draft/account-registration")
    come("gus")
    for one, channel in ((mona, "#own"), (bert, "#bobs")):
        one.ask(f"REGISTER * * {words('pass phrase').replace(' ', '-')}", f"JOIN {channel}")
    for line, expected in MODES.items():
        answers = mona.ask(line)
        assert any(answer.startswith(expected) for answer in answers), (line, answers)
        assert codes(answers)[0].isdecimal(), (line, answers)
    assert mona.ask("MODE #own")[0] == "324 mona #own +n"


def test_very_many_modes_at_once(come: Come) -> None:
    """As many as MODES says are made, and the rest is told of; a list that is asked for stands alone, and once."""
    ann = come("many", "draft/account-registration", "standard-replies")
    ann.ask("REGISTER * * four-words-in-a-row", "JOIN #many")
    masks = [f"x{number}!*@*" for number in range(50)]
    answers = ann.ask(f"MODE #many +{'b' * 50} {' '.join(masks)[:400]}")
    assert [answer for answer in answers if answer.startswith("FAIL MODE TOO_MANY_MODES #many :")]
    assert len([answer for answer in answers if " MODE #many +b x" in answer]) == 10
    assert codes(ann.ask("MODE #many bbbb")) == ["367"] * 10 + ["368"]


# SASL


def sasl(text: str) -> str:
    """Return what AUTHENTICATE says of a text."""
    return f"AUTHENTICATE {b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["AUTHENTICATE NONSENSE"], ["908", "904"]),
        (["AUTHENTICATE"], ["461"]),
        (["AUTHENTICATE *"], ["906"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE *"], ["AUTHENTICATE", "906"]),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {'A' * 401}"], ["AUTHENTICATE", "905"]),
        (["AUTHENTICATE PLAIN", *[f"AUTHENTICATE {'A' * 400}"] * 21], ["AUTHENTICATE", "905"]),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {'A' * 400}", "AUTHENTICATE *"], ["AUTHENTICATE", "906"]),
        (["AUTHENTICATE PLAIN", f"AUTHENTICATE {'A' * 400}", "AUTHENTICATE +"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE !!!!"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE +"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN"], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE PLAIN", sasl("\0nobody\0nothing")], ["AUTHENTICATE", "904"]),
        (["AUTHENTICATE SCRAM-SHA-256", sasl("n,,n=nobody,r=x"), sasl("c=biws,r=x,p=AAAA")], ["AUTHENTICATE"] * 2),
        (["CAP REQ :-sasl", "AUTHENTICATE PLAIN"], ["CAP", "904"]),
    ],
)
def test_sasl_that_comes_to_nothing(lines: list[str], expected: list[str], connected: Come) -> None:
    """Aborted, in pieces, too long, repeated: 904–908, and one may try again, or come in. IRCv3 sasl 3.1."""
    ann = connected()
    ann.ask("CAP REQ :sasl", "NICK ann", "USER ann 0 * :Ann")
    answers = codes(ann.ask(*lines))
    assert answers[: len(expected)] == expected
    assert set(answers[len(expected) :]) <= {"904", "908"}
    assert codes(ann.ask("CAP REQ :sasl", "AUTHENTICATE PLAIN", "AUTHENTICATE *")) == ["CAP", "AUTHENTICATE", "906"]
    assert "001" in codes(ann.ask("CAP END"))


def test_who_ends_negotiation_gives_up_sasl(connected: Come) -> None:
    """906, and in as a guest: registration does not wait for what was begun. IRCv3 sasl 3.1."""
    ann = connected()
    ann.ask("CAP REQ :sasl", "NICK ann", "USER ann 0 * :Ann", "AUTHENTICATE PLAIN")
    assert codes(ann.ask("CAP END"))[:2] == ["906", "001"]


# All of it


def test_nobody_is_disconnected_by_any_of_it(come: Come) -> None:
    """A thousand lines of nonsense, and the client is still there."""
    ann = come()
    lines = [
        f"{command} {'x ' * count}:{'y' * count}" for command in ("MODE", "WHO", "CAP", "X") for count in range(50)
    ]
    ann.ask(*lines)
    assert ann.client.screen.ending is None or ann.client.screen.ending.how is not End.DISCONNECTED
