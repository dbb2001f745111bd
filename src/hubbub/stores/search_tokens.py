"""Tokens in SQLite's search index: what a message is found by, in words that FTS5 takes as they are."""

from typing import Final

from hubbub.core.features.messages import Announced, Said
from hubbub.core.kinds import PersonId, RoomId
from hubbub.core.search.matching import has_link
from hubbub.core.search.query import LEAST_PART
from hubbub.core.search.terms import is_unspaced, terms_of

LINK: Final = "l"
"""Stands with every message that has a link."""

FILE: Final = "f"
"""Stands with every message that shows a file."""

Message = Said | Announced
"""What is indexed."""


def text_tokens(text: str) -> str:
    """Return the tokens of a text, divided by spaces."""
    return " ".join(terms_of(text))


def meta_tokens(room: RoomId, author: PersonId, name: str, text: str, *, has_files: bool = False) -> str:
    """Return what else a message is found by."""
    tokens = [room_token(room), author_token(author), name_token(name)]
    if has_link(text):
        tokens.append(LINK)
    if has_files:
        tokens.append(FILE)
    return " ".join(tokens)


def room_token(room: RoomId) -> str:
    """Return the token of all that was said in a room."""
    return f"r{room}"


def author_token(author: PersonId) -> str:
    """Return the token of all that somebody said."""
    return f"a{author}" if author.isascii() and author.isalnum() and author.islower() else f"x{author.encode().hex()}"


def name_token(name: str) -> str:
    """Return the token of all that somebody so called said; others whose names are very like it may have it too."""
    return f"n{''.join(terms_of(name))}"


def is_vocabulary(term: str) -> bool:
    """Return whether a term can be found by a part of it, and so is kept in the vocabulary."""
    return len(term) >= LEAST_PART and not is_unspaced(term[0])
