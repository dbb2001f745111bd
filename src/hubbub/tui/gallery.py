"""The gallery: the pictures that are seen, fetched when they are, and kept in memory for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Protocol

from hubbub.client.errors import ClientError, Ended, Unanswered
from hubbub.core.files import FileView
from hubbub.core.kinds import Refused
from hubbub.tui.acting import Offline
from hubbub.tui.decoding import Undrawable, decode
from hubbub.tui.rasters import PICTURE_BYTES, Raster, Sight
from hubbub.tui.shown import ShownFile

AT_ONCE: Final = 2
"""How many are on their way, or being decoded, at the same time."""

KEPT: Final = 200
"""How many are kept, of some 4 kB each: more than any terminal shows at once."""

FAILED: Final = 1_000
"""Of how many it is remembered that they cannot be drawn."""

PATIENCE_SECONDS: Final = 30.0
"""How long one may take to come, whatever the server does."""


class Place(Protocol):
    """From where pictures come: a station."""

    @property
    def is_online(self) -> bool:
        """Whether there is a connection."""

    async def fetch_picture(self, file: FileView, limit_bytes: int) -> bytes:
        """Return a picture that a message shows, as small as there is. Raises `Refused`, `Offline`, `ClientError`."""


class Gallery:
    """Knows pictures by their links. Nothing of it is ever on disk."""

    def __init__(self) -> None:
        self._rasters: OrderedDict[str, Raster] = OrderedDict()
        self._failed: OrderedDict[str, None] = OrderedDict()
        self._waiting: list[tuple[Place, ShownFile]] = []
        self._coming: dict[str, asyncio.Task[None]] = {}
        self._listeners: list[Callable[[], object]] = []

    def subscribe(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call it, on the loop, whenever something else is to be seen; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def see(self, file: ShownFile) -> Sight:
        """Return what is to be seen of a file."""
        if file.picture is None or file.url in self._failed:
            return "unseen"
        raster = self._rasters.get(file.url)
        if raster is None:
            return "coming"
        self._rasters.move_to_end(file.url)
        return raster

    def want(self, place: Place, files: Sequence[ShownFile]) -> None:
        """Have these brought as soon as possible, and no others that are not on their way yet: nobody looks at them.

        Without a connection nothing is brought: they are to be wanted again when there is one.
        """
        is_wanted = place.is_online
        self._waiting = [(place, file) for file in files[-KEPT:] if is_wanted and self._is_missing(file)]
        self._go_on()

    def forget(self, base_url: str) -> None:
        """Keep nothing of the server whose links begin so."""
        begun = f"{base_url}/"
        self._waiting = [(place, file) for place, file in self._waiting if not file.url.startswith(begun)]
        for url, task in self._coming.items():
            if url.startswith(begun):
                task.cancel()
        for known in (self._rasters, self._failed):
            for url in [url for url in known if url.startswith(begun)]:
                del known[url]

    async def close(self) -> None:
        """Wait for nothing any more."""
        self._waiting = []
        coming = list(self._coming.values())
        for task in coming:
            task.cancel()
        if coming:
            await asyncio.wait(coming)

    def _is_missing(self, file: ShownFile) -> bool:
        return file.url not in self._coming and self.see(file) == "coming"

    def _go_on(self) -> None:
        while self._waiting and len(self._coming) < AT_ONCE:
            # What was said last is looked at first.
            place, file = self._waiting.pop()
            if self._is_missing(file):
                task = asyncio.get_running_loop().create_task(self._bring(place, file), name=f"picture {file.url}")
                self._coming[file.url] = task
                task.add_done_callback(partial(self._end, file.url))

    async def _bring(self, place: Place, file: ShownFile) -> None:
        try:
            self._keep(file.url, await self._fetch(place, file))
        except (Offline, Ended, Unanswered, OSError):
            # Where the connection is lost to the chat as well, it is wanted again when that comes back.
            if place.is_online:
                self._give_up(file.url)
        except (Refused, ClientError, Undrawable):
            self._give_up(file.url)

    def _end(self, url: str, task: asyncio.Task[None]) -> None:
        del self._coming[url]
        if not task.cancelled() and (error := task.exception()) is not None:
            # A fault of this client's own, which would come again whenever somebody looks.
            self._give_up(url)
            asyncio.get_running_loop().call_exception_handler({"message": "a picture has failed", "exception": error})
        self._go_on()
        for listener in tuple(self._listeners):
            listener()

    async def _fetch(self, place: Place, file: ShownFile) -> Raster:
        if file.picture is None:
            raise Undrawable(f"{file.name} is no picture.")
        async with asyncio.timeout(PATIENCE_SECONDS):
            data = await place.fetch_picture(file.picture, PICTURE_BYTES)
        return await asyncio.to_thread(decode, data)

    def _keep(self, url: str, raster: Raster) -> None:
        self._rasters[url] = raster
        if len(self._rasters) > KEPT:
            self._rasters.popitem(last=False)

    def _give_up(self, url: str) -> None:
        self._failed[url] = None
        if len(self._failed) > FAILED:
            self._failed.popitem(last=False)
