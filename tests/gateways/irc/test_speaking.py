"""Speaking: PRIVMSG and NOTICE, as https://modern.ircdocs.horse/#privmsg-message and IRCv3 have them."""

import re

import pytest

from tests.gateways.irc.clients import SERVER, network
from tests.gateways.irc.talking import said, tags_of, two

TAGGED = ("message-tags", "echo-message")


async def test_a_channel_hears_it() -> None:
    """PRIVMSG: a message to a channel goes to all its members but its sender."""
    async with network() as place:
        ann, bob = await two(place)
        assert await ann.ask("PRIVMSG #tea :good morning", "NOTICE #tea :I am a program") == []
        first, second = await bob.settle()
        assert first.startswith(":ann!~u@")
        assert [said(first), said(second)] == [
            ("PRIVMSG", "#tea :good morning"),
            ("NOTICE", "#tea :I am a program"),
        ]


async def test_several_targets() -> None:
    """`<target>{,<target>}`: channels and people, each of them once."""
    async with network() as place:
        ann, bob = await two(place)
        assert await ann.ask("PRIVMSG #tea,bob,BOB,#tea,nobody :hi") == [
            f":{SERVER} 401 ann nobody :Nobody is called so"
        ]
        assert [said(line) for line in await bob.settle()] == [("PRIVMSG", "#tea :hi"), ("PRIVMSG", "bob :hi")]


async def test_too_many_targets() -> None:
    """407, `ERR_TOOMANYTARGETS`, for more than `TARGMAX` names; then nobody is told."""
    async with network() as place:
        ann, bob = await two(place)
        [line] = await ann.ask(f"PRIVMSG bob,{','.join(f'n{one}' for one in range(20))} :hi")
        assert line.startswith(f":{SERVER} 407 ann n19 :")
        assert await bob.settle() == []


async def test_nothing_to_say() -> None:
    """411, `ERR_NORECIPIENT`, and 412, `ERR_NOTEXTTOSEND`."""
    async with network() as place:
        ann, _ = await two(place)
        heard = await ann.ask("PRIVMSG", "PRIVMSG #tea", "PRIVMSG #tea :", "PRIVMSG #tea :\x02\x02", "PRIVMSG #tea :  ")
        assert [line.split()[1] for line in heard] == ["411", "412", "412", "412", "412"]


async def test_who_cannot_be_reached() -> None:
    """401, `ERR_NOSUCHNICK`; 403, `ERR_NOSUCHCHANNEL`; 404, `ERR_CANNOTSENDTOCHAN`."""
    async with network() as place:
        ann, bob = await two(place)
        await bob.ask("JOIN #other")
        heard = await ann.ask("PRIVMSG nobody :hi", "PRIVMSG #none :hi", "PRIVMSG #other :hi")
        assert [line.split()[1:4] for line in heard] == [
            ["401", "ann", "nobody"],
            ["403", "ann", "#none"],
            ["404", "ann", "#other"],
        ]


async def test_a_notice_is_never_answered() -> None:
    """RFC 2812 section 3.3.2: "automatic replies MUST NEVER be sent in response to a NOTICE message"."""
    async with network() as place:
        ann, bob = await two(place)
        assert await ann.ask("NOTICE nobody :hi", "NOTICE #none :hi", "NOTICE bob :hi") == []
        assert said((await bob.settle())[0]) == ("NOTICE", "bob :hi")
        many = ",".join(f"n{one}" for one in range(21))
        assert await ann.ask("NOTICE", "NOTICE bob", "NOTICE bob :", "NOTICE bob :\x02", f"NOTICE {many} :hi") == []


async def test_actions() -> None:
    """CTCP ACTION is how `/me` is said, and heard; https://modern.ircdocs.horse/ctcp."""
    async with network() as place:
        ann, bob = await two(place)
        await ann.ask("PRIVMSG #tea :\x01ACTION waves\x01", "PRIVMSG bob :\x01ACTION smiles")
        assert [said(line) for line in await bob.settle()] == [
            ("PRIVMSG", "#tea :\x01ACTION waves\x01"),
            ("PRIVMSG", "bob :\x01ACTION smiles\x01"),
        ]


