"""Channel modes: what holds in a room, who is what there, and whom it keeps out, as letters."""

import re
from itertools import product
from typing import get_args

import pytest
from msgspec import convert

from hubbub.core.features.moderation import Mute
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.room_settings import Access, Change, RoomSettings
from hubbub.gateways.irc import channel_modes
from hubbub.wire.irc.modes import ModeChange, parse_modes
from tests.gateways.irc.clients import SERVER, Client, Network, plain


async def test_showing(people: tuple[Client, Client]) -> None:
    """324 tells what holds, the key only to who may see it; 329 since when there is a channel; or 403."""
    ann, bob = people
    assert plain(await ann.ask("MODE #tea", "MODE #none")) == [
        "324 ann #tea +n",
        "329 ann #tea 1767268800",
        "403 ann #none :Nobody is in #none now. Come in with /join #none",
    ]
    await ann.ask("MODE #tea +imkl sesame 20", "MODE #tea +CMRcst")
    await bob.settle()
    assert plain(await ann.ask("MODE #tea"))[0] == "324 ann #tea +cimnstCMRlk 20 sesame"
    assert plain(await bob.ask("MODE #tea"))[0] == "324 bob #tea +cimnstCMRlk 20 *"


async def test_changing(people: tuple[Client, Client]) -> None:
    """Everybody in the channel hears a MODE, who sent it too; one command makes one line; what is so, nobody hears.

    Of a key everybody hears that there is one, and who has set it which one: clients come back with what they hear.
    """
    ann, bob = people
    assert plain(await ann.ask("MODE #tea +mstlk 20 sesame", "MODE #tea +mst", "MODE #tea +n")) == [
        ":ann!~u@HOST MODE #tea +mstlk 20 *",
        ":ann!~u@HOST MODE #tea +k sesame",
    ]
    assert plain(await bob.settle()) == [":ann!~u@HOST MODE #tea +mstlk 20 *"]
    assert plain(await ann.ask("MODE #tea -mst-lk sesame")) == [":ann!~u@HOST MODE #tea -mstlk *"]


async def test_a_key_that_one_has_named(people: tuple[Client, Client]) -> None:
    """Who has come in with a key is shown it, until it is another one.

    "Servers MAY choose to hide sensitive information such as channel keys when sending the current modes."
    https://modern.ircdocs.horse/#mode-message
    """
    ann, bob = people
    await bob.ask("PART #tea")
    await ann.ask("MODE #tea +k sesame")
    await bob.ask("JOIN #tea sesame")
    assert plain(await bob.ask("MODE #tea"))[0] == "324 bob #tea +nk sesame"
    await ann.ask("RENAME #tea #milk")
    await bob.settle()
    assert plain(await bob.ask("MODE #milk"))[0] == "324 bob #milk +nk sesame"
    await ann.ask("MODE #milk +k other")
    await bob.settle()
    assert plain(await bob.ask("MODE #milk"))[0] == "324 bob #milk +nk *"


async def test_a_key_that_one_has_not_come_in_with(people: tuple[Client, Client]) -> None:
    """Who is in comes in with any, and is told one only if it is right; of several that are set, the last one is."""
    ann, bob = people
    assert not plain(await ann.ask("MODE #tea +k-k first second"))[1:]
    told = plain(await ann.ask("MODE #tea +k+k first sesame"))
    assert told[-1] == ":ann!~u@HOST MODE #tea +k sesame"
    await bob.settle()
    assert await bob.ask("JOIN #tea wrong") == []
    assert plain(await bob.ask("MODE #tea"))[0] == "324 bob #tea +nk *"
    assert await bob.ask("JOIN #tea sesame") == []
    assert plain(await bob.ask("MODE #tea"))[0] == "324 bob #tea +nk sesame"
    await bob.ask("PART #tea")
    await ann.ask("MODE #tea +k sesame", "INVITE bob #tea")
    await bob.settle()
    await bob.ask("JOIN #tea")
    assert plain(await bob.ask("MODE #tea"))[0] == "324 bob #tea +nk *"


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ("+X", "472 ann X :There is no such channel mode here"),
        ("+é", "472 ann é :There is no such channel mode here"),
        ("+l", "696 ann #tea l * :This mode needs a parameter"),
        ("+l many", "696 ann #tea l many :The limit is a number of people, from 1"),
        ("+l 0", "696 ann #tea l 0 :The limit is a number of people, from 1"),
        ("+l 9999999999", "696 ann #tea l 9999999999 :The limit is a number of people, from 1"),
        ("+l 99999999", "696 ann #tea l 99999999 :That must be a number from 0 to 1000000."),
        ("+k", "696 ann #tea k * :This mode needs a parameter"),
        ("+k a,b", "696 ann #tea k a,b :A key cannot have commas in it"),
        ("+k " + "x" * 70, f"696 ann #tea k {'x' * 70} :A key has up to 64 characters, and no spaces."),
        ("+tk-m " + "é" * 70, f"696 ann #tea k {'é' * 70} :A key has up to 64 characters, and no spaces."),
        ("+kl x 99999999", "696 ann #tea l 99999999 :That must be a number from 0 to 1000000."),
        ("+o", "696 ann #tea o * :This mode needs a parameter"),
        ("+o zed", "401 ann zed :Nobody is called so"),
        ("-n", "NOTICE ann :Nobody speaks in a channel from outside: that stays so"),
        ("+b " + "x" * 400, "696 ann #tea b " + "x" * 400 + " :"),
        ("-b zed!*@*", "696 ann #tea b zed!*@* :'zed!*@*' is not banned from #tea. /bans shows who is."),
        ("+e m:zed", "696 ann #tea e m:zed :That is not a mask: write nick!user@host, or account:NAME"),
        ("-", ""),
        ("+-+-", ""),
    ],
)
async def test_nonsense(sent: str, heard: str, people: tuple[Client, Client]) -> None:
    """ERR_UNKNOWNMODE (472) and ERR_INVALIDMODEPARAM (696), once for what is wrong; the rest is done."""
    ann, _ = people
    lines = plain(await ann.ask(f"MODE #tea {sent}", "MODE #tea +s"))
    assert lines.pop() == ":ann!~u@HOST MODE #tea +s"
    assert "".join(lines).startswith(heard)
    assert len(lines) == bool(heard)


