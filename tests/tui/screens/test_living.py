"""Everything that people do in rooms is seen where it happens, and what is refused says why."""

from pathlib import Path

from textual.events import AppBlur, AppFocus

from hubbub.client import connect
from hubbub.core.features.blocking import Block
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say, Tell
from hubbub.core.features.moderation import Kick, Mute
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.queries import FindPerson
from hubbub.tui.choices import Choice, Who
from hubbub.tui.widgets.people import People
from tests.tui.screens.sitting import Sitting, seated


def rule_place(ann: Sitting, words: str) -> tuple[int, int]:
    """Return in which line the rule of what is new stands, and in which these words."""
    lines = ann.text.splitlines()
    rule = next((place for place, line in enumerate(lines) if "── New ──" in line), -1)
    return rule, next(place for place, line in enumerate(lines) if words in line)


async def test_what_is_new_has_a_line_right_above_it(address: str) -> None:
    """Between the last that was read and the first that was not, though both are one person's."""
    async with seated() as ann, connect(address, name="bob", rooms=["#mark", "#other"]) as bob:
        station = await ann.come_in(address, "mara", "#mark", "#other")
        await ann.press("alt+1")
        await bob.say("#mark", "read already")
        await ann.see("read already")
        mark = station.find("#mark")
        assert mark is not None
        await ann.until(lambda: not mark.unread and mark.read_to == mark.seq)
        await ann.press("alt+2")
        await bob.say("#mark", "the first new one")
        await bob.say("#mark", "the second")
        await ann.until(lambda: mark.unread == 2)
        await ann.press("alt+1")
        await ann.see("the second", "── New ──")
        rule, first = rule_place(ann, "the first new one")
        assert rule == first - 1
        assert rule_place(ann, "read already")[1] == rule - 1
        # It stays while one reads on, and is gone when one comes back.
        await bob.say("#mark", "the third")
        await ann.see("the third")
        assert rule_place(ann, "the first new one") == (rule - 1, first - 1)
        await ann.until(lambda: not mark.unread)
        await ann.press("alt+2", "alt+1")
        await ann.see("the third")
        await ann.miss("── New ──")


async def test_a_group_is_a_place_of_its_own(address: str) -> None:
    """Whoever is taken into one is told, hears it, and speaks there."""
    async with seated() as ann, connect(address, name="bob") as bob:
        await ann.come_in(address, "gita")
        await bob.ask(Gather(("gita",)))
        await ann.see("bob has taken you into #bob+gita")
        await bob.ask(Say("#bob+gita", "we two"))
        await ann.press("alt+a")
        await ann.see("bob │ we two", "2 here")
        await ann.write("yes")
        await ann.see("gita │ yes")


async def test_moderation_is_seen_and_felt(address: str) -> None:
    """Who may not is told why; who is put out is elsewhere at once, and knows by whom and why."""
    async with seated() as ann, connect(address, name="own") as own:
        await own.ask(Join("#strict"))
        await ann.come_in(address, "moll", "#strict")
        await ann.write("/kick own")
        await ann.see("» │ Only a moderator of #strict may do that. Ask")
        assert ann.chat.composer.text == "/kick own"
        await ann.press("ctrl+u")
        await own.ask(Mute("#strict", "moll", reason="loud"))
        await ann.see("own muted moll")
        await ann.write("let me speak")
        await ann.see("✗ not sent: ")
        await own.ask(Kick("#strict", "moll", reason="too loud"))
        await ann.see("own has put you out of #strict", "too loud")


async def test_who_is_away_is_fainter_and_who_writes_him_is_told(address: str) -> None:
    """And whoever is there again is as before."""
    async with seated() as ann, connect(address, name="awa") as away:
        await ann.come_in(address, "anja")

        def is_there() -> bool:
            return any(row.name == "awa" and row.is_there for row in ann.chat.query_one(People).rows)

        await ann.until(is_there)
        await away.ask(GoAway("lunch"))
        await ann.until(lambda: not is_there())
        await ann.write("/msg awa are you there?")
        await ann.see("» │ awa is away: lunch")
        await ann.write("/query awa")
        await ann.write("whenever you like")
        await away.tell("anja", "soon")
        await ann.see("│ whenever you like", "awa │ soon")
        assert "awa is away" not in ann.text
        await ann.press("alt+1")
        await away.ask(ComeBack())
        await ann.until(is_there)
        await ann.write("/away gone fishing")
        await ann.see("You are away", f"anja on {address}, away")
        await ann.write("/back")
        await ann.see("Welcome back.")
        await ann.miss(f"anja on {address}, away")


