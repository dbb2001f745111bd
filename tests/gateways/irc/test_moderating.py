"""Moderating: whom a channel lets in and puts out, who asks to come in, and what it is called."""

from hubbub.core.features.presence import GoAway
from tests.gateways.irc.clients import Client, Network, plain


async def test_kicking(people: tuple[Client, Client], net: Network) -> None:
    """Everybody in the channel is told who, by whom and why; "the default reason is the nickname of the issuer"."""
    ann, bob = people
    cyd = await net.arrive("cyd")
    await cyd.ask("JOIN #tea")
    await bob.settle()
    await ann.settle()
    kick = ":ann!~u@HOST KICK #tea cyd :too loud"
    assert plain(await ann.ask("KICK #tea cyd :too loud")) == [kick]
    assert plain(await bob.settle()) == [kick]
    assert plain(await cyd.settle()) == [kick]
    assert plain(await ann.ask("KICK #tea bob")) == [":ann!~u@HOST KICK #tea bob :ann"]
    assert plain(await bob.ask("NAMES #tea"))[1:] == ["366 bob #tea :End of the list"]


async def test_kicking_several(people: tuple[Client, Client], net: Network) -> None:
    """One channel and several people, or as many channels as people. RFC 2812 section 3.2.8."""
    ann, bob = people
    await ann.ask("JOIN #den")
    await bob.ask("JOIN #den")
    await ann.settle()
    await net.arrive("cyd")
    assert plain(await ann.ask("KICK #tea,#den bob,bob :out", "KICK #tea,#den,#x bob,cyd", "KICK #tea")) == [
        ":ann!~u@HOST KICK #tea bob :out",
        ":ann!~u@HOST KICK #den bob :out",
        "461 ann KICK :Name one channel, or as many as people",
        "461 ann KICK :That needs more parameters",
    ]
    assert plain(await ann.ask("KICK #tea cyd,zed,ann :out", "KICK #none bob")) == [
        "441 ann cyd #tea :They are not in there",
        "401 ann zed :Nobody is called so",
        "482 ann #tea :You cannot do that to yourself.",
        "403 ann #none :Nobody is in #none now. Come in with /join #none",
    ]
    assert plain(await bob.ask("KICK #tea ann"))[-1].startswith("442 bob #tea :")


async def test_inviting(people: tuple[Client, Client], net: Network) -> None:
    """RPL_INVITING (341), "and sends the invited user an INVITE"; where one is invited oneself, 336 and 337 tell."""
    ann, _ = people
    cyd = await net.arrive("cyd")
    await ann.ask("MODE #tea +i")
    assert plain(await ann.ask("INVITE cyd #tea")) == ["341 ann cyd #tea"]
    assert plain(await cyd.ask("INVITE", "JOIN #tea", "INVITE"))[:3] == [
        ":ann!~u@HOST INVITE cyd #tea",
        "336 cyd #tea",
        "337 cyd :End of the list",
    ]
    await net.arrive("dan")
    await net.carry_out("dan", GoAway("asleep"))
    await ann.settle()
    assert plain(await ann.ask("INVITE dan #tea")) == ["341 ann dan #tea", "301 ann dan :asleep"]


async def test_not_inviting(people: tuple[Client, Client], net: Network) -> None:
    """ERR_USERONCHANNEL (443), 401, 403, 442, 461, and 482 "when the channel has invite-only mode set"."""
    ann, bob = people
    cyd = await net.arrive("cyd")
    assert plain(await ann.ask("INVITE bob #tea", "INVITE zed #tea", "INVITE bob #none", "INVITE bob")) == [
        "443 ann bob #tea :is in there already",
        "401 ann zed :Nobody is called so",
        "403 ann #none :Nobody is in #none now. Come in with /join #none",
        "461 ann INVITE :Invite whom where: INVITE bob #lobby",
    ]
    assert plain(await bob.ask("INVITE cyd #tea")) == ["341 bob cyd #tea"]
    assert plain(await cyd.settle()) == [":bob!~u@HOST INVITE cyd #tea"]
    assert "has been invited" in plain(await bob.ask("INVITE cyd #tea"))[0]
    assert plain(await cyd.ask("INVITE bob #tea"))[0].startswith("442 cyd #tea :")
    await ann.ask("MODE #tea +i")
    await bob.settle()
    assert plain(await bob.ask("INVITE cyd #tea"))[0].startswith("482 bob #tea :")


async def test_invite_notify(people: tuple[Client, Client], net: Network) -> None:
    """The capability allows a client to be notified when other users are invited"; others hear nothing."""
    ann, bob = people
    cyd = await net.arrive("cyd", "invite-notify")
    await cyd.ask("JOIN #tea")
    await net.arrive("dan")
    await ann.ask("INVITE dan #tea", "TOPIC #tea :x")
    assert plain(await cyd.settle()) == [":ann!~u@HOST INVITE dan #tea", ":ann!~u@HOST TOPIC #tea :x"]
    assert plain(await bob.settle())[1:] == [":ann!~u@HOST TOPIC #tea :x"]


