"""Coming back: whatever happens to the connection, nothing is lost and nothing is there twice."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import Final

import msgspec
import pytest

from hubbub.client import Connected, Disconnected, Ended, Hub, NoConnection, Said, Unanswered, connect
from hubbub.client import connection as connection_module
from hubbub.core.features.membership import Join
from tests.client.proxy import Proxy
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS
from tests.seeds.client import Address

NOWHERE: Final = Address("127.0.0.1", 1)
"""Where nobody listens: tcpmux is served by no machine that runs tests."""


class Watch:
    """What becomes of a hub's connection."""

    def __init__(self, hub: Hub) -> None:
        self.returns: list[bool] = []
        self.losses = 0
        self._happened = asyncio.Event()
        hub.on(Connected)(self._note)
        hub.on(Disconnected)(self._note_loss)

    def _note(self, happening: Connected) -> None:
        self.returns.append(happening.is_return)
        self._happened.set()

    def _note_loss(self, _happening: Disconnected) -> None:
        self.losses += 1
        self._happened.set()

    async def come_back(self, times: int) -> None:
        """Wait until it was connected so often."""
        await self._until(lambda: len(self.returns) >= times)

    async def be_lost(self, times: int) -> None:
        """Wait until the connection was lost so often."""
        await self._until(lambda: self.losses >= times)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                self._happened.clear()
                await self._happened.wait()


async def read_until(hub: Hub, last: str) -> list[str]:
    """Return what is said up to and including the last."""
    texts: list[str] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for record in hub:
            if isinstance(record.event, Said):
                texts.append(record.text)
                if record.text == last:
                    return texts
    raise AssertionError(texts)


@pytest.mark.parametrize(
    ("scheme", "password"),
    [("hubbub", ""), ("hubbub", "correct horse"), ("ws", "")],
    ids=["guest", "account", "websocket"],
)
async def test_what_was_missed_is_heard_once_and_in_order(place: Server, scheme: str, password: str) -> None:
    """A guest is the same guest again, and whoever has an account is himself."""
    name = f"away-{scheme}{len(password)}"
    async with Proxy(place.address()) as proxy, connect(f"127.0.0.1:{place.address().port}", name="talker") as talker:
        hub = connect(
            f"{scheme}://{proxy.endpoint}", name=name, password=password, register=bool(password), rooms=["#lobby"]
        )
        watch = Watch(hub)
        async with hub:
            you = hub.model.you
            await talker.say("#lobby", "before")
            await hub.page("#lobby", 1)
            for round_ in range(3):
                proxy.cut_all()
                await asyncio.gather(*(talker.say("#lobby", f"{round_} {number}") for number in range(20)))
                await watch.come_back(round_ + 2)
            await talker.say("#lobby", "after")
            wanted = ["before", *(f"{round_} {number}" for round_ in range(3) for number in range(20)), "after"]
            assert await read_until(hub, "after") == wanted
            assert watch.returns == [False, True, True, True]
            assert hub.model.you == you


async def test_a_later_run_is_brought_what_it_missed(place: Server) -> None:
    """Whoever keeps how far he has come hears the rest, once and in order, as if he had never been away."""
    where = f"127.0.0.1:{place.address().port}"
    async with connect(where, name="talker2") as talker:
        async with connect(where, name="keeper", password="correct horse", register=True) as hub:
            await hub.say("#lobby", "before")
            kept = hub.keep()
        for number in range(150):
            await talker.say("#lobby", str(number))
        async with connect(where, name="keeper", password="correct horse", kept=kept) as hub:
            await talker.say("#lobby", "after")
            assert await read_until(hub, "after") == [*map(str, range(150)), "after"]


async def test_a_guest_is_who_he_was_in_an_earlier_run(place: Server) -> None:
    """By his key, while his place is kept; somebody else's key is worth nothing, and he is let in all the same."""
    where = f"127.0.0.1:{place.address().port}"
    async with Proxy(place.address()) as proxy, connect(proxy.endpoint, name="wanderer", rooms=["#tea"]) as hub:
        you, kept = hub.model.you, hub.keep()
        # As if the process were killed: nobody says goodbye.
        proxy.server = NOWHERE
        proxy.cut_all()
        async with connect(where, name="wanderer", kept=kept) as again:
            assert again.model.you == you
    async with connect(where, name="stranger", kept=msgspec.structs.replace(kept, key="k")) as other:
        assert other.model.you.id != you.id


async def test_a_guest_who_was_away_too_long_begins_anew(start_server: Callable[..., Server]) -> None:
    """The server knows nothing of him any more, as after its restart; he is there again all the same."""
    server = start_server(settings={"limits.enabled": "false"})
    port = server.address().port
    hub = connect(f"127.0.0.1:{port}", name="ann", rooms=["#tea"])
    watch = Watch(hub)
    async with hub:
        first = hub.model.you
        await hub.say("#tea", "before")
        await asyncio.to_thread(server.kill)
        # What is said before that is noticed may have been heard by a server that has not died yet.
        await watch.be_lost(1)
        unsent = asyncio.ensure_future(hub.say("#tea", "meanwhile"))
        await asyncio.to_thread(server.start)
        await watch.come_back(2)
        await unsent
        assert [record.text async for record in hub.history("#tea")] == ["meanwhile", "before"]
        assert watch.returns == [False, False]
        assert hub.model.you.id != first.id


