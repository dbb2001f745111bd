"""Annotating: TAGMSG with reactions and typing, and REDACT. IRCv3, whose specifications are quoted."""

import pytest

from tests.gateways.irc.clients import SERVER, Client, Network, network
from tests.gateways.irc.company import plain
from tests.gateways.irc.talking import body_of, said, tags_of, two

KNOWING = ("message-tags", "echo-message", "draft/message-redaction", "standard-replies")


async def three(place: Network) -> tuple[Client, Client, Client]:
    """Return Ann and Carol, who know everything here, and Bob, who knows nothing of it; all in #tea."""
    ann, bob = await two(place, *KNOWING)
    carol = await place.arrive("carol", *KNOWING)
    await carol.ask("JOIN #tea")
    await bob.settle()
    await ann.settle()
    return ann, bob, carol


async def say(client: Client, text: str, *others: Client) -> str:
    """Say something in #tea, let the others hear it, and return its id."""
    [line] = await client.ask(f"PRIVMSG #tea :{text}")
    for other in others:
        await other.settle()
    return tags_of(line)["msgid"]


async def test_reactions() -> None:
    """client-tags/react: `+draft/react` "MUST be used in conjunction with the +draft/reply client tag"."""
    async with network() as place:
        ann, bob, carol = await three(place)
        message = await say(ann, "hello", carol)
        [echo] = await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")
        [line] = [line for line in await ann.settle() if "TAGMSG" in line]
        assert echo == line
        assert body_of(line).endswith(" TAGMSG #tea")
        tags = tags_of(line)
        assert (tags["+draft/reply"], tags["+draft/react"]) == (message, "👋")
        assert tags["msgid"] != message
        # "Servers MUST NOT deliver TAGMSG to clients that haven't negotiated the message tags capability."
        [_, told] = await bob.settle()
        assert plain([told]) == [':carol!~u@HOST NOTICE #tea :reacted 👋 to "hello" from ann']


async def test_taking_a_reaction_back() -> None:
    """client-tags/react: `+draft/unreact` takes it back."""
    async with network() as place:
        ann, bob, carol = await three(place)
        message = await say(ann, "hello", carol)
        await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")
        [line] = await carol.ask(f"@+draft/reply={message};+draft/unreact=👋 TAGMSG #tea")
        assert tags_of(line)["+draft/unreact"] == "👋"
        told = [said(line) for line in await bob.settle()]
        assert told[-1] == ("NOTICE", '#tea :took 👋 back from "hello" from ann')


