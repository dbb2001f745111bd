"""Channels: coming into them and going out of them, what they are about, and who is there."""

import re

import pytest

from hubbub.core.features.accounts import CloseAccount
from hubbub.core.limits import Limits
from tests.gateways.irc.clients import SERVER, Network, network, plain


async def test_joining(net: Network) -> None:
    """The server sends the client a JOIN message, the topic (332, and 333) and the list of users (353, 366)"."""
    ann = await net.arrive("ann")
    heard = plain(await ann.ask("JOIN #tea", "TOPIC #tea :green and black"))
    assert heard == [
        ":ann!~u@HOST JOIN #tea",
        "353 ann = #tea :~ann",
        "366 ann #tea :End of the list",
        ":ann!~u@HOST TOPIC #tea :green and black",
    ]
    bob = await net.arrive("bob")
    heard = plain(await bob.ask("JOIN #tea"))
    assert heard[0] == ":bob!~u@HOST JOIN #tea"
    assert heard[1] == "332 bob #tea :green and black"
    assert re.fullmatch(r"333 bob #tea ann!~u@HOST \d+", heard[2])
    assert heard[3:] == ["353 bob = #tea :~ann bob", "366 bob #tea :End of the list"]
    assert plain(await ann.settle()) == [":bob!~u@HOST JOIN #tea"]


async def test_who_set_a_topic_and_has_left(net: Network) -> None:
    """RPL_TOPICWHOTIME: the setter "in full NUH form where possible"; of who is gone, a name is all there is."""
    ann, bob = await net.arrive("ann"), await net.arrive("bob")
    await ann.ask("JOIN #tea", "TOPIC #tea :green")
    await bob.ask("JOIN #tea")
    ann.send("QUIT")
    await bob.hear(" QUIT ")
    _, heard = plain(await bob.ask("TOPIC #tea"))
    assert re.fullmatch(r"333 bob #tea ann \d+", heard)


async def test_joining_several(net: Network) -> None:
    """JOIN takes channels and keys, separated by commas; who is in a channel already is told nothing."""
    ann = await net.found("ann", "#den")
    await ann.ask("MODE #den +k sesame")
    bob = await net.arrive("bob")
    heard = plain(await bob.ask("JOIN #den,#tea,#den,den,# wrong,sesame", "JOIN #den sesame", "JOIN #tea"))
    assert [line for line in heard if " 366 " not in line and " 353 " not in line] == [
        "475 bob #den :That is not the key. Come in with /join #den KEY.",
        ":bob!~u@HOST JOIN #tea",
        "353 bob = #tea :~bob",
        "366 bob #tea :End of the list",
        "475 bob #den :It needs a key. Come in with /join #den KEY.",
        "403 bob den :A channel's name begins with #",
        "476 bob # :A room's name has at least one character after the #.",
        ":bob!~u@HOST JOIN #den",
        "353 bob = #den :~ann bob",
        "366 bob #den :End of the list",
    ]


@pytest.mark.parametrize(
    ("modes", "numeric"), [("+i", "473"), ("+k x", "475"), ("+l 1", "471"), ("+b bob!*@*", "474"), ("+R", "477")]
)
async def test_being_kept_out(modes: str, numeric: str, net: Network) -> None:
    """ERR_INVITEONLYCHAN, ERR_BADCHANNELKEY, ERR_CHANNELISFULL, ERR_BANNEDFROMCHAN and ERR_NEEDREGGEDNICK."""
    ann, bob = await net.found("ann", "#tea"), await net.arrive("bob")
    await ann.ask(f"MODE #tea {modes}")
    (line,) = plain(await bob.ask("JOIN #tea"))
    assert line.startswith(f"{numeric} bob #tea :")


async def test_too_many_channels() -> None:
    """ERR_TOOMANYCHANNELS (405), for each that is too many; those before it one is in."""
    async with network(Limits(commands_per_second=0, rooms_per_person=3)) as net:
        ann = await net.arrive("ann")
        heard = plain(await ann.ask(f"JOIN {','.join(f'#c{number}' for number in range(90))}"))
        assert [line.split()[-1] for line in heard if " JOIN " in line] == ["#c0", "#c1", "#c2"]
        assert sum(line.startswith("405 ann #c") for line in heard) == 87


async def test_going_out(net: Network) -> None:
    """PART takes channels and a reason; ERR_NOTONCHANNEL (442) where one is not, 403 where there is none."""
    ann, bob = await net.arrive("ann"), await net.arrive("bob")
    await ann.ask("JOIN #tea,#den")
    await bob.ask("JOIN #tea")
    await ann.settle()
    assert plain(await bob.ask("PART #tea,#den,#none :good night")) == [
        ":bob!~u@HOST PART #tea :good night",
        "442 bob #den :You are not in #den.",
        "403 bob #none :Nobody is in #none now. Come in with /join #none",
    ]
    assert plain(await ann.ask("JOIN 0")) == [
        ":bob!~u@HOST PART #tea :good night",
        ":ann!~u@HOST PART #tea :",
        ":ann!~u@HOST PART #den :",
    ]