async def test_clients_ask_each_other() -> None:
    """CTCP requests come by PRIVMSG and are answered by NOTICE; none of them is something that was said."""
    async with network() as place:
        ann, bob = await two(place)
        assert await ann.ask("PRIVMSG bob :\x01VERSION\x01", "PRIVMSG #tea :\x01PING 12\x01") == []
        assert [said(line) for line in await bob.settle()] == [
            ("PRIVMSG", "bob :\x01VERSION\x01"),
            ("PRIVMSG", "#tea :\x01PING 12\x01"),
        ]
        await bob.ask("NOTICE ann :\x01VERSION irssi\x01")
        assert [said(line) for line in await ann.settle()] == [("NOTICE", "ann :\x01VERSION irssi\x01")]
        [line] = await ann.ask("PRIVMSG nobody :\x01VERSION\x01")
        assert line.startswith(f":{SERVER} 401 ann nobody ")


async def test_a_long_message_is_split() -> None:
    """No line is longer than 512 bytes with who says it, whoever hears it; words are not torn, nor characters."""
    async with network() as place:
        ann, bob = await two(place)
        text = "grüße " * 60
        await ann.ask(f"PRIVMSG #tea :{text}")
        lines = await bob.settle()
        assert len(lines) > 1
        assert all(len(line.encode()) <= 510 for line in lines)
        assert " ".join(said(line)[1].removeprefix("#tea :").strip() for line in lines).split() == text.split()


async def test_lines_of_others_clients() -> None:
    """A message of several lines, from a client that has such, is as many messages; none of them is blank."""
    async with network() as place:
        ann, _ = await two(place)
        other = await place.here.connect()
        await other.arrive("carol")
        other.send(b"/join #tea\n/tell ann one\n")
        await other.barrier()
        assert [said(line)[1] for line in await ann.settle() if " PRIVMSG " in line] == ["ann :one"]


async def test_ids_stand_before_the_first_line_alone() -> None:
    """IRCv3 multiline, fallback: "Servers MUST only include a message ID on the first message"."""
    async with network() as place:
        ann, bob = await two(place, "message-tags", "server-time")
        await bob.ask(f"PRIVMSG #tea :{'word ' * 95}")
        lines = await ann.settle()
        assert len(lines) == 2
        assert set(tags_of(lines[0])) == {"time", "msgid"}
        assert set(tags_of(lines[1])) == {"time"}


async def test_an_echo() -> None:
    """IRCv3 echo-message: "servers MUST send PRIVMSG and NOTICE messages back to the client that sent them"."""
    async with network() as place:
        ann, _ = await two(place, "echo-message")
        heard = await ann.ask("PRIVMSG #tea :hi", "NOTICE bob :psst")
        assert [said(line) for line in heard] == [("PRIVMSG", "#tea :hi"), ("NOTICE", "bob :psst")]
        assert all(line.startswith(":ann!~u@") for line in heard)


async def test_an_echo_of_a_question() -> None:
    """What one client asks another is a PRIVMSG as well; and who was refused has said nothing."""
    async with network() as place:
        ann, bob = await two(place, "echo-message", "labeled-response", "batch")
        heard = await ann.ask("@label=a PRIVMSG bob :\x01VERSION\x01", "NOTICE #tea :\x01PING 1 2\x01")
        assert [said(line) for line in heard] == [
            ("PRIVMSG", "bob :\x01VERSION\x01"),
            ("NOTICE", "#tea :\x01PING 1 2\x01"),
        ]
        assert [line.startswith("@label=a :ann!~u@") for line in heard] == [True, False]
        assert len(await bob.settle()) == 2
        [line] = await ann.ask("PRIVMSG nobody :\x01VERSION\x01")
        assert line.startswith(f":{SERVER} 401 ann nobody ")


