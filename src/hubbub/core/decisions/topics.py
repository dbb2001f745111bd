"""Topics: what channels are about."""

from hubbub.core.features.topics import SetTopic, decide_set_topic
from hubbub.core.scene import Decision, Scene


def set_topic(scene: Scene, command: SetTopic) -> Decision:
    """Let a member say what the channel is about."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    topics = decide_set_topic(room, person.id, person.name, command)
    return Decision(tuple((room, event) for event in topics))
