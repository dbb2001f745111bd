"""Topics: what channels are about."""

from hubbub.core.features.topics import SetTopic, decide_set_topic
from hubbub.core.queries import TopicFound
from hubbub.core.scene import Decision, Scene


def set_topic(scene: Scene, command: SetTopic) -> Decision:
    """Let a member say what the channel is about."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    topics = decide_set_topic(room, person.id, person.name, command)
    if not topics:
        # Nobody hears of what is so already; whoever asked is told how it is.
        return Decision(answer=TopicFound(room.name, room.topic))
    return Decision(tuple((room, event) for event in topics))
