"""Messages of IRC: what a line means, and that nobody can say anything in a line that is not his.

The examples up to the properties are the vectors of https://github.com/ircdocs/parser-tests (msg-split and msg-join,
CC0), as far as they are not about tags alone; those stand in `test_tags.py`.
"""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.message import LINE_LIMIT, IrcMessage, NoCommand, encode_line, parse_message
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("foo bar baz asdf", IrcMessage("FOO", ("bar", "baz", "asdf"))),
        (":coolguy foo bar baz asdf", IrcMessage("FOO", ("bar", "baz", "asdf"), source="coolguy")),
        ("foo bar baz :asdf quux", IrcMessage("FOO", ("bar", "baz", "asdf quux"))),
        ("foo bar baz :", IrcMessage("FOO", ("bar", "baz", ""))),
        ("foo bar baz ::asdf", IrcMessage("FOO", ("bar", "baz", ":asdf"))),
        (":coolguy foo bar baz :  asdf quux ", IrcMessage("FOO", ("bar", "baz", "  asdf quux "), source="coolguy")),
        (":coolguy PRIVMSG bar :lol :) ", IrcMessage("PRIVMSG", ("bar", "lol :) "), source="coolguy")),
        (":coolguy foo bar baz :  ", IrcMessage("FOO", ("bar", "baz", "  "), source="coolguy")),
        (":src JOIN #chan", IrcMessage("JOIN", ("#chan",), source="src")),
        (":src JOIN :#chan", IrcMessage("JOIN", ("#chan",), source="src")),
        (":src AWAY", IrcMessage("AWAY", source="src")),
        (":src AWAY ", IrcMessage("AWAY", source="src")),
        (":cool\tguy foo bar baz", IrcMessage("FOO", ("bar", "baz"), source="cool\tguy")),
        (
            ":coolguy!~ag@n\x02et\x0305w\x0fork.admin PRIVMSG foo :bar baz",
            IrcMessage("PRIVMSG", ("foo", "bar baz"), source="coolguy!~ag@n\x02et\x0305w\x0fork.admin"),
        ),
        ("COMMAND", IrcMessage("COMMAND")),
        (":SomeOp MODE #channel :+i", IrcMessage("MODE", ("#channel", "+i"), source="SomeOp")),
        (
            ":SomeOp MODE #channel +oo SomeUser :AnotherUser",
            IrcMessage("MODE", ("#channel", "+oo", "SomeUser", "AnotherUser"), source="SomeOp"),
        ),
        (
            "@tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4= :irc.example.com COMMAND param1 :param3 param3",
            IrcMessage(
                "COMMAND",
                ("param1", "param3 param3"),
                {"tag1": "value1", "tag2": "", "vendor1/tag3": "value2", "vendor2/tag4": ""},
                "irc.example.com",
            ),
        ),
        (
            ":gravel.mozilla.org 432  #momo :Erroneous Nickname: Illegal characters",
            IrcMessage("432", ("#momo", "Erroneous Nickname: Illegal characters"), source="gravel.mozilla.org"),
        ),
        (":gravel.mozilla.org MODE #tckk +n ", IrcMessage("MODE", ("#tckk", "+n"), source="gravel.mozilla.org")),
        (
            ":services.esper.net MODE #foo-bar +o foobar  ",
            IrcMessage("MODE", ("#foo-bar", "+o", "foobar"), source="services.esper.net"),
        ),
    ],
)
def test_a_line_means_what_others_take_it_for(line: str, message: IrcMessage) -> None:
    """Every vector of msg-split, the command in capitals."""
    assert parse_message(line) == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("   PING   a  :b c", IrcMessage("PING", ("a", "b c"))),
        ("  @a=1   :src   PING  x", IrcMessage("PING", ("x",), {"a": "1"}, "src")),
        ("@ PING x", IrcMessage("PING", ("x",))),
        ("@;;= PING", IrcMessage("PING")),
        (": PING x", IrcMessage("PING", ("x",))),
        ("PRIVMSG a:b c:d :e", IrcMessage("PRIVMSG", ("a:b", "c:d", "e"))),
        ("NICK \u3000", IrcMessage("NICK", ("\u3000",))),
        ("jo\u0131n x", IrcMessage("jo\u0131n", ("x",))),
    ],
)
def test_odd_lines_are_understood(line: str, message: IrcMessage) -> None:
    """Spaces too many, tags that are none, colons inside; only U+0020 separates, and only ASCII has capitals here."""
    assert parse_message(line) == message


