"""The guard: who guesses has to wait, longer and longer; whoever knows his password does not, whatever others do."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.limits import Limits, in_force
from hubbub.service.guard import (
    FAMILIAR_SECONDS,
    FORGET_SECONDS,
    REMEMBERED,
    STRANGERS_LIMIT_SECONDS,
    UNDER_WAY_SECONDS,
    WAIT_LIMIT_SECONDS,
    Guard,
)
from tests.fuzz.budget import QUICK
from tests.service.clock import ManualClock

HOME: Final = "192.0.2.1"
AWAY: Final = "198.51.100.7"
LOOPBACK: Final = "127.0.0.1"

Outcome = Literal["right", "wrong", "unknown"]


class Try(msgspec.Struct, frozen=True):
    """Somebody's try to log in, some time after the one before."""

    account: str
    group: str
    outcome: Outcome
    pause_seconds: float


class Scene:
    """A guard, and a clock to move."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.clock = ManualClock()
        self.guard = Guard(limits or Limits(), self.clock)

    def attempt(self, account: str, group: str, outcome: Outcome) -> float:
        """Try to log in, unless that has to wait; return how long."""
        with self.guard.log_in(account, group) as log_in:
            if not log_in.wait_seconds and outcome == "right":
                log_in.succeed()
            elif not log_in.wait_seconds and outcome == "wrong":
                log_in.fail()
            return log_in.wait_seconds

    def wait_of(self, account: str, group: str) -> float:
        """Return how long somebody would have to wait, and change nothing."""
        return self.guard.log_in(account, group).wait_seconds

    def fail(self, account: str, group: str, count: int) -> None:
        """Fail so often, waiting as long as it takes."""
        for _ in range(count):
            self.clock.advance(self.wait_of(account, group))
            assert self.attempt(account, group, "wrong") == 0

    def play(self, tries: Sequence[Try]) -> list[float]:
        """Let everybody try in turn; return how long each had to wait."""
        waits = []
        for one in tries:
            self.clock.advance(one.pause_seconds)
            waits.append(self.attempt(one.account, one.group, one.outcome))
        return waits


def any_tries(accounts: Sequence[str], groups: Sequence[str]) -> st.SearchStrategy[list[Try]]:
    """Draw tries, most of them wrong, from in quick succession to hours apart."""
    outcomes: st.SearchStrategy[Outcome] = st.sampled_from(["wrong", "wrong", "wrong", "right", "unknown"])
    pauses = st.sampled_from([0.0, 0.0, 0.5, 12.0, 60.0, WAIT_LIMIT_SECONDS, 2 * FORGET_SECONDS])
    one = st.builds(Try, st.sampled_from(accounts), st.sampled_from(groups), outcomes, pauses)
    return st.lists(one, max_size=60)


def test_five_failures_and_then_longer_and_longer() -> None:
    """At one account: five at once, then twelve seconds, doubling with each failure up to a quarter of an hour."""
    scene = Scene()
    waits = []
    for _ in range(14):
        waits.append(scene.wait_of("ann", HOME))
        scene.fail("ann", HOME, 1)
    assert waits == [0, 0, 0, 0, 0, 12, 24, 48, 96, 192, 384, 768, 900, 900]


def test_who_has_to_wait_is_told_how_long_to_the_end() -> None:
    """While one waits, no try counts, not even the right password; then the next one does."""
    scene = Scene()
    scene.fail("ann", HOME, 5)
    assert scene.attempt("ann", HOME, "right") == 12
    scene.clock.advance(11.5)
    assert scene.attempt("ann", HOME, "wrong") == 0.5
    scene.clock.advance(0.5)
    assert scene.attempt("ann", HOME, "right") == 0
    assert scene.wait_of("ann", HOME) == 0


def test_a_success_clears_the_failures() -> None:
    """Who has got it right may mistype as often as anybody."""
    scene = Scene()
    scene.fail("ann", HOME, 4)
    scene.attempt("ann", HOME, "right")
    scene.fail("ann", HOME, 4)
    assert scene.wait_of("ann", HOME) == 0


def test_failures_are_forgotten_in_time() -> None:
    """An hour after the last one, everything is as before the first."""
    scene = Scene()
    scene.fail("ann", HOME, 9)
    scene.clock.advance(FORGET_SECONDS + 1)
    scene.fail("ann", HOME, 4)
    assert scene.wait_of("ann", HOME) == 0


def test_a_try_without_an_answer_is_none() -> None:
    """When the vault fails or the connection is lost in the middle, nobody has failed."""
    scene = Scene()
    for _ in range(20):
        assert scene.attempt("ann", HOME, "unknown") == 0
        with pytest.raises(ConnectionError), scene.guard.log_in("ann", HOME):
            raise ConnectionError
    scene.fail("ann", HOME, 5)
    assert scene.wait_of("ann", HOME) == 12


def test_guessing_many_accounts_has_one_pace() -> None:
    """Five failures a minute from one address, at whatever accounts; one of another address is not concerned."""
    scene = Scene()
    for number in range(5):
        assert scene.attempt(f"person-{number}", AWAY, "wrong") == 0
    assert scene.wait_of("person-5", AWAY) == 12
    assert scene.wait_of("person-5", HOME) == 0
    failed = 0
    for _ in range(600):
        scene.clock.advance(1)
        failed += scene.attempt(f"person-{failed + 5}", AWAY, "wrong") == 0
    assert failed == 50


def test_who_is_known_does_not_wait_for_his_neighbours() -> None:
    """Where many share an address, those who have logged in from there wait for their own failures only."""
    scene = Scene()
    scene.attempt("ann", HOME, "right")
    for number in range(5):
        scene.fail(f"person-{number}", HOME, 1)
    assert scene.wait_of("bob", HOME) == 12
    assert scene.wait_of("ann", HOME) == 0


def test_loopback_has_no_pace_of_its_own() -> None:
    """Many people may come through one proxy; but at one account guessing waits from there, too."""
    scene = Scene()
    for number in range(50):
        assert scene.attempt(f"person-{number}", LOOPBACK, "wrong") == 0
    scene.fail("ann", LOOPBACK, 5)
    assert scene.wait_of("ann", LOOPBACK) == 12


def test_strangers_lengthen_the_waits_of_strangers() -> None:
    """While many addresses guess at one account, each failure there costs up to a minute, but begins with one."""
    scene = Scene()
    for number in range(30):
        scene.fail("ann", f"203.0.113.{number}", 1)
    assert scene.wait_of("ann", AWAY) == 0
    scene.fail("ann", AWAY, 1)
    assert scene.wait_of("ann", AWAY) == STRANGERS_LIMIT_SECONDS
    assert scene.wait_of("bob", AWAY) == 0


def test_a_known_address_does_not_feel_strangers() -> None:
    """Where somebody has logged in before, he mistypes as if nobody were guessing; for a month."""
    scene = Scene()
    scene.attempt("ann", HOME, "right")
    for number in range(30):
        scene.fail("ann", f"203.0.113.{number}", 1)
    scene.fail("ann", HOME, 4)
    assert scene.wait_of("ann", HOME) == 0
    scene.clock.advance(FAMILIAR_SECONDS + 1)
    for number in range(30):
        scene.fail("ann", f"203.0.113.{number}", 1)
    scene.fail("ann", HOME, 1)
    assert scene.wait_of("ann", HOME) == STRANGERS_LIMIT_SECONDS


def test_tries_at_once_are_no_way_round() -> None:
    """As many as may fail are let in together; the others hear to come back when it is known how those ended."""
    scene = Scene()
    under_way = [scene.guard.log_in("ann", HOME).__enter__() for _ in range(5)]
    assert [log_in.wait_seconds for log_in in under_way] == [0] * 5
    assert scene.wait_of("ann", HOME) == UNDER_WAY_SECONDS
    assert scene.wait_of("ann", AWAY) == 0
    for log_in in under_way:
        log_in.fail()
        log_in.__exit__(None, None, None)
    assert scene.wait_of("ann", HOME) == 12
    scene.clock.advance(12)
    with scene.guard.log_in("ann", HOME) as log_in:
        assert scene.wait_of("ann", HOME) == UNDER_WAY_SECONDS
        log_in.succeed()
    assert scene.wait_of("ann", HOME) == 0


@pytest.mark.parametrize("limits", [Limits(failed_logins_per_minute=0), in_force(Limits(enabled=False))])
def test_no_limit_is_no_limit(limits: Limits) -> None:
    """With a limit of 0 anybody may guess as fast as the server answers."""
    scene = Scene(limits)
    scene.fail("ann", HOME, 100)
    assert (scene.wait_of("ann", HOME), scene.clock.monotonic()) == (0, 0)
    assert scene.attempt("ann", HOME, "right") == 0


def test_another_limit() -> None:
    """The setting is how many failures are free, and how many come to a minute then."""
    scene = Scene(Limits(failed_logins_per_minute=1))
    scene.fail("ann", HOME, 1)
    assert scene.wait_of("ann", HOME) == 60
    scene.fail("ann", HOME, 1)
    assert scene.wait_of("ann", HOME) == 120


def test_registrations() -> None:
    """Twenty accounts at once from an address, then one every three minutes; this machine makes any number."""
    scene = Scene()
    assert [scene.guard.register(AWAY) for _ in range(20)] == [0] * 20
    assert scene.guard.register(AWAY) == 180
    assert scene.guard.register(HOME) == 0
    scene.clock.advance(180)
    assert scene.guard.register(AWAY) == 0
    assert scene.guard.register(AWAY) == 180
    assert {scene.guard.register(LOOPBACK) for _ in range(100)} == {0}


def test_registrations_without_a_limit() -> None:
    """With a limit of 0 an address makes any number of accounts."""
    scene = Scene(Limits(registrations_per_hour=0))
    assert {scene.guard.register(AWAY) for _ in range(100)} == {0}


def test_a_flood_of_names_is_forgotten() -> None:
    """However many accounts are tried from however many addresses, only so many are remembered."""
    scene = Scene()
    for number in range(REMEMBERED + 100):
        scene.attempt(f"person-{number}", f"address-{number}", "wrong")
    scene.fail("person-0", "address-0", 4)
    assert scene.wait_of("person-0", "address-0") == 0


STRANGERS: Final = ("203.0.113.1", "203.0.113.2", "203.0.113.3", LOOPBACK)


@QUICK
@given(any_tries(["ann", "bob"], STRANGERS))
def test_a_stranger_never_delays_whoever_has_not_failed(tries: list[Try]) -> None:
    """Whatever happens elsewhere, an address from where nobody has failed does not wait, at any account."""
    scene = Scene()
    for one in tries:
        scene.play([one])
        assert (scene.wait_of("ann", HOME), scene.wait_of("bob", HOME)) == (0, 0)


@QUICK
@given(any_tries(["ann"], [HOME, HOME, *STRANGERS]))
def test_a_stranger_never_delays_whoever_is_at_home(tries: list[Try]) -> None:
    """Where somebody has logged in before, he waits for his own failures exactly as if there were no others."""
    crowded, alone = Scene(), Scene()
    for scene in (crowded, alone):
        scene.attempt("ann", HOME, "right")
    for one in tries:
        (wait,) = crowded.play([one])
        if one.group == HOME:
            assert alone.play([one]) == [wait]
        else:
            alone.clock.advance(one.pause_seconds)


@QUICK
@given(any_tries(["ann", "bob"], [HOME, *STRANGERS]), st.sampled_from(["ann", "bob"]))
def test_whoever_waits_as_told_may_try(tries: list[Try], account: str) -> None:
    """Every wait ends after the seconds that were told, whatever others do meanwhile from elsewhere."""
    scene = Scene()
    scene.play([one for one in tries if one.group == HOME])
    scene.play(tries)
    wait = scene.wait_of(account, HOME)
    assert wait <= WAIT_LIMIT_SECONDS
    end = scene.clock.monotonic() + wait
    for one in tries:
        if one.group != HOME and scene.clock.monotonic() + one.pause_seconds <= end:
            scene.play([one])
    scene.clock.advance(end - scene.clock.monotonic())
    assert scene.wait_of(account, HOME) == 0


@QUICK
@given(st.lists(st.floats(0, 300), min_size=1, max_size=200))
def test_guesses_are_few(pauses: list[float]) -> None:
    """However it spreads them, an address fails at an account five times, then about once in each longer wait."""
    scene = Scene()
    waits = scene.play([Try("ann", AWAY, "wrong", pause) for pause in pauses])
    failed = waits.count(0)
    assert failed <= 5 + 7 + scene.clock.monotonic() / WAIT_LIMIT_SECONDS + 1
