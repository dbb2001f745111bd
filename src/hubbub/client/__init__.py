"""The SDK: a few lines make a bot, a script or a client. `docs/how-to/bots.md`.

>>> from hubbub.client import Said, connect
"""

# Only here are names handed on: a program of somebody else's should need no more than one import.

from hubbub.client.connecting import connect
from hubbub.client.endpoints import BadEndpoint, Endpoint
from hubbub.client.errors import ClientError, Ended, Misunderstood, NoConnection, Overrun, Unanswered, Untrusted
from hubbub.client.happenings import Connected, Departed, Disconnected, Entered, Error, Renaming, RoomReset
from hubbub.client.hub import Hub
from hubbub.client.model import Kept, KnownRoom, Model
from hubbub.client.records import Record
from hubbub.client.trust import Authorities, Pinned
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.files import FileView
from hubbub.core.kinds import Refused
from hubbub.core.message_answers import Outcome
from hubbub.core.signals import Typing

__all__ = [
    "Announced",
    "Authorities",
    "BadEndpoint",
    "ClientError",
    "Connected",
    "Deleted",
    "Departed",
    "Disconnected",
    "Edited",
    "Ended",
    "Endpoint",
    "Entered",
    "Error",
    "FileView",
    "Hub",
    "Joined",
    "Kept",
    "KnownRoom",
    "Left",
    "Misunderstood",
    "Model",
    "NoConnection",
    "Outcome",
    "Overrun",
    "Pinned",
    "Reacted",
    "Record",
    "Refused",
    "Renamed",
    "Renaming",
    "RoomReset",
    "Said",
    "TopicSet",
    "Typing",
    "Unanswered",
    "Unreacted",
    "Untrusted",
    "connect",
]