@pytest.mark.parametrize(
    "line", ["", "   ", "@a=b", "@a=b  ", ":src", ":src  ", "@a=b :src", ":a :b", "@a :b :c d", "@a @b"]
)
def test_a_line_without_a_command_is_none(line: str) -> None:
    """What stands behind a colon is no command, nor are tags; https://modern.ircdocs.horse/#client-to-server-protocol-structure."""
    with pytest.raises(NoCommand) as refusal:
        parse_message(line)
    assert refusal.value.recoverable


@pytest.mark.parametrize(
    ("line", "encoded"),
    [
        (encode_line("FOO", "bar", "baz", "asdf"), "FOO bar baz asdf"),
        (encode_line("AWAY", source="src"), ":src AWAY"),
        (encode_line("AWAY", "", source="src"), ":src AWAY :"),
        (encode_line("FOO", "bar", "asdf quux"), "FOO bar :asdf quux"),
        (encode_line("FOO", "bar", ""), "FOO bar :"),
        (encode_line("FOO", "bar", ":asdf"), "FOO bar ::asdf"),
        (encode_line("FOO", "bar", "  asdf quux ", source="coolguy"), ":coolguy FOO bar :  asdf quux "),
        (encode_line("PRIVMSG", "bar", "lol :) ", source="coolguy"), ":coolguy PRIVMSG bar :lol :) "),
        (encode_line("FOO", "b\tar", "baz"), "FOO b\tar baz"),
        (encode_line("FOO", "  ", source="coolguy", tags={"asd": ""}), "@asd :coolguy FOO :  "),
        (encode_line("FOO", "par1", tags={"a": "b\\and\nk", "d": "gh;764"}), r"@a=b\\and\nk;d=gh\:764 FOO par1"),
        (encode_line("COMMAND", tags={"foo": "\\\\;\\s \r\n"}), r"@foo=\\\\\:\\s\s\r\n COMMAND"),
        (encode_line("PRIVMSG", "#room", text="hi", source="ann"), ":ann PRIVMSG #room :hi"),
        (encode_line("PRIVMSG", "#room", text=""), "PRIVMSG #room :"),
        (encode_line("ERROR", text="bye"), "ERROR :bye"),
        (encode_line("PING", "x", tags={}), "PING x"),
    ],
)
def test_a_message_is_written_as_others_expect_it(line: bytes, encoded: str) -> None:
    """Every vector of msg-join, in the shorter of two forms; and words for people behind a colon, always."""
    assert line == f"{encoded}\r\n".encode()


@pytest.mark.parametrize("bad", ["a\r", "a\nQUIT", "\0"])
def test_nobody_gets_a_line_of_his_own_into_another(bad: str) -> None:
    """A CR, LF or NUL is refused wherever it stands."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PRIVMSG", bad, "hi")
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PRIVMSG", "#room", bad)
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PRIVMSG", "#room", text=bad)
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PRIVMSG", "#room", source=bad)
    with pytest.raises(ValueError, match=r"\A"):
        encode_line(bad)
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PING", tags={bad: ""})


def test_a_nul_in_a_tag_is_refused() -> None:
    """It is the one character that has no escape. IRCv3 message-tags."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PING", tags={"a": "\0"})


