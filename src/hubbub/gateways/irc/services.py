"""Services: whom clients tell what has no command of its own on old networks: NickServ and its like.

They are nobody: nobody can be called so, they answer by NOTICE, and say nothing to a NOTICE, as programs have to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from hubbub.gateways.irc.talk import Step, Steps, Talk
from hubbub.wire.irc.message import encode_line

USER: Final = "services"
"""The user in `NickServ!services@SERVER`."""


class Wish(NamedTuple):
    """What may be told to a service."""

    handle: Callable[[Talk, str], Steps | None]
    """Does it, given what stands behind its word; None where it cannot be understood so."""
    usage: str
    """What stands behind its word."""
    help: str


class Service(NamedTuple):
    """One of them."""

    name: str
    wishes: Mapping[str, Wish]
    """By their words, in capitals."""
    about: str
    """What it is for, in a sentence."""

    def hear(self, talk: Talk, text: str) -> Steps:
        """Answer what it is told."""
        word, _, rest = text.strip().partition(" ")
        word, rest = word.upper(), rest.strip()
        if word == "HELP":
            return self._explain(talk, rest.upper())
        wish = self.wishes.get(word)
        steps = None if wish is None else wish.handle(talk, rest)
        if steps is not None:
            return steps
        return self._explain(talk, word) if wish else [self.say(talk, f"Say HELP to {self.name} for what it knows.")]

    def say(self, talk: Talk, text: str) -> bytes:
        """Return what it says to a client."""
        source = f"{self.name}!{USER}@{talk.settings.names.server}"
        return encode_line("NOTICE", talk.nick, text=text, source=source)

    def _explain(self, talk: Talk, word: str) -> Iterator[Step]:
        known = {word: self.wishes[word]} if word in self.wishes else self.wishes
        if known is self.wishes:
            yield self.say(talk, self.about)
        for wish in dict.fromkeys(known.values()):
            words = ", ".join(one for one, same in known.items() if same is wish)
            yield self.say(talk, f"{words} {wish.usage}".rstrip() + f" - {wish.help}")
