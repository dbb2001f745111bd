"""Parts: what the answers over HTTP are made from. Nothing here needs the libraries that give them."""

import msgspec

from hubbub.service.ports import Clock, Store


class Parts(msgspec.Struct, frozen=True):
    """What every answer may use."""

    store: Store
    clock: Clock