@pytest.mark.parametrize("middle", ["", "a b", ":a", " "])
def test_what_would_be_read_as_another_parameter_is_refused(middle: str) -> None:
    """A middle parameter is not empty, and has no space and no colon at its beginning."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("KICK", middle, "ann")
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("KICK", middle, text="ann")
    with pytest.raises(ValueError, match=r"\A"):
        encode_line(middle, source="ann")


def test_nothing_is_written_that_would_be_read_as_tags() -> None:
    """Some server tags would be believed."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("@time=x", "PRIVMSG")


def test_no_source_brings_a_command_along() -> None:
    """A space would end it."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_line("PING", source="ann KILL")


@pytest.mark.parametrize("character", ["x", "ü", "€", "👍"])
@pytest.mark.parametrize("tags", [None, {"a": "ü" * 1_000}])
def test_a_line_too_long_ends_with_a_whole_character(character: str, tags: dict[str, str] | None) -> None:
    """512 bytes are the most, the tags not counted, and what is cut is cut between characters."""
    line = encode_line("PRIVMSG", "#r", text=character * (LINE_LIMIT // len(character.encode())), tags=tags)
    body = line[line.index(b"PRIVMSG") :]
    assert LINE_LIMIT - len(character.encode()) < len(body) <= LINE_LIMIT
    assert set(body.decode()[len("PRIVMSG #r :") : -2]) == {character}
    assert body.endswith(b"\r\n")


def test_a_line_of_just_the_limit_is_whole() -> None:
    """Neither the last byte is lost nor one too many let through."""
    text = "x" * (LINE_LIMIT - len("PRIVMSG #r :\r\n"))
    assert encode_line("PRIVMSG", "#r", text=text) == f"PRIVMSG #r :{text}\r\n".encode()
    assert encode_line("PRIVMSG", "#r", text=f"{text}y") == f"PRIVMSG #r :{text}\r\n".encode()


def test_tags_take_nothing_from_a_text() -> None:
    """However many bytes they have, in whatever characters."""
    line = encode_line("PRIVMSG", "#r", text="hi", tags={"a": "ü" * 1_000})
    assert parse_message(line[:-2].decode()).params == ("#r", "hi")


def test_messages_without_tags_share_their_absence() -> None:
    """No message can change what another one has."""
    assert isinstance(parse_message("PING").tags, MappingProxyType)


MIDDLES = st.text(st.sampled_from("aB9#:@=;,!*\\\tü👍"), min_size=1, max_size=6).filter(lambda word: word[0] != ":")
LASTS = st.text(st.sampled_from("a :@;\t\\ü👍"), max_size=8)
COMMANDS = st.sampled_from(["PRIVMSG", "001", "CAP"])
TAGS = st.dictionaries(
    st.sampled_from(["a", "+b/c", "time", "+draft/x_y"]), st.text(st.sampled_from("a;: \r\n\\sü"), max_size=6)
)


@QUICK
@given(COMMANDS, st.lists(MIDDLES, max_size=5), LASTS, st.one_of(st.just(""), MIDDLES), TAGS)
def test_what_is_written_is_read(
    command: str, middles: list[str], last: str, source: str, tags: dict[str, str]
) -> None:
    """Every message there can be, with its last parameter in either form."""
    for line in (
        encode_line(command, *middles, last, source=source, tags=tags),
        encode_line(command, *middles, text=last, source=source, tags=tags),
    ):
        assert line.endswith(b"\r\n")
        assert parse_message(line[:-2].decode()) == IrcMessage(command, (*middles, last), tags, source)


@QUICK
@given(st.text(st.sampled_from("a @:;=\\+/ü"), max_size=40))
def test_any_line_is_understood_or_refused(line: str) -> None:
    """What is understood can be written again, and means the same."""
    try:
        message = parse_message(line)
    except NoCommand:
        return
    again = encode_line(message.command, *message.params, source=message.source, tags=message.tags)
    assert parse_message(again[:-2].decode()) == message


def test_a_parameter_that_may_be_missing() -> None:
    """It is the default, then."""
    message = parse_message("TOPIC #tea :")
    assert [message.param(place) for place in range(3)] == ["#tea", "", ""]
    assert message.param(2, "none") == "none"