async def test_too_many_at_once(people: tuple[Client, Client]) -> None:
    """`MODES` of 005 says how many changes with a parameter there may be."""
    ann, _ = people
    lines = plain(await ann.ask(f"MODE #tea +{'b' * 12} {' '.join(f'x{number}!*@*' for number in range(12))}"))
    assert [line.split()[-1] for line in lines if " +b " in line] == [f"x{number}!*@*" for number in range(10)]
    assert [line for line in lines if " +b " not in line] == ["NOTICE ann :10 at once are the most"]


async def test_who_may_not(people: tuple[Client, Client], net: Network) -> None:
    """ERR_CHANOPRIVSNEEDED (482) for who is in, ERR_NOTONCHANNEL (442) for who is not."""
    _, bob = people
    (line,) = plain(await bob.ask("MODE #tea +m"))
    assert line.startswith("482 bob #tea :")
    cyd = await net.arrive("cyd")
    (line,) = plain(await cyd.ask("MODE #tea +m"))
    assert line.startswith("442 cyd #tea :")
    assert plain(await cyd.ask("MODE cyd", "MODE bob")) == [
        "221 cyd +iw",
        "502 cyd :The modes of others are their own",
    ]


async def test_roles(people: tuple[Client, Client]) -> None:
    """Somebody has one role at a time: another replaces it, a lower one does nothing, and only his own is taken."""
    ann, bob = people
    heard = await ann.ask("MODE #tea +v bob", "MODE #tea +o bob", "MODE #tea +hv bob bob", "MODE #tea -v bob")
    told = [":ann!~u@HOST MODE #tea +v bob", ":ann!~u@HOST MODE #tea -v+o bob bob"]
    assert plain(heard) == told
    assert plain(await bob.settle()) == told
    assert plain(await bob.ask("MODE #tea -o bob")) == [":bob!~u@HOST MODE #tea -o bob"]
    (line,) = plain(await bob.ask("MODE #tea +o bob"))
    assert line.startswith("482 bob #tea :")


async def test_a_labelled_change(net: Network) -> None:
    """The response to a labelled command carries its label, and what was done is the response: it comes once."""
    ann = await net.found("ann", "#tea", "labeled-response", "batch")
    assert plain(await ann.ask("@label=1 MODE #tea +m", "@label=2 MODE #tea +m", "MODE #tea -m")) == [
        "@label=1 :ann!~u@HOST MODE #tea +m",
        f"@label=2 :{SERVER} ACK",
        ":ann!~u@HOST MODE #tea -m",
    ]
    assert plain(await ann.ask("@label=3 TOPIC #tea :green", "@label=4 MODE #tea +bb x!*@* y!*@*")) == [
        "@label=3 :ann!~u@HOST TOPIC #tea :green",
        f"@label=4 :{SERVER} BATCH +1 labeled-response",
        "@batch=1 :ann!~u@HOST MODE #tea +b x!*@*",
        "@batch=1 :ann!~u@HOST MODE #tea +b y!*@*",
        "BATCH -1",
    ]


