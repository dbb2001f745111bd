"""Welcoming: 001 to 005 and the message of the day, as https://modern.ircdocs.horse/#connection-registration has it."""

from msgspec.structs import replace

from hubbub.gateways.irc import isupport
from hubbub.gateways.irc.talk import Talk
from hubbub.wire.irc.isupport import parse_token
from tests.gateways.connections import PEER
from tests.gateways.irc.clients import SERVER, TOLD, UNHURRIED, network, plain


async def test_a_welcome() -> None:
    """Upon registration: 001, 002, 003, 004, at least one 005, LUSERS, and the message of the day, in that order."""
    async with network() as place:
        ann = await place.connect()
        heard = await ann.ask("NICK ann", "USER ann 0 * :Ann")
        numbers = [line.split()[1] for line in heard]
        assert list(dict.fromkeys(numbers)) == [
            *("001", "002", "003", "004", "005"),
            *("251", "255", "265", "266"),
            *("375", "372", "376"),
        ]
        assert all(line.startswith(f":{SERVER} ") and line.split()[2] == "ann" for line in heard)
        assert heard[0] == f":{SERVER} 001 ann :Welcome to Example, ann"


async def test_modes() -> None:
    """004: `<available user modes> <available channel modes> [<channel modes with a parameter>]`."""
    async with network() as place:
        ann = await place.connect()
        [line] = [line for line in await ann.ask("NICK ann", "USER ann 0 * :Ann") if line.split()[1] == "004"]
        assert line.split()[5:] == ["BRgiorsw", "CIMRabcehiklmnoqstv", "Iabehkloqv"]


async def test_features() -> None:
    """005: tokens, up to 13 in a line, which ends with `:are supported by this server`."""
    async with network() as place:
        ann = await place.connect()
        heard = [line for line in await ann.ask("NICK ann", "USER ann 0 * :Ann") if line.split()[1] == "005"]
        assert all(line.endswith(" :are supported by this server") for line in heard)
        tokens = [token for line in heard for token in line.split(" :")[0].split()[3:]]
        assert all(len(line.split(" :")[0].split()) <= 3 + 13 for line in heard)
        assert {"NETWORK=Example", "UTF8ONLY", "CASEMAPPING=ascii", "CHANTYPES=#", "NICKLEN=32"} <= set(tokens)
        assert "UTF8MAPPING=rfc8265" in tokens


async def test_targets() -> None:
    """TARGMAX: a command that takes several targets is named, with the most it takes, or nothing where that is free."""
    async with network() as place:
        talk = Talk(place.irc.settings(UNHURRIED), PEER)
        told = dict(one.split(":") for one in isupport.tokens(talk)["TARGMAX"].split(","))
        assert (told["PRIVMSG"], told["WHOIS"], told["KICK"]) == ("20", "4", "")
        ann = await place.arrive("ann")
        heard = plain(await ann.ask("WHOIS a,b,c,d,e", f"PRIVMSG {','.join(map(str, range(21)))} :hello"))
        assert [line.split()[0] for line in heard] == ["407", "407"]


async def test_a_feature_with_a_sign_of_its_own() -> None:
    r"""A value with `=` or a backslash in it is told with their numbers: `\x3D`, `\x5C`."""
    async with network() as place:
        place.use(replace(TOLD, network="tea=\\time"))
        ann = await place.connect()
        heard = await ann.ask("NICK ann", "USER ann 0 * :Ann")
        assert r"NETWORK=tea\x3D\x5Ctime" in " ".join(line for line in heard if " 005 " in line).split()


async def test_features_of_a_server_with_a_long_name() -> None:
    """No line is longer than 512 bytes, and none is cut, however long the names in it are."""
    async with network() as place:
        place.use(replace(TOLD, name=f"{'x' * 58}.test", network="n" * 50))
        ann = await place.connect()
        nick = "\N{DESERET SMALL LETTER LONG I}" * 32
        heard = [line for line in await ann.ask(f"NICK {nick}", "USER u 0 * :Ann") if line.split()[1] == "005"]
        assert all(len(line.encode()) <= 510 for line in heard)
        assert all(line.endswith(" :are supported by this server") for line in heard)
        tokens = [token for line in heard for token in line.split(" :")[0].split()[3:]]
        talk = Talk(place.irc.settings(UNHURRIED), PEER)
        assert dict(map(parse_token, tokens)) == isupport.tokens(talk)


async def test_message_of_the_day() -> None:
    """375, a 372 for each line, 376; the text is the operator's."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert await ann.ask("MOTD") == [
            f":{SERVER} 375 ann :- {SERVER} Message of the day -",
            f":{SERVER} 372 ann :- Be kind.",
            f":{SERVER} 372 ann :- Be brief.",
            f":{SERVER} 376 ann :That is all",
        ]


async def test_no_message_of_the_day() -> None:
    """422, `ERR_NOMOTD`, where there is none."""
    async with network() as place:
        place.use(replace(TOLD, motd=""))
        ann = await place.arrive("ann")
        assert await ann.ask("MOTD") == [f":{SERVER} 422 ann :There is no message of the day"]


async def test_isupport_before_one_is_in() -> None:
    """IRCv3 extended-isupport: the server "MUST accept ISUPPORT commands before connection registration completes"."""
    async with network() as place:
        ann = await place.connect()
        [refused] = await ann.ask("ISUPPORT")
        assert refused.startswith(f":{SERVER} 451 * ")
        heard = await ann.ask("CAP REQ :draft/extended-isupport", "ISUPPORT")
        assert all(line.startswith(f":{SERVER} 005 * ") for line in heard[1:])


async def test_isupport_in_a_batch() -> None:
    """IRCv3 extended-isupport: the server "MUST group all RPL_ISUPPORT messages inside a draft/isupport batch"."""
    async with network() as place:
        ann = await place.arrive("ann", "batch", "draft/extended-isupport")
        first, *lines, last = await ann.ask("ISUPPORT")
        assert first.startswith(f":{SERVER} BATCH +")
        assert first.endswith(" draft/isupport")
        reference = first.split()[2].removeprefix("+")
        assert all(line.startswith(f"@batch={reference} :{SERVER} 005 ann ") for line in lines)
        assert last == f":{SERVER} BATCH -{reference}"


async def test_a_batch_is_the_labelled_answer() -> None:
    """IRCv3 labeled-response: a batch of "an existing type applicable to the entire response" carries the label."""
    async with network() as place:
        ann = await place.arrive("ann", "batch", "labeled-response", "draft/extended-isupport")
        first, *lines, last = await ann.ask("@label=x ISUPPORT")
        reference = first.split()[3].removeprefix("+")
        assert first == f"@label=x :{SERVER} BATCH +{reference} draft/isupport"
        assert all(line.startswith(f"@batch={reference} :") for line in lines)
        assert last == f":{SERVER} BATCH -{reference}"
