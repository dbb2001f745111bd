"""S0's own commands, said in the words of everyone else's."""

from typing import assert_never

from hubbub.core.features.blocking import Block
from hubbub.core.features.messages import Broadcast, Tell
from hubbub.wire.errors import BadCommand
from hubbub.wire.seeds import SeedBlock, SeedBroadcast, SeedSend, parse_seed
from hubbub.wire.slash.meanings import Meaning, Misuse


def mean_seed_command(line: str) -> Meaning | None:
    """Return what an S0 command means, or None for any other line."""
    try:
        command = parse_seed(line)
    except BadCommand as error:
        return Misuse(error.sentence)
    match command:
        case None:
            return None
        case SeedSend():
            return Tell(command.names, command.text)
        case SeedBroadcast():
            return Broadcast(command.text)
        case SeedBlock():
            return Block(command.names)
        case _:
            assert_never(command)