async def test_lists(people: tuple[Client, Client], net: Network) -> None:
    """367 and 368, 348 and 349, 346 and 347: what was put on a list stands there, and can be taken off it so."""
    ann, bob = people
    masks = {"b": ("cyd!*@*", "*!*@*.example", "account:zed", "m:bob!*@*"), "e": ("a*!*@*",), "I": ("account:z*",)}
    numerics = {"b": (367, 368), "e": (348, 349), "I": (346, 347)}
    for letter, some in masks.items():
        for mask in some:
            assert plain(await ann.ask(f"MODE #tea +{letter} {mask}")) == [f":ann!~u@HOST MODE #tea +{letter} {mask}"]
        entry, end = numerics[letter]
        assert plain(await ann.ask(f"MODE #tea {letter}")) == [
            *[f"{entry} ann #tea {mask} ann 1767268800" for mask in some],
            f"{end} ann #tea :End of the list",
        ]
    cyd = await net.arrive("cyd")
    (line,) = plain(await cyd.ask("JOIN #tea"))
    assert line.startswith("474 cyd #tea :")
    await bob.settle()
    (line,) = plain(await bob.ask("PRIVMSG #tea :hello"))
    assert line.startswith("404 bob #tea :")
    for letter, some in masks.items():
        for mask in some:
            assert plain(await ann.ask(f"MODE #tea -{letter} {mask}")) == [f":ann!~u@HOST MODE #tea -{letter} {mask}"]


async def test_a_ban_written_in_another_way_is_the_same(people: tuple[Client, Client]) -> None:
    """account-extban: `a` and `account` name the same; what is so already is told nobody."""
    ann, _ = people
    told = [":ann!~u@HOST MODE #tea +b account:zed"]
    assert plain(await ann.ask("MODE #tea +b ~a:zed")) == told
    assert plain(await ann.ask("MODE #tea +b account:zed", "MODE #tea +b $a:Zed")) == []
    assert plain(await ann.ask("MODE #tea -b R:zed")) == [told[0].replace("+b", "-b")]


@pytest.mark.parametrize("letter", ["b", "e", "I"])
async def test_what_is_taken_off_is_what_was_named(people: tuple[Client, Client], net: Network, letter: str) -> None:
    """The parameter is the entry, also beside another one for the same name; a nick alone is whoever it concerns.

    https://modern.ircdocs.horse/#mode-message: modes of type A "add or remove an address to or from a list".
    """
    ann, _ = people
    await net.register("reg0")
    await ann.ask(f"MODE #tea +{letter} account:foo", f"MODE #tea +{letter} foo!*@*")
    for mask in ("foo!*@*", "account:foo"):
        assert plain(await ann.ask(f"MODE #tea -{letter} {mask}")) == [f":ann!~u@HOST MODE #tea -{letter} {mask}"]
    # They are one person, who stands there already.
    await ann.ask(f"MODE #tea +{letter} account:reg0")
    assert plain(await ann.ask(f"MODE #tea +{letter} reg0!*@*")) == []
    (line,) = plain(await ann.ask(f"MODE #tea -{letter} reg0!*@*"))
    assert line.startswith(f"696 ann #tea {letter} reg0!*@* :")
    assert plain(await ann.ask(f"MODE #tea -{letter} reg0")) == [f":ann!~u@HOST MODE #tea -{letter} account:reg0"]


async def test_lists_that_one_may_not_see(people: tuple[Client, Client], net: Network) -> None:
    """Nothing but their end, which says why: clients ask for `b` by themselves when they come in.

    RPL_ENDOFBANLIST (368), 349 and 347; 442 for who is not in. https://modern.ircdocs.horse/#rplendofbanlist-368
    """
    ann, bob = people
    await ann.ask("MODE #tea +b cyd!*@*")
    await bob.settle()
    assert plain(await bob.ask("MODE #tea b", "MODE #tea e", "MODE #tea +I")) == [
        f"{end} bob #tea :Only a moderator of #tea may do that. Ask one." for end in (368, 349, 347)
    ]
    (line,) = plain(await bob.ask("MODE #tea +b ann!*@*"))
    assert line.startswith("482 bob #tea :")
    dan = await net.arrive("dan")
    (line,) = plain(await dan.ask("MODE #tea b"))
    assert line.startswith("442 dan #tea :")


async def test_somebody_muted(people: tuple[Client, Client], net: Network) -> None:
    """Who was muted in another protocol stands in the list, and can be let speak by taking him off it."""
    ann, bob = people
    await net.carry_out("ann", Mute("#tea", "bob"))
    assert plain(await bob.settle()) == [":ann!~u@HOST MODE #tea +b m:bob!*@*"]
    await ann.settle()
    assert plain(await ann.ask("MODE #tea b", "MODE #tea -b m:bob!*@*")) == [
        "367 ann #tea m:bob!*@* ann 1767268800",
        "368 ann #tea :End of the list",
        ":ann!~u@HOST MODE #tea -b m:bob!*@*",
    ]