async def test_a_labelled_echo() -> None:
    """IRCv3 labeled-response: the echo of a labelled message carries its label; and it comes once."""
    async with network() as place:
        ann, bob = await two(place, "echo-message", "labeled-response", "batch", "message-tags")
        heard = await ann.ask("@label=a PRIVMSG #tea :one", "PRIVMSG #tea :two", "@label=c PRIVMSG bob :three")
        assert [tags_of(line).get("label") for line in heard] == ["a", None, "c"]
        assert [said(line)[1] for line in heard] == ["#tea :one", "#tea :two", "bob :three"]
        assert len({tags_of(line)["msgid"] for line in heard}) == 3
        assert [said(line)[1] for line in await bob.settle()] == ["#tea :one", "#tea :two", "bob :three"]


async def test_a_labelled_message_without_an_echo() -> None:
    """IRCv3 labeled-response: what is not answered otherwise is acknowledged by `ACK`."""
    async with network() as place:
        ann, _ = await two(place, "labeled-response", "batch")
        assert await ann.ask("@label=a PRIVMSG #tea :one") == [f"@label=a :{SERVER} ACK"]


@pytest.mark.parametrize("capabilities", [(), ("echo-message", "labeled-response", "batch")])
async def test_talking_to_oneself(capabilities: tuple[str, ...]) -> None:
    """What one says to oneself is heard; the echo is another message, and it alone is labelled."""
    async with network() as place:
        ann, _ = await two(place, *capabilities)
        heard = await ann.ask("@label=a PRIVMSG ann :remember")
        assert [said(line)[1] for line in heard] == ["ann :remember"] * (2 if capabilities else 1)
        assert [line.startswith("@label=a ") for line in heard] == ([False, True] if capabilities else [False])


async def test_answers_by_tags() -> None:
    """IRCv3 client-tags/reply: the value of `+draft/reply` "references the server provided ID of another message"."""
    async with network() as place:
        ann, bob = await two(place, *TAGGED)
        [first] = await ann.ask("PRIVMSG #tea :tea?")
        message = tags_of(first)["msgid"]
        [answer] = await ann.ask(f"@+draft/reply={message} PRIVMSG #tea :yes")
        assert tags_of(answer)["+draft/reply"] == tags_of(answer)["+reply"] == message
        assert said(answer) == ("PRIVMSG", "#tea :yes")
        # Who has no tags reads what is answered.
        assert [said(line)[1] for line in await bob.settle()] == ["#tea :tea?", "#tea :> tea? : yes"]


async def test_answering_somebody_alone() -> None:
    """The same between two people; where the message was said elsewhere, only the text is passed on."""
    async with network() as place:
        ann, bob = await two(place, *TAGGED)
        [alone] = await ann.ask("PRIVMSG bob :psst")
        [public] = await ann.ask("PRIVMSG #tea :hello")
        heard = await ann.ask(
            f"@+reply={tags_of(alone)['msgid']} PRIVMSG bob :one",
            f"@+reply={tags_of(public)['msgid']} PRIVMSG bob :two",
            "@+reply=nonsense PRIVMSG bob :three",
        )
        assert [tags_of(line).get("+reply") for line in heard] == [tags_of(alone)["msgid"], None, None]
        assert [said(line)[1] for line in await bob.settle()][2:] == ["bob :> psst : one", "bob :two", "bob :three"]


async def test_edits() -> None:
    """Who can take messages back is told which one says something else; who knows no more than tags reads it as well.

    Clients leave out the tags that they do not know, as IRCv3 message-tags wants it: there, the words have to say it.
    """
    async with network() as place:
        ann, bob = await two(place, *TAGGED, "draft/message-redaction")
        cat = await place.arrive("cat", "message-tags")
        await cat.ask("JOIN #tea")
        await ann.settle()
        await bob.settle()
        [first] = await ann.ask("PRIVMSG #tea :helo")
        [edited] = await ann.ask(f"@+draft/edit={tags_of(first)['msgid']} PRIVMSG #tea :hello")
        assert tags_of(edited)["+draft/edit"] == tags_of(first)["msgid"]
        assert said(edited)[1] == "#tea :hello"
        assert said((await bob.settle())[1])[1] == "#tea :\x01ACTION fixed: hello\x01"
        fixed = (await cat.settle())[1]
        assert tags_of(fixed)["+draft/edit"] == tags_of(first)["msgid"]
        assert said(fixed)[1] == "#tea :\x01ACTION fixed: hello\x01"


