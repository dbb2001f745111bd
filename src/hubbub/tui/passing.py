"""Passing: what happens and stands nowhere, in sentences: what became of what was said, what is true for a moment."""

from collections.abc import Sequence

from hubbub.core.features.messages import Announced
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Outcome, Told
from hubbub.core.signals import Appearing, Idling, Returning
from hubbub.core.texts import join_words
from hubbub.phrasing import phrases
from hubbub.tui.changes import Heard, Settled, Signalled


def say_passing(change: Settled | Signalled) -> list[str]:
    """Return what is to be told of it; nothing for what is seen anyway, as who is there and who is away."""
    match change:
        case Settled(outcome=Told(outcomes=outcomes)):
            # What was told one alone stands in the conversation with him, refused or not.
            return _say_outcomes(outcomes) if len(outcomes) > 1 else []
        case Signalled(signal=signal) if not isinstance(signal, Appearing | Idling | Returning):
            return list(filter(None, [phrases.signal(signal)]))
        case _:
            return []


class Absences:
    """Says of somebody that he does not read what he was told alone: once, until that is otherwise."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], str] = {}

    def say(self, settled: Settled) -> list[str]:
        """Return what is to be told: that he is away and why, or will see it later."""
        outcome = settled.outcome
        if not isinstance(outcome, Told) or len(outcome.outcomes) != 1 or not outcome.outcomes[0].message:
            return []
        who, sentence = (settled.station.name, outcome.outcomes[0].name), phrases.outcome(outcome.outcomes[0])
        before = self._said.get(who, "")
        self._said[who] = sentence
        return [sentence] if sentence not in {before, ""} else []


def say_refused(settled: Settled) -> str:
    """Return why something was not said, for whoever is elsewhere by now; empty where it was."""
    outcome = settled.outcome
    if isinstance(outcome, Refusal):
        why = phrases.refused(outcome)
    elif isinstance(outcome, Told) and len(outcome.outcomes) == 1 and not outcome.outcomes[0].message:
        why = phrases.outcome(outcome.outcomes[0])
    else:
        return ""
    return f"Not sent to {settled.outgoing.room or settled.station.name}: {why}"


def say_announced(heard: Heard) -> str:
    """Return what somebody has just said to everyone; empty for everything else."""
    event = heard.record.event
    return f"{event.name} to everyone: {event.text}" if isinstance(event, Announced) else ""


def _say_outcomes(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what became of it for each: for whom it simply arrived in one sentence, for the others in one each."""
    said = [(one.name, phrases.outcome(one)) for one in outcomes]
    arrived = [name for name, sentence in said if not sentence]
    heard = [f"{join_words(arrived)} {'has' if len(arrived) == 1 else 'have'} got it."] if arrived else []
    return [*heard, *(sentence for _, sentence in said if sentence)]