async def test_coming_and_going_in_a_loop(net: Network) -> None:
    """Each is answered, in order, however fast they come; who was the first of all is gone."""
    ann, bob = await net.arrive("ann"), await net.arrive("bob")
    await bob.ask("JOIN #tea", "PART #tea")
    heard = plain(await ann.ask(*["JOIN #tea", "PART #tea :x", "NAMES #tea"] * 100))
    once = [
        ":ann!~u@HOST JOIN #tea",
        "353 ann = #tea :ann",
        "366 ann #tea :End of the list",
        ":ann!~u@HOST PART #tea :x",
        "366 ann #tea :End of the list",
    ]
    assert heard == once * 100


async def test_topics(net: Network) -> None:
    """331 where there is none; an empty one takes it away; what it is already is told and not set again."""
    ann, bob = await net.found("ann", "#tea"), await net.arrive("bob")
    assert plain(await ann.ask("TOPIC #tea")) == ["331 ann #tea :No topic is set"]
    await ann.ask("TOPIC #tea :green")
    assert plain(await ann.ask("TOPIC #tea :green"))[0] == "332 ann #tea :green"
    assert plain(await bob.ask("TOPIC #tea"))[0] == "332 bob #tea :green"
    assert plain(await bob.ask("TOPIC #tea :black", "TOPIC #none")) == [
        "442 bob #tea :You are not in #tea. Join it first.",
        "403 bob #none :Nobody is in #none now. Come in with /join #none",
    ]
    await bob.ask("JOIN #tea")
    await ann.ask("MODE #tea +t")
    heard = plain(await bob.ask("TOPIC #tea :"))
    assert heard[0] == ":ann!~u@HOST MODE #tea +t"
    assert heard[1].startswith("482 bob #tea :")
    assert plain(await ann.ask("TOPIC #tea :", "TOPIC #tea")) == [
        ":ann!~u@HOST TOPIC #tea :",
        "331 ann #tea :No topic is set",
    ]


async def test_names(net: Network) -> None:
    """Who is not in a channel is told nobody's name; prefixes and hosts come where they are asked for."""
    ann, bob = await net.found("ann", "#tea"), await net.arrive("bob", "userhost-in-names")
    assert plain(await bob.ask("NAMES #tea", "NAMES", "NAMES #a,b")) == [
        "366 bob #tea :End of the list",
        "366 bob * :End of the list",
        "366 bob #a :End of the list",
        "366 bob b :End of the list",
    ]
    assert plain(await bob.ask("JOIN #tea"))[1] == "353 bob = #tea :~ann!~u@HOST bob!~u@HOST"
    await ann.ask("MODE #tea +i", "MODE #tea +h bob")
    assert plain(await ann.ask("NAMES #tea"))[0] == "353 ann = #tea :~ann %bob"
    await ann.ask("MODE #tea +s")
    assert plain(await ann.ask("NAMES #tea"))[0] == "353 ann @ #tea :~ann %bob"


async def test_no_implicit_names(net: Network) -> None:
    """Servers MUST NOT send the 353 and 366 numerics" on joining; what one is there oneself, MODE tells."""
    ann = await net.found("ann", "#tea", "draft/no-implicit-names")
    assert plain(await ann.ask("PART #tea", "JOIN #tea", "NAMES #tea"))[1:] == [
        ":ann!~u@HOST JOIN #tea",
        "MODE #tea +q ann",
        "353 ann = #tea :~ann",
        "366 ann #tea :End of the list",
    ]


async def test_who_has_a_role_comes_with_it(net: Network) -> None:
    """Others learn from MODE what somebody is who comes back."""
    ann, bob = await net.found("ann", "#tea"), await net.arrive("bob")
    await bob.ask("JOIN #tea")
    await ann.ask("PART #tea", "JOIN #tea")
    assert plain(await bob.settle()) == [
        ":ann!~u@HOST PART #tea :",
        ":ann!~u@HOST JOIN #tea",
        "MODE #tea +q ann",
    ]


async def test_a_label_is_told_as_it_was_written(net: Network) -> None:
    """A label may have anything in it that a value may: it ends neither the tags nor the line. IRCv3 message-tags."""
    ann = await net.arrive("ann", "labeled-response", "batch")
    label = r"a\s\:b\r\nPRIVMSG"
    assert plain(await ann.ask(f"@label={label} TIME x", f"@label={label} PONG")) == [
        rf"@label={label} :{SERVER} 402 ann x :There is no such server",
        rf"@label={label} :{SERVER} ACK",
    ]


