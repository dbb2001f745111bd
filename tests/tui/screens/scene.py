"""A scene without a server: the same people say the same things whenever it is looked at."""

from datetime import datetime

from msgspec.structs import replace

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Removed
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Said, Say
from hubbub.core.features.topics import TopicSet
from hubbub.core.files import FileId, FileView
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Note, Quote
from hubbub.core.room import Topic
from hubbub.core.room_answers import MemberView
from hubbub.tui import states
from hubbub.tui.buffers import Buffer
from hubbub.tui.choices import Choice, Who
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Outgoing, entry_of
from hubbub.tui.station import Station
from hubbub.wire.native import You

MORNING_MS = int(datetime(2024, 3, 4, 9, 12).astimezone().timestamp() * 1_000)

ANN = PersonId("p1")

PEOPLE = {name: PersonId(f"p{place}") for place, name in enumerate(("ann", "bob", "carol", "dave", "eve", "root"), 1)}

FILE = FileView(FileId("Zk3"), "floor-plan.pdf", "application/pdf", 348_160)


class Story:
    """What happened in one room, minute by minute."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._seq = 0
        self._time_ms = MORNING_MS

    def happens(
        self, event: AnyEvent, minutes: float = 1, note: Note | None = None, quote: Quote | None = None
    ) -> None:
        """Let something happen some minutes after what happened before."""
        self._seq += 1
        self._time_ms += int(minutes * 60_000)
        record = Record(RoomId(1), Seq(self._seq), self._time_ms, event, note, quote)
        entry = entry_of(record, ANN)
        self._buffer.merge([replace(entry, calls_me=isinstance(event, Said) and ANN in event.mentions)])

    def says(self, name: str, text: str, minutes: float = 1, **more: object) -> None:
        """Let somebody say something."""
        said = {key: value for key, value in more.items() if key not in {"note", "quote"}}
        about = {key: value for key, value in more.items() if key in {"note", "quote"}}
        self.happens(Said(PEOPLE[name], name, text, **said), minutes, **about)  # type: ignore[arg-type]  # as it is called


def make_scene(desk: Desk) -> Station:
    """Put somebody on two servers, one of which is out of reach; return the one that is not."""
    station = add_station(desk, "chat.example.org")
    station.state = states.Online()
    far = add_station(desk, "club.example.net")
    far.state = states.Waiting("The connection was lost.")
    add_room(station, "#lobby")
    fill(add_room(station, "#tea", unread=3))
    add_room(station, "#build", unread=12, calls=2)
    add_room(station, "#noise", unread=140).level = "nothing"
    add_room(station, "@carol", unread=1)
    add_room(far, "#lobby", unread=4)
    return station


def add_station(desk: Desk, host: str) -> Station:
    """Put ann on a server that is never reached."""
    station = Station(Choice(host, Who("ann")), desk._tell, None)  # noqa: SLF001 - nothing else makes one that is not open
    station.you = You(ANN, "ann")
    desk.stations.append(station)
    return station


def add_room(station: Station, name: str, unread: int = 0, calls: int = 0) -> Buffer:
    """Let her be in a room."""
    buffer = station.buffers.ensure(name, "direct" if name.startswith("@") else "channel")
    buffer.is_joined = buffer.is_complete = True
    buffer.unread, buffer.calls = unread, calls
    return buffer


def fill(tea: Buffer) -> None:
    """Let a morning pass."""
    tea.topic = Topic("Tea, and what goes with it · next tasting on Friday", "bob", MORNING_MS)
    tea.members = {name: MemberView(name, None, is_present=name != "eve") for name in PEOPLE}
    tea.members["carol"] = MemberView("carol", "at lunch")
    tea.member_count = len(PEOPLE)
    story = Story(tea)
    story.happens(Joined(PEOPLE["dave"], "dave"))
    story.happens(Joined(PEOPLE["eve"], "eve"), 0.1)
    story.happens(Left(PEOPLE["eve"], "eve"), 0.1)
    story.happens(TopicSet(PEOPLE["bob"], "bob", tea.topic.text))
    story.says("bob", "Morning! The **new kettle** is here: https://shop.example/kettles/4711")
    story.says("bob", "It needs `firmware >= 2.1`, or it *whistles*.", 0.2)
    story.says(
        "ann",
        "I can look at that this afternoon.",
        4,
        reply_to=Seq(5),
        quote=Quote("bob", "Morning! The new kettle is here"),
        note=Note(reactions={"👍": {PEOPLE["bob"]: "bob", PEOPLE["dave"]: "dave"}, "🫖": {ANN: "ann"}}),
    )
    story.says(
        "carol",
        "For the tasting:\n- three greens, 日本の煎茶 among them\n- whatever @dave brings, as long as it is not as"
        " bitter as last time\n> what was wrong with it?",
        7,
        note=Note(replies=3),
    )
    story.says("dave", "```sh\nkettle --set 82 --for sencha\n```", 2)
    story.happens(Removed(PEOPLE["eve"], "eve"), 1)
    story.says("dave", "pours himself a ||cup of coffee||", 3, manner="action")
    story.happens(Announced(PEOPLE["root"], "root", "The server restarts at noon; you will hardly notice."), 20)
    story.says(
        "carol",
        "The plan of the room, for those who sit far away",
        1,
        files=(FILE,),
        note=Note(edits=(Seq(20),), text="x"),
    )
    tea.read_to = Seq(13)
    story.says("bob", "@ann are the cups with you?", 31, mentions=(ANN,))
    story.says("eve", "\x1b[31mred\x1b[0m and \u202edesrever\u202c are only what they are here", 1)
    story.says("bob", "Then it is settled 🎉", 1)
    say = Say("#tea", "They are, all twelve", nonce="n1")
    tea.take_out(Outgoing(say, "#tea", MORNING_MS + 90 * 60_000))
    tea.typing["carol"] = "active"
