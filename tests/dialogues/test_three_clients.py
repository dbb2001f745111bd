"""S3's own automatic test: a server and three clients with callbacks, one of which vanishes in mid-sentence."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.conftest import StartServer
from tests.seeds.client import Address
from tests.seeds.s3 import Callbacks, S3Client

PATIENCE_SECONDS = 10.0
"""How long an event is waited for. Only a bound."""


@dataclass
class Member:
    """One member of the group: a client and the events that its library has told him of."""

    client: S3Client
    events: "queue.Queue[tuple[str, str]]" = field(default_factory=queue.Queue)

    def next_event(self) -> tuple[str, str]:
        """Wait for the next event: its name, and its text."""
        return self.events.get(timeout=PATIENCE_SECONDS)

    def next_message(self) -> str:
        """Wait for the next message of a member; what the server says does not count."""
        while True:
            event, text = self.next_event()
            assert event == "message", (event, text)
            if not text.startswith("server: "):
                return text


Join = Callable[[str], Member]


@pytest.fixture
def join(start_server: StartServer) -> Iterator[Join]:
    """Join one server, each member with a client of his own."""
    server = start_server("127.0.0.1:0=text-frames", settings={"limits.burst": "100"})
    members: list[Member] = []

    def join_as(name: str) -> Member:
        member = make_member(server.address("text-frames"), name)
        members.append(member)
        return member

    yield join_as
    for member in members:
        member.client.leave()
    assert not server.complaints(), server.explain("the server complained")


def make_member(address: Address, name: str, *others: Address) -> Member:
    """Connect a client whose callbacks collect the events."""
    events: queue.Queue[tuple[str, str]] = queue.Queue()
    callbacks = Callbacks(
        on_connect=lambda place: events.put(("connect", place)),
        on_message=lambda text: events.put(("message", text)),
        on_error=lambda why: events.put(("error", why)),
        on_close=lambda why: events.put(("close", why)),
    )
    member = Member(S3Client(address, name, callbacks, others), events)
    member.client.connect()
    for _ in (address, *others):
        assert member.next_event()[0] == "connect"
    return member


def gather(join: Join) -> tuple[Member, Member, Member]:
    """Let three members in, who have all heard that the last of them is there."""
    members = (join("ann"), join("bob"), join("carol"))
    for member in members:
        # Before his first word nobody is a member; only then does he hear the others.
        member.client.say("here")
        while member.next_message() != f"{member.client.name}: here":
            pass
    ann, bob, _ = members
    assert [ann.next_message(), ann.next_message(), bob.next_message()] == ["bob: here", "carol: here", "carol: here"]
    return members


def test_three_clients_one_of_which_vanishes(join: Join) -> None:
    """Everybody hears everybody; when one vanishes in mid-sentence, the others go on, and he can come back."""
    ann, bob, carol = gather(join)
    ann.client.say("hello")
    assert {member.next_message() for member in (ann, bob, carol)} == {"ann: hello"}

    carol.client.say_half("this sentence will never be")
    carol.client.vanish()

    ann.client.say("where is carol?")
    bob.client.say("gone")
    for member in (ann, bob):
        assert {member.next_message(), member.next_message()} == {"ann: where is carol?", "bob: gone"}

    back = join("carol")
    back.client.say("sorry, the train was in a tunnel")
    for member in (ann, bob):
        assert member.next_message().endswith(": sorry, the train was in a tunnel")


def test_sending_and_receiving_at_the_same_time(join: Join) -> None:
    """Three members talk at once; each hears all of everyone's words, in each speaker's order."""
    members = gather(join)
    for number in range(30):
        for member in members:
            member.client.say(f"number {number}")
    for member in members:
        heard = [member.next_message() for _ in range(90)]
        for name in ("ann", "bob", "carol"):
            own = [text for text in heard if text.startswith(f"{name}: ")]
            assert own == [f"{name}: number {number}" for number in range(30)]


def test_a_server_that_stops_is_an_event(start_server: StartServer) -> None:
    """The close callback is called once, after the server's last words, and no error."""
    server = start_server("127.0.0.1:0=text-frames")
    ann = make_member(server.address("text-frames"), "ann")
    ann.client.say("hello")
    assert ann.next_message() == "ann: hello"
    assert server.stop() == 0
    events: list[tuple[str, str]] = []
    while not events or events[-1][0] == "message":
        events.append(ann.next_event())
    assert [event for event, _ in events[-2:]] == ["message", "close"]
    assert "stop" in events[-2][1]
    ann.client.leave()


def test_a_client_at_two_servers(start_server: StartServer) -> None:
    """A client that was given another endpoint at start talks at both."""
    one, two = start_server("127.0.0.1:0=text-frames"), start_server("127.0.0.1:0=text-frames")
    ann = make_member(one.address("text-frames"), "ann", two.address("text-frames"))
    bob = make_member(two.address("text-frames"), "bob")
    bob.client.say("anybody here?")
    assert bob.next_message() == "bob: anybody here?"
    ann.client.say("in both places")
    assert bob.next_message() == "ann: in both places"
    while ann.next_message() != "ann: in both places":
        pass
    while ann.next_message() != "ann: in both places":
        pass
    for member in (ann, bob):
        member.client.leave()
