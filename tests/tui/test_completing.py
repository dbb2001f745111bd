"""Tab completes what is being written."""

from hubbub.tui.completing import Words, complete

WORDS = Words(names=("ann", "Anna", "bob"), rooms=("#tea", "#team"), commands=("join", "me", "msg"))


def candidates(before: str, words: Words = WORDS) -> tuple[str, ...]:
    """Return what the last word may become."""
    completion = complete(before, words)
    return () if completion is None else completion.candidates


def test_names() -> None:
    """A name calls whom it names, however it is begun; who spoke last comes first."""
    assert candidates("hi an") == ("@ann ", "@Anna ")
    assert candidates("hi @AN") == ("@ann ", "@Anna ")
    assert candidates("@") == ("@ann ", "@Anna ", "@bob ")
    assert candidates("x@an") == ()


def test_names_in_commands_are_arguments() -> None:
    """A command takes a name without the sign."""
    assert candidates("/msg bo") == ("bob ",)
    assert candidates("/msg ann,bo") == ("bob ",)


def test_rooms() -> None:
    """A room is completed wherever it is named."""
    assert candidates("see #tea") == ("#tea ", "#team ")
    assert candidates("/join #team") == ("#team ",)


def test_commands() -> None:
    """A command is one at the beginning only, and said twice it is none."""
    assert candidates("/m") == ("/me ", "/msg ")
    assert candidates("a /m") == ()
    assert candidates("//m") == ()


def test_emoji() -> None:
    """A short name between colons becomes what it stands for."""
    completion = complete("nice :+1", WORDS)
    assert completion is not None
    assert completion.candidates[0] == "👍"
    assert completion.start == len("nice ")
    assert candidates("12:30") == ()


def test_paths() -> None:
    """A file is found after its command only."""
    words = Words(find_paths=lambda prefix: [f"{prefix}.png", f"{prefix}/"])
    assert candidates("/upload ~/a b", words) == ("~/a b.png", "~/a b/")
    assert candidates("see ~/a", words) == ()