async def test_knocking(people: tuple[Client, Client], net: Network) -> None:
    """Who may invite hears RPL_KNOCK (710), who asks RPL_KNOCKDLVR (711), and 712, 713 or 714 where he may not."""
    ann, bob = people
    cyd = await net.arrive("cyd")
    assert plain(await cyd.ask("KNOCK #tea", "KNOCK #none"))[0] == "713 cyd #tea :You may simply come in: /join #tea"
    await ann.ask("MODE #tea +i")
    await bob.settle()
    first, second = plain(await cyd.ask("KNOCK #tea :it is me", "KNOCK #tea"))
    assert first == "711 cyd #tea :They have been asked"
    assert second.startswith("712 cyd #tea :")
    assert plain(await ann.settle()) == ["710 ann #tea cyd!~u@HOST :would like to come in: it is me"]
    assert plain(await bob.ask("KNOCK #tea")) == ["714 bob #tea :You are in #tea."]


async def test_renaming(people: tuple[Client, Client], net: Network) -> None:
    """RENAME to those who know it; others go out and come in again, and lose nothing. IRCv3 channel-rename."""
    ann, bob = people
    cyd = await net.arrive("cyd", "draft/channel-rename")
    await cyd.ask("JOIN #tea", "TOPIC #tea :green")
    await ann.settle()
    await bob.settle()
    again = [
        "PART #tea :It is called #coffee now",
        "JOIN #coffee",
    ]
    heard = plain(await ann.ask("RENAME #tea #coffee"))
    assert heard[:3] == [*[f":ann!~u@HOST {line}" for line in again], "332 ann #coffee :green"]
    assert heard[-2:] == ["353 ann = #coffee :~ann bob cyd", "366 ann #coffee :End of the list"]
    assert plain(await bob.settle())[:2] == [f":bob!~u@HOST {line}" for line in again]
    assert plain(await cyd.settle()) == [":ann!~u@HOST RENAME #tea #coffee :"]
    await cyd.ask("PRIVMSG #coffee :still here")
    assert plain(await bob.settle()) == [":cyd!~u@HOST PRIVMSG #coffee :still here"]


async def test_renaming_for_a_reason(people: tuple[Client, Client], net: Network) -> None:
    """A PART "with part message matching the rename reason if given". IRCv3 channel-rename."""
    ann, bob = people
    cyd = await net.arrive("cyd", "draft/channel-rename")
    await cyd.ask("JOIN #tea")
    await bob.settle()
    assert plain(await ann.ask("RENAME #tea #coffee :we moved"))[1] == ":ann!~u@HOST PART #tea :we moved"
    assert plain(await bob.settle())[0] == ":bob!~u@HOST PART #tea :we moved"
    assert plain(await cyd.settle()) == [":ann!~u@HOST RENAME #tea #coffee :we moved"]


async def test_joining_what_is_called_something_else(people: tuple[Client, Client], net: Network) -> None:
    """`FAIL JOIN CHANNEL_RENAMED <old-channel> <new-channel>`; without the capability "the 470 numeric MAY be used"."""
    ann, _ = people
    await ann.ask("RENAME #tea #coffee")
    cyd = await net.arrive("cyd", "draft/channel-rename")
    assert plain(await cyd.ask("JOIN #tea")) == ["FAIL JOIN CHANNEL_RENAMED #tea #coffee :#tea is called #coffee now"]
    dan = await net.arrive("dan")
    heard = plain(await dan.ask("JOIN #tea"))
    assert heard[:2] == ["470 dan #tea #coffee :#tea is called #coffee now", ":dan!~u@HOST JOIN #coffee"]
    assert heard[-1] == "366 dan #coffee :End of the list"


async def test_renaming_to_other_capitals(people: tuple[Client, Client]) -> None:
    """The fallback "SHOULD NOT be used if the rename only changes the case". IRCv3 channel-rename."""
    ann, bob = people
    assert plain(await ann.ask("RENAME #tea #Tea")) == []
    assert plain(await bob.settle()) == []
    await ann.ask("PRIVMSG #tea :still here")
    assert plain(await bob.settle()) == [":ann!~u@HOST PRIVMSG #Tea :still here"]


async def test_not_renaming(people: tuple[Client, Client], net: Network) -> None:
    """CHANNEL_NAME_IN_USE and CANNOT_RENAME are told as the specification says; without the right, 482."""
    _, bob = people
    cyd = await net.found("cyd", "#den", "standard-replies")
    assert plain(await bob.ask("RENAME #tea #coffee"))[0].startswith("482 bob #tea :")
    assert [
        line.rpartition(" :")[0] for line in plain(await cyd.ask("RENAME #den #tea", "RENAME #den #", "RENAME #den %x"))
    ] == [
        "FAIL RENAME CHANNEL_NAME_IN_USE #den #tea",
        "FAIL RENAME CANNOT_RENAME #den #",
        "FAIL RENAME CANNOT_RENAME #den %x",
    ]
