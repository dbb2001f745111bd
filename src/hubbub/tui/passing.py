"""Passing: what happens and stands nowhere, in sentences: what became of what was said, what is true for a moment."""

from collections.abc import Sequence

from hubbub.core.message_answers import Outcome, Told
from hubbub.core.signals import Appearing, Idling, Returning
from hubbub.core.texts import join_words
from hubbub.phrasing import phrases
from hubbub.tui.changes import Settled, Signalled


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


def _say_outcomes(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what became of it for each: for whom it simply arrived in one sentence, for the others in one each."""
    said = [(one.name, phrases.outcome(one)) for one in outcomes]
    arrived = [name for name, sentence in said if not sentence]
    heard = [f"{join_words(arrived)} {'has' if len(arrived) == 1 else 'have'} got it."] if arrived else []
    return [*heard, *(sentence for _, sentence in said if sentence)]
