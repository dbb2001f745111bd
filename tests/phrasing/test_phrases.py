"""Phrases: what the server says to people who only have lines of text."""

from typing import Final

import pytest

from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.message_answers import Outcome
from hubbub.core.people_answers import BlockList
from hubbub.core.room import Room, RoomKind, Topic
from hubbub.core.room_answers import Entered, Members, MemberView, RoomList, RoomView
from hubbub.core.signals import Accepting, AnySignal, Hiding, Idling, Refusing, Returning
from hubbub.core.texts import join_words
from hubbub.phrasing import phrases

ANN: Final = PersonId("id-ann")
LOBBY: Final = Room(RoomId(1), RoomKind.CHANNEL, "#lobby", "#lobby")
TEA: Final = Room(RoomId(2), RoomKind.CHANNEL, "#tea", "#Tea")

SAID: Final = [
    (phrases.joined(LOBBY, Joined(ANN, "ann")), "User 'ann' has joined the chat."),
    (phrases.joined(TEA, Joined(ANN, "ann")), "User 'ann' has joined #Tea."),
    (phrases.left(LOBBY, Left(ANN, "ann", quitting=True)), "User 'ann' has left the chat."),
    (phrases.left(TEA, Left(ANN, "ann", "to bed", quitting=True)), "User 'ann' has left the chat. Reason: to bed"),
    (phrases.left(TEA, Left(ANN, "ann")), "User 'ann' has left #Tea."),
    (phrases.left(LOBBY, Left(ANN, "ann", quitting=True, by="ola")), "ola has sent ann off this server."),
    (phrases.left(TEA, Left(ANN, "ann", "rude", quitting=True, by="ola")), "ola has sent ann off this server: rude"),
    (phrases.renamed(Renamed(ANN, "ann", "anna")), "User 'ann' is now known as 'anna'."),
    (phrases.topic_set(TEA, TopicSet(ANN, "ann", "green")), "ann set the topic of #Tea: green"),
    (phrases.topic_set(TEA, TopicSet(ANN, "ann", "")), "ann took the topic of #Tea away."),
    (phrases.refused(Refusal("nobody", "No.")), "No."),
    (phrases.refused(Refusal("bad_name", "No.", "ann2")), "No. How about 'ann2'?"),
    (phrases.blocks(BlockList(())), "You block nobody."),
    (phrases.blocks(BlockList(("ann", "bob"))), "You block ann and bob."),
    (phrases.blocked(("ann",), silent=False), "You no longer hear ann. They have been told."),
    (phrases.blocked(("ann", "bob"), silent=True), "You no longer hear ann and bob. They are not told."),
    (join_words(()), ""),
    (join_words(("ann", "bob", "carol")), "ann, bob and carol"),
]


@pytest.mark.parametrize(("sentence", "expected"), SAID, ids=[expected for _, expected in SAID])
def test_what_happened_is_a_sentence(sentence: str, expected: str) -> None:
    """S4 and S0 know some of them by heart; the others are for people."""
    assert sentence == expected


SIGNALS: Final[list[tuple[AnySignal, str]]] = [
    (Idling("ann", "lunch"), "ann is away: lunch"),
    (Idling("ann", ""), "ann is away."),
    (Returning("ann"), "ann is back."),
    (Refusing("ann"), "ann no longer takes messages from you."),
    (Accepting("ann"), "ann takes messages from you now."),
    (Hiding("#tea", ("ann",)), "ann does not see what you say in #tea."),
    (Hiding("", ("ann", "bob")), "ann and bob do not see what you say to everyone."),
]


@pytest.mark.parametrize(("signal", "sentence"), SIGNALS, ids=repr)
def test_what_is_true_for_a_moment_is_a_sentence(signal: AnySignal, sentence: str) -> None:
    """Every signal there is."""
    assert phrases.signal(signal) == sentence


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome("ann", "delivered"), ""),
        (Outcome("ann", "delivered", "lunch"), "ann is away: lunch"),
        (Outcome("ann", "delivered", ""), "ann is away."),
        (Outcome("ann", "waiting"), "ann is not here and will see it later."),
        (Outcome("ann", "refused"), "ann does not take messages from you."),
        (
            Outcome("ann", "refused", refusal="accounts_only"),
            "ann takes messages only from people with an account. Open one with /register PASSWORD.",
        ),
        (
            Outcome("ann", "refused", refusal="asks_first"),
            "ann has to accept you before you can write to him.",
        ),
        (
            Outcome("ann", "refused", refusal="asks_first", is_knocking=True),
            "ann has to accept you before you can write to him. He has just been told that you want to.",
        ),
        (Outcome("zoe", "unknown"), "User 'zoe' not found."),
    ],
    ids=repr,
)
def test_what_became_of_a_message(outcome: Outcome, sentence: str) -> None:
    """What simply arrived needs no words."""
    assert phrases.outcome(outcome) == sentence


def entered(count: int, *names: str, topic: str = "") -> list[str]:
    """Return what a newcomer is told who is one of so many."""
    about = Topic(topic, "ann", 0) if topic else None
    return phrases.entered(Entered(RoomId(2), "#tea", Seq(1), about, count, names, ()))


def test_a_newcomer_learns_who_is_there() -> None:
    """By name where they are few; the rest are counted."""
    assert entered(1) == ["You are in #tea, nobody else is here yet."]
    assert entered(2, "ann", topic="green") == ["You are in #tea, with ann.", "Topic: green"]
    assert entered(3, "ann", "bob") == ["You are in #tea, with ann and bob."]
    assert entered(100, "ann", "bob") == ["You are in #tea, with ann, bob and 97 more."]


def test_members_are_listed_in_one_line() -> None:
    """With their number, who is away, and who is a program."""
    views = (MemberView("ann", None, is_bot=True), MemberView("bob", "", is_bot=True), MemberView("carol", "lunch"))
    listed = "ann (bot), bob (bot, away), carol (away)"
    assert phrases.members(Members("#tea", views)) == [f"In #tea (3): {listed}"]
    assert phrases.members(Members("#tea", views, 2)) == [f"In #tea (5): {listed} and 2 more"]


def test_rooms_are_listed_a_line_each() -> None:
    """In columns, with what they are about, and whether one is in."""
    assert phrases.rooms(RoomList(())) == ["There are no rooms with anybody in them."]
    views = (RoomView("#lobby", 12, "", joined=True), RoomView("#tea", 1, "green", joined=False))
    assert phrases.rooms(RoomList(views, 7))[2:] == ["and 7 more"]
    assert phrases.rooms(RoomList(views)) == ["#lobby  12 here (you too)", "#tea    1 here  green"]
