"""The lookout: connections that want to know when somebody comes and goes, wherever he is, by what he is called."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from hubbub.core.attention_requests import WATCHED_LIMIT
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId
from hubbub.core.names import find_key
from hubbub.core.people_answers import PeopleWatched
from hubbub.core.signals import AnySignal, Arriving, Departing


class Watcher(Protocol):
    """A connection that looks out for people."""

    @property
    def person(self) -> Person:
        """Whose it is."""

    def notice(self, signal: AnySignal) -> None:
        """Tell it of a signal."""


class Lookout:
    """Knows who looks out for whom, and tells them."""

    def __init__(self) -> None:
        self._watchers: dict[str, dict[Watcher, bool]] = {}
        """By the comparison form of a name, and whether they also want to know what becomes of him."""
        self._watched: dict[Watcher, set[str]] = {}

    @property
    def is_busy(self) -> bool:
        """Whether anybody looks out for anybody."""
        return bool(self._watchers or self._watched)

    def watch(self, house: House, watcher: Watcher, names: Iterable[str], *, closely: bool) -> PeopleWatched:
        """Let a connection be told of these people, and return who of them is here."""
        watched = self._watched.setdefault(watcher, set())
        here: list[str] = []
        absent: list[str] = []
        left_over: list[str] = []
        for name in dict.fromkeys(names):
            key = find_key(name)
            if key and key not in watched and len(watched) >= WATCHED_LIMIT:
                left_over.append(name)
                continue
            if key:
                watched.add(key)
                self._watchers.setdefault(key, {})[watcher] = closely
            person = house.find_person(key)
            (absent if person is None else here).append(name if person is None else person.name)
        return PeopleWatched(tuple(here), tuple(absent), tuple(left_over))

    def stop(self, watcher: Watcher, names: Iterable[str]) -> None:
        """Tell a connection of these people no longer."""
        for key in map(find_key, names):
            self._stop(watcher, key)

    def forget(self, watcher: Watcher) -> None:
        """Forget a connection that is gone."""
        for key in tuple(self._watched.get(watcher, ())):
            self._stop(watcher, key)
        self._watched.pop(watcher, None)

    def _stop(self, watcher: Watcher, key: str) -> None:
        watchers = self._watchers.get(key, {})
        if watchers.pop(watcher, None) is not None:
            self._watched[watcher].discard(key)
        if not watchers:
            self._watchers.pop(key, None)

    def arrive(self, key: str, name: str) -> None:
        """Tell that somebody is called so now who is here."""
        for watcher in tuple(self._watchers.get(key, ())):
            watcher.notice(Arriving(name))

    def depart(self, key: str, name: str) -> None:
        """Tell that nobody is called so any more who is here."""
        for watcher in tuple(self._watchers.get(key, ())):
            watcher.notice(Departing(name))

    def tell(self, person: Person, signal: AnySignal, deaf: Collection[PersonId] = ()) -> None:
        """Tell what has become of somebody, but those who refuse to hear him, or are told because they share a room."""
        for watcher in tuple(self._close_watchers(person)):
            if watcher.person.id not in deaf:
                watcher.notice(signal)

    def _close_watchers(self, person: Person) -> Iterator[Watcher]:
        for watcher, is_close in self._watchers.get(person.key, {}).items():
            other = watcher.person
            if is_close and other is not person and not other.channels.keys() & person.channels.keys():
                yield watcher
