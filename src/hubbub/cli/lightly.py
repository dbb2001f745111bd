"""Loading a server lightly: without what nobody needs who runs one."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_DECORATION: Final = "rich"
"""What structlog would show errors with, if it is installed, as it is for the client in a terminal; a server shows them
plainly. It takes an eighth of the start, and 3 MB."""


@contextmanager
def loading_lightly() -> Iterator[None]:
    """Load modules, and look for no garbage until the server is ready, which turns that on (`server.app`).

    There is none, and to look for it among all that was loaded, while the start makes more, takes a fifth of the start.
    """
    gc.disable()
    is_kept_out = _DECORATION not in sys.modules
    if is_kept_out:
        # To Python, a module that is None cannot be imported: https://docs.python.org/3/reference/import.html#the-module-cache
        sys.modules[_DECORATION] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if is_kept_out:
            del sys.modules[_DECORATION]
