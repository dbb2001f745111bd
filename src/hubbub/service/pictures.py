"""Pictures: which files are some that clients may show, what they tell of people, and smaller ones of them."""

from pathlib import Path
from typing import Protocol

import msgspec


class Refined(msgspec.Struct, frozen=True):
    """What came of a file that may be a picture."""

    media_type: str = ""
    """Empty where it is not to be shown as a picture: nobody knows what it would do to whoever does."""
    width: int = 0
    height: int = 0
    clean: Path | None = None
    """The same without what it tells besides the picture; None where it is best left as it is."""
    thumbnail: Path | None = None


class Pictures(Protocol):
    """Looks at pictures, where no picture can harm anybody else, however it is made."""

    async def refine(self, source: Path) -> Refined | None:
        """Look at a file of the spool; what is made of it lies beside it. None for what is no picture of a known kind.

        Never raises for what is in the file. May raise `NoSpace`.
        """
