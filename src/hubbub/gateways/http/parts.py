"""Parts: what the answers over HTTP are made from. Nothing here needs the libraries that give them."""

from collections.abc import Callable

import msgspec

from hubbub.core.house import House
from hubbub.gateways.http.client import Client
from hubbub.service.devices import Devices
from hubbub.service.facts import ServerFacts
from hubbub.service.filing import Filing
from hubbub.service.incoming_hooks import IncomingHooks
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock, Store
from hubbub.service.recognising import Recognising
from hubbub.service.revoking import Revoking
from hubbub.service.tally import Tally
from hubbub.service.visiting import Visiting


class Parts(msgspec.Struct, frozen=True):
    """What every answer may use."""

    store: Store
    clock: Clock
    house: House
    recognising: Recognising
    revoking: Revoking
    visiting: Visiting
    filing: Filing
    devices: Devices
    hooks: IncomingHooks
    tally: Tally
    write_figures: Callable[[], bytes]
    """Writes what `/metrics` tells."""
    may_watch: Callable[[Peer], bool]
    """Whether somebody may read that, by where he comes from."""
    facts_for: Callable[[Peer], ServerFacts]
    """What the server tells of itself to whoever comes from there."""
    client: Client | None = None
    """The browser client; None where it was not built."""
    speaks_ssh: bool = False
    """Whether people may come by SSH as well."""