async def test_what_irc_has_no_letter_for(people: tuple[Client, Client], net: Network) -> None:
    """A setting without a letter is told in a sentence; an announcement room is a moderated one."""
    ann, bob = people
    await net.carry_out("ann", ChangeSettings("#tea", Change(slow_seconds=10, access="announcement")))
    assert plain(await bob.settle()) == [
        ":ann!~u@HOST MODE #tea +m",
        ":ann!~u@HOST NOTICE #tea :ann changed #tea: one message in 10 seconds.",
    ]
    assert plain(await ann.ask("MODE #tea"))[-2] == "324 ann #tea +mn"
    await ann.ask("MODE #tea +i")
    assert plain(await ann.ask("MODE #tea"))[-2] == "324 ann #tea +imn"
    await ann.ask("MODE #tea -m")
    assert plain(await ann.ask("MODE #tea"))[-2] == "324 ann #tea +in"


async def test_an_address_is_not_told(people: tuple[Client, Client]) -> None:
    """Where somebody lives is the moderators' business."""
    ann, bob = people
    await ann.ask("MODE #tea +b *!*@192.0.2.7")
    assert plain(await bob.settle()) == [":ann!~u@HOST MODE #tea +b *!*@address.hidden"]
    assert plain(await ann.ask("MODE #tea b"))[0] == "367 ann #tea *!*@192.0.2.7 ann 1767268800"


async def test_what_is_on_a_list_already(people: tuple[Client, Client]) -> None:
    """Nobody is told again, with the same word or one that means the same."""
    ann, bob = people
    await ann.ask("MODE #tea +beI a!*@* b!*@* c!*@*", "MODE #tea +b m:a!*@*")
    await bob.settle()
    assert await ann.ask("MODE #tea +beI A!*@* b!*@* C!*@*", "MODE #tea +b m:a!*@*") == []
    assert await bob.settle() == []


@pytest.mark.parametrize(("access", "is_moderated"), [*product(get_args(Access), (False, True))])
@pytest.mark.parametrize("change", [Change(*of) for of in product(get_args(Access), (None, False, True))], ids=str)
async def test_what_a_change_of_access_tells(
    access: Access,
    change: Change,
    *,
    is_moderated: bool,
    people: tuple[Client, Client],
    net: Network,
) -> None:
    """Exactly the letters that are different now: whoever keeps count of them knows what 324 would tell him."""
    bob = people[1]
    room = net.node.house.channels["#tea"]
    start = Change(access, is_moderated)
    if start.onto(room.settings) != room.settings:
        await net.carry_out("ann", ChangeSettings("#tea", start))
    await bob.settle()
    before = {mode.letter for mode in channel_modes.modes_of(room.settings, has_key=False)}
    if change.onto(room.settings) != room.settings:
        await net.carry_out("ann", ChangeSettings("#tea", change))
    after = {mode.letter for mode in channel_modes.modes_of(room.settings, has_key=False)}
    heard = "".join(line.split()[-1] for line in await bob.settle())
    items = parse_modes([heard], channel_modes.TABLE, channel_modes.MODES_AT_ONCE)
    told = [(item.is_set, item.letter) for item in items if isinstance(item, ModeChange)]
    assert sorted(told) == sorted([(True, one) for one in after - before] + [(False, one) for one in before - after])


def test_every_setting_is_told_somehow() -> None:
    """Whatever changes in a room has a letter, or else a sentence."""
    every = {"access": "public", "history": "everyone", "key": "k", "member_limit": 5, "slow_seconds": 1}
    for field in Change.__struct_fields__:
        value = every.get(field, 7 if field.startswith("keep_") else True)
        change = convert({field: value}, Change)
        letters = list(channel_modes.told(change, change.onto(RoomSettings()), None))
        assert bool(letters) != (channel_modes.untold(change) != Change()), field


def test_the_letters_told_are_the_letters_known() -> None:
    """What 004 and 005 tell is what MODE understands."""
    assert re.fullmatch("[A-Za-z]+", channel_modes.LETTERS)
    assert channel_modes.ISUPPORT["PREFIX"] == "(qaohv)~&@%+"
    assert channel_modes.ISUPPORT["CHANMODES"] == "beI,k,l,CMRcimnst"
    assert all(channel_modes.TABLE.kind_of(letter) for letter in channel_modes.LETTERS)
