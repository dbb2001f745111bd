"""The desk: all servers that somebody is on, joined and left while it runs."""

import asyncio
from collections.abc import Callable, Sequence

from hubbub.client.endpoints import parse_endpoint
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import Change, Listener, StationAdded, StationRemoved, Telling
from hubbub.tui.choices import Choice
from hubbub.tui.keeping import Keeping
from hubbub.tui.station import Station


class Desk:
    """All stations of one person."""

    def __init__(self, keeping: Keeping | None = None) -> None:
        """Keep everything there; None keeps nothing, and forgets it at the end."""
        self.keeping = keeping
        self.stations: list[Station] = []
        self._telling = Telling()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call it with everything that changes, on the loop; return what ends that."""
        return self._telling.subscribe(listener)

    def connect(self, choice: Choice) -> Station:
        """Go to a server and stay there; return its station, also where there is one already. Raises `BadEndpoint`."""
        found = self.find(parse_endpoint(choice.endpoint).address)
        if found is not None:
            found.try_again()
            return found
        station = Station(choice, self._tell, self.keeping)
        self.stations.append(station)
        self._tell(StationAdded(station))
        station.open()
        self._keep_open(station, is_open=True)
        return station

    async def disconnect(self, station: Station) -> None:
        """Leave a server."""
        if station in self.stations:
            self.stations.remove(station)
            await station.close()
            self._keep_open(station, is_open=False)
            self._tell(StationRemoved(station))

    async def close(self) -> None:
        """Leave all of them, at the same time; everything is on disk then."""
        await asyncio.gather(*(station.close() for station in self.stations))
        if self.keeping is not None:
            await self.keeping.close()

    def _keep_open(self, station: Station, *, is_open: bool) -> None:
        if self.keeping is not None:
            self.keeping.keep_open(str(station.endpoint), station.who.name, is_open=is_open)

    def find(self, name: str) -> Station | None:
        """Return the station that is called so, or whose name begins so if there is only one."""
        folded = name.casefold()
        exact = [station for station in self.stations if station.name.casefold() == folded]
        begun = [station for station in self.stations if station.name.casefold().startswith(folded)]
        found: Sequence[Station] = exact or (begun if folded else [])
        return found[0] if len(found) == 1 else None

    def station_of(self, buffer: Buffer) -> Station:
        """Return the station that a buffer belongs to."""
        return next(station for station in self.stations if station.name == buffer.server)

    def _tell(self, change: Change) -> None:
        self._telling.tell(change)
