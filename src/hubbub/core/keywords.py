"""Keywords: the words at which people want to be called, found in a text by looking up each of its words once."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from hubbub.core.kinds import PersonId

KEYWORD_LIMIT: Final = 50
"""Most keywords of one account."""

KEYWORD_LENGTH: Final = 64
"""Longest keyword, in characters."""

_BETWEEN: Final = re.compile(
    r"[\s\x00-/:-@\[-^`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf×÷\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f"
    r"\uff00-\uff0f\uff1a-\uff20]+"
)
"""What stands between words: spaces and punctuation, but for `_`. Not all that is no letter, or the vowels of Thai and
Hindi, which are marks, would divide their words."""


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, as they are compared."""
    return filter(None, _BETWEEN.split(text.casefold()))


def parse_keyword(text: str) -> str | None:
    """Return the one word that a text is, as it is compared, or None."""
    words = list(words_of(text[: KEYWORD_LENGTH + 1]))
    return words[0] if len(words) == 1 and len(words[0]) <= KEYWORD_LENGTH and words[0] == text.casefold() else None


class Keywords:
    """Who wants to be called at which word."""

    def __init__(self) -> None:
        self.people: dict[str, set[PersonId]] = {}
        """By word; empty while nobody wants to."""
        self._words: dict[PersonId, tuple[str, ...]] = {}

    def put(self, person: PersonId, words: Collection[str]) -> None:
        """Let these be all of somebody's keywords."""
        for word in self._words.pop(person, ()):
            people = self.people[word]
            people.discard(person)
            if not people:
                del self.people[word]
        if words:
            self._words[person] = tuple(words)
        for word in words:
            self.people.setdefault(word, set()).add(person)

    def find(self, text: str, among: Collection[PersonId]) -> set[PersonId]:
        """Return those of some people one of whose keywords stands in the text."""
        # The fewer are looked up among the others: where none of them has keywords, the text is not looked at.
        fewer, others = (self._words, among) if len(self._words) < len(among) else (among, self._words)
        if not any(person in others for person in fewer):
            return set()
        found = [self.people[word] for word in set(words_of(text)) if word in self.people]
        return {person for people in found for person in people if person in among}