async def test_deleting_a_reaction() -> None:
    """message-redaction: a use case is "removing a +draft/react client tag"; who knows no REDACT hears a tag."""
    async with network() as place:
        ann, _, carol = await three(place)
        eve = await place.arrive("eve", "message-tags")
        await eve.ask("JOIN #tea")
        await ann.settle()
        message = await say(ann, "hello", carol)
        [line] = await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")
        reaction = tags_of(line)["msgid"]
        [echo] = await carol.ask(f"REDACT #tea {reaction}")
        assert body_of(echo).endswith(f" REDACT #tea {reaction}")
        assert (await ann.settle())[-1] == echo
        tags = tags_of((await eve.settle())[-1])
        assert (tags["+draft/reply"], tags["+draft/unreact"]) == (message, "👋")
        # It is gone, and can be put there again.
        assert len(await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")) == 1


async def test_deleting_a_reaction_that_is_none() -> None:
    """message-redaction, errors: REDACT_FORBIDDEN for another's, UNKNOWN_MSGID for what is none, or no longer."""
    async with network() as place:
        ann, _, carol = await three(place)
        message = await say(ann, "hello", carol)
        [line] = await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")
        reaction = tags_of(line)["msgid"]
        await ann.settle()
        assert [line.split()[2:6] for line in await ann.ask(f"REDACT #tea {reaction}")] == [
            ["REDACT", "REDACT_FORBIDDEN", "#tea", reaction]
        ]
        [line] = await carol.ask(f"@+draft/reply={message};+draft/unreact=👋 TAGMSG #tea")
        unreaction = tags_of(line)["msgid"]
        heard = await carol.ask(f"REDACT #tea {reaction}", f"REDACT #tea {unreaction}")
        assert [line.split()[2:6] for line in heard] == [
            ["REDACT", "UNKNOWN_MSGID", "#tea", reaction],
            ["REDACT", "UNKNOWN_MSGID", "#tea", unreaction],
        ]


async def test_reacting_to_nothing() -> None:
    """A message that is not there, or was said elsewhere, and a reaction that is none, are refused."""
    async with network() as place:
        ann, _, carol = await three(place)
        message = await say(ann, "hello", carol)
        heard = await carol.ask(
            "@+draft/reply=1-999999;+draft/react=x TAGMSG #tea",
            f"@+draft/reply={message};+draft/react=x TAGMSG ann",
            f"@+draft/reply={message};+draft/react=two\\swords TAGMSG #tea",
        )
        assert [line.split()[1:5] for line in heard] == [
            ["FAIL", "TAGMSG", "NO_SUCH_MESSAGE", "#tea"],
            ["FAIL", "TAGMSG", "NO_SUCH_MESSAGE", "ann"],
            ["FAIL", "TAGMSG", "BAD_REACTION", "#tea"],
        ]


async def test_unknown_tags_are_dropped() -> None:
    """message-tags: what `CLIENTTAGDENY` lists is not passed on; tags without `+` never are."""
    async with network() as place:
        ann, _, carol = await three(place)
        assert await ann.ask("@+example.com/foo=bar;bar TAGMSG #tea") == []
        await ann.ask("@+example.com/foo=bar;bar PRIVMSG #tea :hi")
        [line] = await carol.settle()
        assert set(tags_of(line)) == {"msgid"}


async def test_typing() -> None:
    """client-tags/typing: "possible values of `active`, `paused`, and `done`", told in a channel, or one alone."""
    async with network() as place:
        ann, bob, carol = await three(place)
        states = ("active", "paused", "done")
        await ann.ask(*(f"@+typing={state} TAGMSG #tea" for state in (*states, "asleep")))
        lines = await carol.settle()
        assert [tags_of(line) for line in lines] == [{"+typing": state} for state in states]
        assert {body_of(line).split(" ", 1)[1] for line in lines} == {"TAGMSG #tea"}
        assert await bob.settle() == []
        await ann.ask("PRIVMSG carol :hi")
        await ann.ask("@+typing=active TAGMSG carol")
        assert (await carol.settle())[-1].endswith(" TAGMSG carol")


async def test_an_echo_of_typing() -> None:
    """message-tags: TAGMSG is "delivered to targets in the same way as PRIVMSG", "honouring … echo-message"."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING, "labeled-response", "batch")
        [line] = await ann.ask("@label=a;+typing=active TAGMSG #tea")
        assert tags_of(line) == {"label": "a", "+typing": "active"}
        assert line.endswith(" TAGMSG #tea")
        assert await ann.ask("@label=b;+typing=asleep TAGMSG #tea") == [f"@label=b :{SERVER} ACK"]


async def test_typing_where_one_is_not() -> None:
    """message-tags: TAGMSG is answered as PRIVMSG is."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING)
        heard = await ann.ask("@+typing=active TAGMSG #none", "TAGMSG")
        assert [line.split()[1:4] for line in heard] == [["403", "ann", "#none"], ["461", "ann", "TAGMSG"]]


@pytest.mark.parametrize("tags", ["@label=a;+typing=active", "@label=a", "@label=a;+draft/reply=1-9;+draft/react=x"])
@pytest.mark.parametrize(
    ("target", "number"), [("nosuchnick", "401"), ("#nosuch", "403"), ("@#nosuch", "403"), ("#den", "404")]
)
async def test_tags_for_nobody(tags: str, target: str, number: str) -> None:
    """message-tags: TAGMSG is delivered "in the same way as PRIVMSG", and answered so whatever tags it has."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING, "labeled-response", "batch")
        await bob.ask("JOIN #den")
        heard = await ann.ask(f"{tags} TAGMSG {target}", f"@label=a PRIVMSG {target} :hello")
        assert heard == [heard[1]] * 2
        assert heard[0].startswith(f"@label=a :{SERVER} {number} ann {target} :")


@pytest.mark.parametrize("target", ["NickServ", "*playback", "$*", "@#tea"])
async def test_tags_for_those_who_see_no_typing(target: str) -> None:
    """Whom one may write to is nobody unknown, and where nobody is shown who types, that is not told as shown."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING, "labeled-response", "batch")
        assert await ann.ask(f"@label=a;+typing=active TAGMSG {target}") == [f"@label=a :{SERVER} ACK"]


async def test_tags_for_a_channel_just_joined() -> None:
    """They are looked at when what came before is done."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING)
        assert (await ann.ask("JOIN #new", "@+typing=active TAGMSG #new", "TAGMSG #new"))[-1].endswith(" TAGMSG #new")


async def test_who_wants_tags_later_is_shown_who_types() -> None:
    """capability-negotiation: a client may switch something on at any time."""
    async with network() as place:
        ann, bob = await two(place)
        await bob.ask("CAP REQ :message-tags")
        await ann.ask("@+typing=active TAGMSG #tea")
        assert [line.split()[0] for line in await bob.settle()] == ["@+typing=active"]
        await bob.ask("CAP REQ :-message-tags")
        place.node.clock.advance(10)
        await ann.ask("@+typing=active TAGMSG #tea")
        assert await bob.settle() == []


async def test_deleting() -> None:
    """message-redaction: it goes to those who "have negotiated the capability"; others read that it was done."""
    async with network() as place:
        ann, bob, carol = await three(place)
        message = await say(ann, "a secret")
        [echo] = await ann.ask(f"REDACT #tea {message} :by mistake")
        assert body_of(echo).endswith(f" REDACT #tea {message} :by mistake")
        assert (await carol.settle())[-1] == echo
        # What was deleted is not said once more.
        assert plain((await bob.settle())[1:]) == [":ann!~u@HOST NOTICE #tea :deleted a message"]


async def test_deleting_what_another_said() -> None:
    """Who knows no REDACT reads whose message it was, and why it had to go."""
    async with network() as place:
        ann, bob, carol = await three(place)
        message = await say(carol, "rubbish", ann)
        await ann.ask(f"REDACT #tea {message} :off topic")
        assert plain((await bob.settle())[1:]) == [":ann!~u@HOST NOTICE #tea :deleted a message from carol (off topic)"]


async def test_those_who_know_one_of_both() -> None:
    """Whoever takes tags is told of reactions by them, whoever takes REDACT of deletions, and of the rest in words."""
    async with network() as place:
        ann, _, carol = await three(place)
        tagged = await place.arrive("tagged", "message-tags")
        redacting = await place.arrive("redacting", "draft/message-redaction")
        for one in (tagged, redacting):
            await one.ask("JOIN #tea")
        await ann.settle()
        message = await say(ann, "hello", carol, tagged, redacting)
        await carol.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG #tea")
        await ann.ask(f"REDACT #tea {message}")
        assert [said(line) for line in await tagged.settle()] == [
            ("TAGMSG", "#tea"),
            ("NOTICE", "#tea :deleted a message"),
        ]
        assert [said(line) for line in await redacting.settle()][-2:] == [
            ("NOTICE", '#tea :reacted 👋 to "hello" from ann'),
            ("REDACT", f"#tea {message}"),
        ]


async def test_what_becomes_of_a_message_between_two() -> None:
    """Who knows neither tags nor REDACT reads it from the other, where the message came from."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING)
        bob = await place.arrive("bobby")
        await bob.settle()
        [line] = await ann.ask("PRIVMSG bobby :psst")
        message = tags_of(line)["msgid"]
        await ann.ask(f"@+draft/reply={message};+draft/react=👋 TAGMSG bobby", f"REDACT bobby {message}")
        assert plain((await bob.settle())[1:]) == [
            ':ann!~u@HOST NOTICE bobby :reacted 👋 to "psst" from ann',
            ":ann!~u@HOST NOTICE bobby :deleted a message",
        ]


async def test_the_past_of_who_knows_no_tags() -> None:
    """Reactions and deletions are told when they happen, and are not played back to who reads of them in sentences."""
    async with network() as place:
        ann, _, carol = await three(place)
        eve = await place.arrive("eve", "batch", "draft/chathistory", "draft/event-playback")
        await eve.ask("JOIN #tea")
        await ann.settle()
        gone, kept = await say(ann, "a secret", carol), await say(ann, "hello", carol)
        await carol.ask(f"@+draft/reply={kept};+draft/react=👋 TAGMSG #tea")
        await ann.ask(f"REDACT #tea {gone}")
        assert {"NOTICE"} == {said(line)[0] for line in (await eve.settle())[-2:]}
        played = "\n".join(await eve.ask("CHATHISTORY LATEST #tea * 50"))
        assert "hello" in played
        assert "NOTICE" not in played
        assert "secret" not in played


async def test_deleting_between_two() -> None:
    """message-redaction: the target is a channel or a nick."""
    async with network() as place:
        ann, _, carol = await three(place)
        [line] = await ann.ask("PRIVMSG carol :psst")
        message = tags_of(line)["msgid"]
        assert (await ann.ask(f"REDACT carol {message}"))[0].endswith(f" REDACT carol {message}")
        assert (await carol.settle())[-1].endswith(f" REDACT carol {message}")


async def test_what_cannot_be_deleted() -> None:
    """message-redaction, errors: INVALID_TARGET, REDACT_FORBIDDEN, UNKNOWN_MSGID."""
    async with network() as place:
        ann, bob, carol = await three(place)
        message = await say(ann, "mine", carol)
        heard = await carol.ask(
            f"REDACT #none {message}", f"REDACT #tea {message}", "REDACT #tea nonsense", f"REDACT #tea {message}0"
        )
        assert [line.split(" :")[0] for line in heard] == [
            f":{SERVER} FAIL REDACT INVALID_TARGET #none",
            f":{SERVER} FAIL REDACT REDACT_FORBIDDEN #tea {message}",
            f":{SERVER} FAIL REDACT UNKNOWN_MSGID #tea nonsense",
            f":{SERVER} FAIL REDACT UNKNOWN_MSGID #tea {message}0",
        ]
        await bob.settle()


async def test_deleting_with_a_label() -> None:
    """labeled-response: what comes of it is the answer."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING, "labeled-response", "batch")
        [line] = await ann.ask("@label=a PRIVMSG #tea :hi")
        message = tags_of(line)["msgid"]
        [reaction] = await ann.ask(f"@label=b;+draft/reply={message};+draft/react=x TAGMSG #tea")
        [deletion] = await ann.ask(f"@label=c REDACT #tea {message}")
        assert tags_of(reaction)["label"] == "b"
        assert tags_of(deletion)["label"] == "c"
        assert len({tags_of(one)["msgid"] for one in (line, reaction, deletion)}) == 3
