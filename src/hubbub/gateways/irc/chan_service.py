"""ChanServ: channels, as IRC users have told it for thirty years; MODE, KICK and INVITE do all of it, too."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyCommand
from hubbub.core.features.inviting import Invite
from hubbub.core.features.moderation import Ban, Kick, Mute, Unban, Unmute
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import Refusal
from hubbub.core.queries import FindRoom, ListBans
from hubbub.core.roles import RoomRole
from hubbub.core.room_answers import BanList, RoomFound
from hubbub.core.texts import with_article
from hubbub.gateways.irc import ranking
from hubbub.gateways.irc.services import Service, Wish
from hubbub.gateways.irc.talk import Question, Step, Steps, Talk
from hubbub.phrasing import room_phrases

ROLES: Final = {
    "OWNER": RoomRole.OWNER,
    "ADMIN": RoomRole.DEPUTY,
    "OP": RoomRole.MODERATOR,
    "HALFOP": RoomRole.ASSISTANT,
    "VOICE": RoomRole.SPEAKER,
}
"""What somebody is made by which word; with DE before it, he is it no longer."""


def _rank(role: RoomRole, is_set: bool, talk: Talk, rest: str) -> Steps | None:  # noqa: FBT001 - the sign of the word
    channel, *names = rest.split()[:11] if rest.startswith("#") else [""]
    return _rank_all(talk, channel, names or [talk.nick], role, is_set=is_set) if channel else None


def _rank_all(talk: Talk, channel: str, names: list[str], role: RoomRole, *, is_set: bool) -> Iterator[Step]:
    for name in names:
        asked = ranking.wish(talk, channel, name, role, is_set=is_set)
        now = f"{name} is {with_article(role)} of {channel}" if is_set else f"{name} is no {role} of {channel}"
        if asked is None:
            yield CHANSERV.say(talk, f"{now}, or more than that." if is_set else f"{now}.")
        else:
            yield Question(asked, partial(_done, talk, f"{now}{' now' if is_set else ' any more'}."))


def _done(talk: Talk, sentence: str, answer: Answer) -> Iterator[Step]:
    yield CHANSERV.say(talk, answer.sentence if isinstance(answer, Refusal) else sentence)


Act = Callable[[str, str, str], AnyCommand]
"""Makes what is asked, of a channel, a name and the rest."""


def _act(act: Act, told: str, talk: Talk, rest: str) -> Steps | None:
    """Do something about somebody in a channel: #CHANNEL NAME [more]."""
    channel, _, more = rest.partition(" ")
    name, _, more = more.strip().partition(" ")
    if not channel.startswith("#") or not name:
        return None
    sentence = told.format(name=name, channel=channel)
    return (Question(act(channel, name, more.strip()), partial(_done, talk, sentence)),)


def _set_topic(talk: Talk, rest: str) -> Steps | None:
    channel, _, text = rest.partition(" ")
    if not channel.startswith("#"):
        return None
    return (Question(SetTopic(channel, text.strip()), partial(_done, talk, f"{channel} has that topic.")),)


def _register(talk: Talk, rest: str) -> Steps | None:
    channel = rest.partition(" ")[0]
    return (Question(FindRoom(channel), partial(_registered, talk)),) if channel.startswith("#") else None


def _registered(talk: Talk, answer: Answer) -> Iterator[Step]:
    """Say whose a channel is: nothing has to be registered."""
    if not isinstance(answer, RoomFound):
        yield CHANSERV.say(talk, answer.sentence if isinstance(answer, Refusal) else "")
        return
    owners = [name for role, name in answer.roles if role is RoomRole.OWNER]
    if talk.require_person().name in owners:
        lasting = "already, and stays yours" if talk.is_logged_in else "while you are in it. NickServ REGISTER keeps it"
        yield CHANSERV.say(talk, f"{answer.room} is yours {lasting}.")
    elif owners:
        yield CHANSERV.say(talk, f"{answer.room} belongs to {', '.join(owners)}.")
    else:
        yield CHANSERV.say(
            talk, f"{answer.room} is nobody's. A channel belongs to who makes it; a guest's, until he leaves."
        )


def _inform(talk: Talk, rest: str) -> Steps | None:
    channel = rest.partition(" ")[0]
    return (Question(FindRoom(channel), partial(_informed, talk)),) if channel.startswith("#") else None


def _informed(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, RoomFound):
        for line in room_phrases.room_in_words(answer):
            yield CHANSERV.say(talk, line)
    elif isinstance(answer, Refusal):
        yield CHANSERV.say(talk, answer.sentence)


def _list_bans(talk: Talk, rest: str) -> Steps | None:
    channel = rest.partition(" ")[0]
    return (Question(ListBans(channel), partial(_bans_listed, talk)),) if channel.startswith("#") else None


def _bans_listed(talk: Talk, answer: Answer) -> Iterator[Step]:
    if isinstance(answer, BanList):
        for line in room_phrases.bans(answer):
            yield CHANSERV.say(talk, line)
    elif isinstance(answer, Refusal):
        yield CHANSERV.say(talk, answer.sentence)


def _rank_wishes() -> Iterator[tuple[str, Wish]]:
    for word, role in ROLES.items():
        yield word, Wish(partial(_rank, role, True), "#CHANNEL [NICK ...]", f"make somebody {with_article(role)}")  # noqa: FBT003 - as above
        yield f"DE{word}", Wish(partial(_rank, role, False), "#CHANNEL [NICK ...]", "take that role from somebody")  # noqa: FBT003 - as above


CHANSERV: Final = Service(
    "ChanServ",
    {
        "REGISTER": Wish(_register, "#CHANNEL", "whose it is; who makes a channel owns it, a guest while he is in it"),
        "INFO": Wish(_inform, "#CHANNEL", "what holds there, and who looks after it"),
        **dict(_rank_wishes()),
        "KICK": Wish(partial(_act, Kick, "{name} is out of {channel}."), "#CHANNEL NICK [reason]", "put somebody out"),
        "BAN": Wish(
            partial(_act, Ban, "{name} is kept out of {channel}."), "#CHANNEL WHO [reason]", "keep somebody out"
        ),
        "UNBAN": Wish(
            partial(_act, lambda channel, who, _: Unban(channel, who), "{name} may come into {channel} again."),
            "#CHANNEL WHO",
            "keep him out no longer",
        ),
        "BANS": Wish(_list_bans, "#CHANNEL", "who is kept out, or silent"),
        "QUIET": Wish(
            partial(_act, Mute, "{name} is silent in {channel}."), "#CHANNEL NICK [reason]", "let him speak no longer"
        ),
        "UNQUIET": Wish(
            partial(_act, lambda channel, who, _: Unmute(channel, who), "{name} may speak in {channel} again."),
            "#CHANNEL NICK",
            "let him speak again",
        ),
        "INVITE": Wish(
            partial(_act, lambda channel, who, _: Invite(channel, who), "{name} is invited into {channel}."),
            "#CHANNEL NICK",
            "let somebody come in",
        ),
        "TOPIC": Wish(_set_topic, "#CHANNEL TEXT", "say what it is about"),
    },
    "ChanServ knows channels. MODE, KICK and INVITE do the same, and whoever made a channel owns it.",
)