async def test_what_is_said_as_soon_as_the_connection_is_lost(start_server: Callable[..., Server]) -> None:
    """It waits for the next one, and was never on its way: so it is said, also by a guest who is somebody else then."""
    server = start_server(settings={"limits.enabled": "false"})
    saying: list[asyncio.Task[str]] = []
    hub = connect(f"127.0.0.1:{server.address().port}", name="ann", rooms=["#tea"])
    hub.on(Disconnected)(lambda _: saying.append(asyncio.ensure_future(hub.say("#tea", "still here"))))
    watch = Watch(hub)
    async with hub:
        await asyncio.to_thread(server.kill)
        await watch.be_lost(1)
        await asyncio.to_thread(server.start)
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await asyncio.gather(*saying) == [record.id async for record in hub.history("#tea")]


async def test_a_guest_whose_name_is_taken_meanwhile_waits_for_it(
    place: Server, start_server: Callable[..., Server]
) -> None:
    """Most often it is himself whom the server has not missed yet."""
    async with Proxy(place.address()) as proxy:
        hub = connect(proxy.endpoint, name="ann", rooms=["#tea"])
        watch = Watch(hub)
        async with hub:
            other = start_server()
            async with connect(f"127.0.0.1:{other.address().port}", name="ann"):
                proxy.server = other.address()
                proxy.cut_all()
                # Twice: with the key that this server does not know, and with the name that somebody else has.
                await proxy.wait_for_connections(3)
                assert watch.returns == [False]
            await watch.come_back(2)
            assert hub.name == "ann"
            assert await hub.say("#tea", "mine again")


async def test_an_account_outlives_a_kill_of_the_server(start_server: Callable[..., Server]) -> None:
    """What was acknowledged is there once, and so is what was not."""
    server = start_server(settings={"limits.enabled": "false"})
    port = server.address().port
    hub = connect(f"127.0.0.1:{port}", name="ann", password="correct horse", register=True)
    watch = Watch(hub)
    async with hub:
        sending = [asyncio.ensure_future(hub.say("#lobby", str(number))) for number in range(300)]
        await sending[20]
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        ids = await asyncio.gather(*sending)
        await watch.come_back(2)
        history = [record async for record in hub.history("#lobby", after=0)]
        assert sorted(int(record.text) for record in history) == list(range(300))
        assert {record.id: record.text for record in history} == {id_: str(n) for n, id_ in enumerate(ids)}


async def test_a_silent_connection_counts_as_lost(place: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Wi-Fi drops nobody says so; the server is asked, and does not answer."""
    monkeypatch.setattr(connection_module, "SILENT_SECONDS", 0.05)
    monkeypatch.setattr(connection_module, "PATIENCE_SECONDS", 0.5)
    async with Proxy(place.address()) as proxy:
        hub = connect(proxy.endpoint, name="wifi")
        watch = Watch(hub)
        async with hub:
            proxy.freeze()
            saying = asyncio.ensure_future(hub.say("#lobby", "are you there?"))
            await proxy.wait_for_connections(2)
            proxy.thaw()
            assert await saying
            await watch.come_back(2)


async def test_what_may_have_been_done_is_told(place: Server) -> None:
    """A command without a nonce that was on its way is not repeated behind one's back."""
    async with Proxy(place.address()) as proxy, connect(proxy.endpoint, name="unsure") as hub:
        proxy.freeze()
        joining = asyncio.ensure_future(hub.ask(Join("#maybe")))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        proxy.cut_all()
        with pytest.raises(Unanswered, match="Join"):
            await joining


async def test_the_next_endpoint_is_taken_when_one_is_gone(place: Server) -> None:
    """A client may know several ways to its server."""
    async with Proxy(place.address()) as second:
        async with Proxy(place.address()) as first:
            hub = connect(first.endpoint, second.endpoint, name="moving")
            watch = Watch(hub)
            await hub.__aenter__()
            assert hub.endpoint.port == first.address.port
        await watch.come_back(2)
        assert hub.endpoint.port == second.address.port
        assert await hub.say("#lobby", "here")
        await hub.close()


async def test_a_hub_that_is_sent_away_stays_away(start_server: Callable[..., Server]) -> None:
    """Whoever is banned is told so, and does not knock for ever."""
    server = start_server()
    hub = connect(f"127.0.0.1:{server.address().port}", name="pest")
    gone: list[Disconnected] = []
    hub.on(Disconnected)(gone.append)
    async with hub:
        records = aiter(hub)
        command = [sys.executable, "-m", "hubbub", "admin", "--data", str(server.data), "ban", "pest"]
        await asyncio.to_thread(subprocess.run, command, check=True)
        async with asyncio.timeout(PATIENCE_SECONDS):
            with pytest.raises(Ended, match="server") as caught:
                await hub.closed()
        with pytest.raises(Ended):
            assert [record async for record in records] == []
    assert gone == [Disconnected(str(caught.value), will_return=False)]


async def test_nobody_there_at_first_is_told_at_once(unused_tcp_port: int) -> None:
    """A script should fail, and not wait for a server that may never come."""
    with pytest.raises(NoConnection):
        async with connect(f"127.0.0.1:{unused_tcp_port}", name="ann"):
            pass
