"""The tables together: nothing happens, is answered or signalled of which none of them says how it is told."""

from typing import get_args

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyEvent
from hubbub.core.message_answers import MessageFound
from hubbub.core.signals import AnySignal, Telling
from tests.gateways import (
    test_attention_phrases,
    test_dialects,
    test_hook_phrases,
    test_moderation_phrases,
    test_people_phrases,
    test_plain,
)
from tests.phrasing import test_phrases


def test_every_event_is_heard_in_a_table() -> None:
    """Nothing can happen of which these tables do not say how it is heard."""
    heard = {type(event) for _, event, *_ in test_dialects.HEARD}
    heard |= {type(event) for event, _ in test_moderation_phrases.SAID} | set(map(type, test_moderation_phrases.QUIET))
    assert heard == set(get_args(AnyEvent))


def test_every_answer_is_said_in_a_table() -> None:
    """There is no answer of which these tables do not say how it is told."""
    answers = [*test_plain.ANSWERS, *test_moderation_phrases.ANSWERS, *test_attention_phrases.ANSWERS]
    answers += [*test_hook_phrases.ANSWERS, *test_people_phrases.ANSWERS]
    # One message is always found, or refused: test_one_message_with_all_that_became_of_it.
    assert {type(answer) for _, answer, _ in answers} | {MessageFound} == set(get_args(Answer))


def test_every_signal_is_told_in_a_table() -> None:
    """There is no signal of which these tables do not say how it is told."""
    signals = {type(signal) for signal, _ in test_phrases.SIGNALS}
    signals |= {type(signal) for signal, _ in (*test_moderation_phrases.SIGNALS, *test_plain.SIGNALS)}
    signals |= {type(signal) for signal, _ in (*test_attention_phrases.SIGNALS, *test_people_phrases.SIGNALS)}
    # One's own words, told elsewhere, are shown as what they are: test_one_s_own_words_are_shown_as_such.
    assert signals | {Telling} == set(get_args(AnySignal))
