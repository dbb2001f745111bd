"""Topics: what channels are about."""

from hubbub.core.decisions.speaking import require_voice
from hubbub.core.features.membership import require_member
from hubbub.core.features.topics import SetTopic, decide_set_topic
from hubbub.core.permissions import Act, require_may, require_seen
from hubbub.core.room_answers import TopicFound
from hubbub.core.scene import Decision, Scene


def set_topic(scene: Scene, command: SetTopic) -> Decision:
    """Let a member say what the channel is about who may speak there; where it is locked, a moderator."""
    person = scene.person
    room = scene.house.require_channel(command.room)
    require_seen(scene.house, room, person.id)
    require_member(room, person.id)
    require_voice(scene, room)
    if room.settings.is_topic_locked:
        require_may(scene.house, room, person.id, Act.SET_LOCKED_TOPIC)
    topics = decide_set_topic(room, person.id, person.name, command)
    if not topics:
        # Nobody hears of what is so already; whoever asked is told how it is.
        return Decision(answer=TopicFound(room.name, room.topic))
    return Decision(tuple((room, event) for event in topics))