async def test_a_labelled_join(net: Network) -> None:
    """All that answers a labelled JOIN carries its label, the JOIN itself too. IRCv3 labeled-response."""
    ann = await net.arrive("ann", "labeled-response", "batch")
    assert plain(await ann.ask("@label=1 JOIN #tea", "@label=2 JOIN #tea")) == [
        f"@label=1 :{SERVER} BATCH +1 labeled-response",
        "@batch=1 :ann!~u@HOST JOIN #tea",
        f"@batch=1 :{SERVER} 353 ann = #tea :~ann",
        f"@batch=1 :{SERVER} 366 ann #tea :End of the list",
        "BATCH -1",
        f"@label=2 :{SERVER} ACK",
    ]


async def test_what_comes_behind_a_command_that_waits(net: Network) -> None:
    """Each answer goes with its own command, whatever had to wait for others."""
    ann = await net.arrive("ann")
    heard = plain(await ann.ask("INVITE zed #tea", "KICK #tea zed", "JOIN #a,#b@d,#c", "PART #zz", "TOPIC #c"))
    assert [line for line in heard if not re.match("3(53|66) ", line)] == [
        "403 ann #tea :Nobody is in #tea now. Come in with /join #tea",
        "403 ann #tea :Nobody is in #tea now. Come in with /join #tea",
        ":ann!~u@HOST JOIN #a",
        "476 ann #b@d :A name cannot contain “@”.",
        ":ann!~u@HOST JOIN #c",
        "403 ann #zz :Nobody is in #zz now. Come in with /join #zz",
        "331 ann #c :No topic is set",
    ]


async def test_500_channels_at_once() -> None:
    """Each is answered: those one may be in, and 405 for the others; nobody else has to wait for it."""
    async with network(Limits(commands_per_second=0, rooms_per_person=128)) as net:
        ann, bob = await net.arrive("ann"), await net.arrive("bob")
        names = [f"#channel-{number}" for number in range(500)]
        ann.send(*[f"JOIN {','.join(names[place : place + 25])}" for place in range(0, 500, 25)])
        assert plain(await bob.ask("JOIN #tea"))[0] == ":bob!~u@HOST JOIN #tea"
        heard = plain(await ann.settle())
        assert [line.split()[-1] for line in heard if " JOIN " in line] == names[:128]
        assert [line.split()[2] for line in heard if line.startswith("405 ")] == names[128:]


@pytest.mark.parametrize(
    "line",
    [
        "JOIN ,,,",
        "JOIN #",
        "JOIN :# x",
        "JOIN #tea,\x02",
        "JOIN #" + "x" * 400,
        "JOIN #tea " + "," * 400,
        "PART ,",
        "PART :",
        "TOPIC :",
        "TOPIC #tea\x07 :x",
        "TOPIC #tea :" + "x" * 450,
        "NAMES " + "," * 400,
        "NAMES :: x",
        "KICK , ,",
        "KICK #tea : x",
        "KICK : ann",
        "INVITE : #tea",
        "INVITE ann :",
        "INVITE ann ::x y",
        "KNOCK :",
        "KNOCK :: x",
        "RENAME #tea :",
        "RENAME : #x",
        "RENAME #tea ::x y",
        "MODE #tea +b :",
        "MODE #tea +b :: x",
        "MODE #tea +o :: x",
        "MODE #tea +k :: x",
        "MODE #tea +l :-1",
        "MODE #tea +l ٣",
        "MODE #tea " + "+-" * 200,
        "MODE #tea +" + "b" * 400,
        "MODE #tea +:",
        "MODE :: x",
        "MODE #\u202e +m",
        "LIST " + "," * 400,
        "LIST >99999999999999999999",
        "LIST :: x",
        "PRIVMSG @ :x",
        "PRIVMSG @# :x",
        "PRIVMSG @+%&~@#tea :x",
        "CS :",
        "CS OP :",
        "CS OP #tea : ",
        "CS KICK #tea :: x",
    ],
)
async def test_nonsense_is_answered(line: str, net: Network) -> None:
    """Whatever stands in a parameter: the connection goes on, and no line that comes of it is a wrong one."""
    ann = await net.found("ann", "#tea")
    for heard in await ann.ask(line):
        assert len(heard.encode()) <= 510
        assert not re.search(r"  |^: |^:\S+ \d+ (?!ann\b)", heard.partition(" :")[0])
    assert plain(await ann.ask("PING :there"))[-1].endswith(" :there")


async def test_quitting(net: Network) -> None:
    """QUIT: servers should prepend "Quit: " to what somebody says as he goes, and not to what the server says."""
    ann = await net.arrive("ann")
    await ann.ask("JOIN #tea")
    bob = await net.arrive("bob")
    await net.found("cyd", "#tea")
    await bob.ask("JOIN #tea")
    await ann.settle()
    bob.send("QUIT :good night")
    await bob.hear_end()
    assert plain([await ann.next()]) == [":bob!~u@HOST QUIT :Quit: good night"]
    await net.carry_out("cyd", CloseAccount())
    assert plain([await ann.next()]) == [":cyd!~u@HOST QUIT :account deleted"]
