"""Parts: what the answers over HTTP are made from. Nothing here needs the libraries that give them."""

import msgspec

from hubbub.core.house import House
from hubbub.service.ports import Clock, Store
from hubbub.service.recognising import Recognising
from hubbub.service.visiting import Visiting


class Parts(msgspec.Struct, frozen=True):
    """What every answer may use."""

    store: Store
    clock: Clock
    house: House
    recognising: Recognising
    visiting: Visiting
