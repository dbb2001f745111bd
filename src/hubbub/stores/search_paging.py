"""Pages of what was found: the same for every store, whatever tells it which messages are hits."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, NamedTuple

from hubbub.core.catalog import Record
from hubbub.service.searching import BEST_OF, NOTHING_FOUND, SearchPage, SearchRequest, StoreHit, finds_nothing, rank

Position = tuple[int, ...]
"""Where a hit stands among all messages, as a store orders them; the newest is the largest."""


class Found(NamedTuple):
    """A hit, and where it stands."""

    position: Position
    record: Record


class Finding(NamedTuple):
    """The newest hits before a position; `stopped` is where the search was given up, None where it was not."""

    found: Sequence[Found]
    stopped: Position | None = None


FindNewest = Callable[[Position | None, int], Awaitable[Finding]]
"""Returns up to so many hits before a position (None: the newest of all), the newest first."""

_POSITION: Final = re.compile(r"\d{1,19}(?:\.\d{1,19})*", re.ASCII)
_LARGEST: Final = 2**63 - 1
"""What a database takes for a number."""

_BEST: Final = re.compile(r"(?P<top>[\d.]+)\+(?P<offset>\d{1,6})", re.ASCII)


async def find_page(request: SearchRequest, newest: FindNewest, width: int = 3) -> SearchPage:
    """Return the page that a request asks for; `width` is how many numbers a position has.

    Raises `ValueError` for a cursor that no page has given.
    """
    if finds_nothing(request):
        return NOTHING_FOUND
    if request.order == "best":
        return await _find_best(request, newest, width)
    finding = await newest(_read_position(request.cursor, width), request.limit + 1)
    hits = [StoreHit(found.record, _write_position(found.position)) for found in finding.found]
    if len(hits) > request.limit:
        return SearchPage(tuple(hits[: request.limit]), hits[request.limit - 1].cursor)
    if finding.stopped is not None:
        return SearchPage(tuple(hits), _write_position(finding.stopped), is_complete=False)
    return SearchPage(tuple(hits))


async def _find_best(request: SearchRequest, newest: FindNewest, width: int) -> SearchPage:
    """Weigh the newest hits; later pages do so again, from the same one on, however many have come since."""
    top, offset = _read_best(request.cursor, width)
    finding = await newest(top, BEST_OF)
    # Where the search was given up it goes on, with the best of what comes then.
    beyond = "" if finding.stopped is None else f"{_write_position(finding.stopped)}+0"
    if not finding.found:
        return SearchPage((), beyond, is_complete=not beyond)
    if top is None:
        *above, last = finding.found[0].position
        top = (*above, last + 1)
    ranked = sorted(finding.found, key=lambda found: -rank(request, found.record))
    end = offset + request.limit
    hits = tuple(
        StoreHit(found.record, f"{_write_position(top)}+{number}")
        for number, found in enumerate(ranked[offset:end], offset + 1)
    )
    if end < len(ranked):
        return SearchPage(hits, hits[-1].cursor)
    return SearchPage(hits, beyond, is_complete=not beyond)


def _read_position(cursor: str, width: int) -> Position | None:
    if not cursor:
        return None
    position = tuple(map(int, cursor.split("."))) if _POSITION.fullmatch(cursor) else ()
    if len(position) != width or max(position) > _LARGEST:
        raise ValueError(cursor)
    return position


def _write_position(position: Position) -> str:
    return ".".join(map(str, position))


def _read_best(cursor: str, width: int) -> tuple[Position | None, int]:
    if not cursor:
        return None, 0
    found = _BEST.fullmatch(cursor)
    if found is None:
        raise ValueError(cursor)
    return _read_position(found["top"], width), int(found["offset"])