async def test_only_ones_own_messages_are_edited() -> None:
    """It is refused as everywhere, and told as a standard reply or in a notice."""
    async with network() as place:
        ann, bob = await two(place, *TAGGED, "standard-replies")
        await bob.ask("PRIVMSG #tea :mine")
        [theirs] = await ann.settle()
        [line] = await ann.ask(f"@+draft/edit={tags_of(theirs)['msgid']} PRIVMSG #tea :yours")
        assert line.startswith(f":{SERVER} 404 ann #tea :")


async def test_who_does_not_listen() -> None:
    """716, `ERR_TARGUMODEG`: the sender is told, in a notice as well where he may not know that number."""
    async with network() as place:
        ann, bob = await two(place)
        other = await place.here.connect()
        await other.arrive("carol")
        other.send(b"/block ann\n")
        await other.barrier()
        await ann.settle()
        heard = await ann.ask("PRIVMSG carol :hi")
        assert heard == [
            f":{SERVER} 716 ann carol :does not take messages from you.",
            f":{SERVER} NOTICE ann :carol does not take messages from you.",
        ]
        assert await bob.settle() == []


@pytest.mark.parametrize("knows", [True, False])
async def test_a_refusal_is_told_once_to_those_who_know_how(*, knows: bool) -> None:
    """A client with standard-replies hears 716 alone, whichever way it asks; one without hears a notice as well."""
    async with network() as place:
        ann, bob = await two(place, "labeled-response", "batch", *(["standard-replies"] if knows else []))
        await bob.ask("SILENCE +ann")
        assert len(await ann.settle()) == 1, "she is told of it"
        for line in ("PRIVMSG bob :hi", "@label=x PRIVMSG bob :hi", "PRIVMSG bob,bob :hi"):
            heard = [one for one in await ann.ask(line) if " BATCH " not in one]
            words = [re.sub("^@[^ ]+ ", "", one).split()[1] for one in heard]
            assert words == (["716"] if knows else ["716", "NOTICE"])
        assert await ann.ask("NOTICE bob :hi") == []


async def test_who_has_to_be_asked_first() -> None:
    """716 and 717, `RPL_TARGNOTIFY`: the sender is told, and that the other one has been told as well."""
    async with network() as place:
        ann, _ = await two(place, "standard-replies")
        other = await place.here.connect()
        await other.arrive("carol")
        other.send(b"/senders accepted\n")
        await other.barrier()
        heard = await ann.ask("PRIVMSG carol :hi")
        assert [line.split()[1:4] for line in heard] == [["716", "ann", "carol"], ["717", "ann", "carol"]]


async def test_formatting() -> None:
    """https://modern.ircdocs.horse/formatting: bold is kept as everybody writes it, and colours are left out."""
    async with network() as place:
        ann, bob = await two(place)
        await ann.ask("PRIVMSG #tea :\x02hot\x02 \x0304tea", "PRIVMSG bob :\x1dnow\x1d")
        assert [said(line)[1] for line in await bob.settle()] == ["#tea :**hot** tea", "bob :*now*"]


async def test_everybody() -> None:
    """RFC 2812 section 3.3.1: `$` and a mask of servers stand for everybody there."""
    async with network() as place:
        ann, bob = await two(place)
        await ann.ask("PRIVMSG $$* :dinner")
        assert [said(line) for line in await bob.settle()] == [("NOTICE", "$$* :dinner")]