async def test_that_one_is_away_is_seen_on_all_ones_devices(address: str) -> None:
    """Whichever of them has said so, also before another came."""
    async with connect(address, name="awake", password="correct horse", register=True) as other, seated() as ann:
        await other.ask(GoAway("sleeping"))
        station = ann.desk.connect(Choice(address, Who("awake", "correct horse")))
        await ann.see(f"awake on {address}, away")
        await other.ask(ComeBack())
        await ann.until(lambda: not station.is_away)
        await ann.miss(f"awake on {address}, away")


async def test_whoever_blocks_one_is_not_heard_and_says_so(address: str) -> None:
    """What is said to him is not sent, with the reason where it stands."""
    async with seated() as ann, connect(address, name="shy") as shy:
        await ann.come_in(address, "blanka")
        await shy.ask(Block(("blanka",)))
        await ann.see("shy no longer takes messages from you.")
        await ann.write("/query shy")
        await ann.write("please")
        await ann.see("│ please", "✗ not sent: shy does not take messages from")
        await ann.write("/block shy")
        await ann.see("You no longer hear shy.")
        await ann.write("/blocks")
        await ann.see("shy")


async def test_a_conversation_tells_whether_anybody_is_there(address: str) -> None:
    """A message to an account that is offline waits for it, and the sender knows."""
    async with connect(address, name="offl", password="correct horse", register=True):
        pass
    async with seated() as ann, connect(address, name="on") as on:
        await ann.come_in(address, "connie")
        await ann.write("/msg offl,on are you there?")
        await ann.see("on has got it.", "offl is not here and will see it later.")
        await on.ask(Tell(("connie",), "here"))
        await ann.see("@on")


async def test_a_topic_stands_above_the_room(address: str) -> None:
    """As soon as somebody sets it, in any room; what would control a terminal is shown in it."""
    async with seated() as ann, connect(address, name="top", rooms=["#topic"]) as top:
        await ann.come_in(address, "thea", "#topic")
        await top.set_topic("#topic", "all about \u2066tea")
        await ann.see("all about \\u2066tea", "top set the topic")
        await ann.until(lambda: ann.text.startswith(" #topic  all about \\u2066tea"))
        await ann.write("/topic -")
        await ann.see("thea took the topic away")
        await ann.until(lambda: ann.text.splitlines()[0].split()[:2] == ["#topic", "2"])


async def test_what_was_said_long_ago_is_shown_with_what_was_around_it(address: str) -> None:
    """In front of everything, where it can be answered."""
    async with seated() as ann, connect(address, name="old", rooms=["#ago"]) as old:
        await old.say("#ago", "the first needle")
        for number in range(150):
            await old.say("#ago", f"hay {number}")
        await ann.come_in(address, "aga", "#ago")
        await ann.see("hay 149")
        await ann.press("ctrl+r", *"needle")
        await ann.see("old: the first needle")
        await ann.press("enter")
        await ann.see("#ago, long ago", "the first needle", "hay 3")
        await ann.press("enter")
        await ann.see("Answering old: the first needle")
        await ann.write("found you")
        await ann.see("aga │ ┌ old the first needle", "found you")


async def test_what_was_written_comes_back_in_the_next_run(address: str, tmp_path: Path) -> None:
    """But for what may hold a secret."""
    async with seated(folder=tmp_path) as ann:
        await ann.come_in(address, "again")
        await ann.write("once said")
        await ann.see("again │ once said")
        await ann.write("/login nobody")
        await ann.see("Nobody else sees this")
        await ann.press("escape")
    async with seated(folder=tmp_path) as ann:
        await ann.come_in(address, "again")
        await ann.until(lambda: len(ann.chat.composer.written) == 1)
        await ann.press("up")
        assert ann.chat.composer.text == "once said"


async def test_only_what_somebody_looks_at_is_read(address: str) -> None:
    """While the terminal is not in front, what comes stays new."""
    async with seated() as ann, connect(address, name="bob", rooms=["#look"]) as bob:
        station = await ann.come_in(address, "luna", "#look")
        look = station.find("#look")
        assert look is not None
        await bob.say("#look", "are you there?")
        await ann.see("are you there?")
        await ann.until(lambda: not look.unread)
        ann.app.post_message(AppBlur())
        await ann.until(lambda: not ann.app.app_focus)
        await bob.say("#look", "hello?")
        await ann.see("hello?")
        await station.ask(FindPerson("bob"))
        await ann.pilot.pause()
        assert look.unread == 1
        ann.app.post_message(AppFocus())
        await ann.until(lambda: not look.unread)


async def test_what_takes_long_shows_how_far_it_is(address: str) -> None:
    """Where it stands otherwise who one is, until it is done."""
    async with seated() as ann:
        await ann.come_in(address, "pam")
        tell = ann.chat.progress("Sending plan.txt")
        tell(50, 200)
        await ann.see("● Sending plan.txt: 25 %")
        tell(200, 200)
        await ann.see(f"● pam on {address}")
