"""Strange parameters: whatever stands where a name, a mask or a number should, the client is answered and stays."""

from itertools import product
from typing import Final

import pytest

from hubbub.gateways.irc.commands import (
    describing,
    hearing,
    helping,
    information,
    monitoring,
    noting,
    operating,
    presence,
    who,
    whois,
    whowas,
)
from tests.gateways.irc.clients import network

COMMANDS: Final = {
    command: entry
    for module in (
        *(describing, hearing, helping, information, monitoring),
        *(noting, operating, presence, who, whois, whowas),
    )
    for command, entry in module.COMMANDS.items()
}

STRANGE: Final = (
    *(
        "*",
        "?",
        "-",
        "+",
        "+-",
        ",",
        "!",
        "@",
        "!@",
        "#",
        "#:",
        "%",
        "%t,",
        "%tcuihsnfdlaor,999",
        "0",
        "-1",
        "99999999",
    ),
    *(
        "ann",
        "ANN",
        "äNN",
        "a:b",
        "\x02",
        "\x7f",
        "\u202e",
        "\U0001f600",
        "\uff21\uff2e\uff2e",
        "²",
        "k" * 200,
        "ä" * 120,
        "x,:y,z",
    ),
    *(":", ": ", ":a b", "::", ":,a b,", ":#a b", ":*!*@* x", ":\x01ACTION\x01"),
)


@pytest.mark.parametrize("command", COMMANDS)
async def test_strange_parameters(command: str) -> None:
    """Every line is understood or refused; none of them ends the connection as a fault of ours would."""
    async with network() as place:
        ann = await place.arrive("ann", "standard-replies", "batch", "draft/metadata-3")
        await ann.ask("JOIN #tea")
        for first in STRANGE:
            await ann.ask(f"{command} {first}")
        middle = [word for word in STRANGE if not word.startswith(":")]
        for first, second in product(middle[::3], STRANGE[::2]):
            await ann.ask(f"{command} {first} {second}")
        for third in STRANGE:
            await ann.ask(f"{command} * {'SET' if command == 'METADATA' else '+'} {third}")
