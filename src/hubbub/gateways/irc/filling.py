"""Filling: words in as few lines as they go into."""

from collections.abc import Iterable, Iterator


def fill(words: Iterable[str], limit_bytes: int) -> Iterator[str]:
    """Yield lines of words, each as long as it may be; a word that is longer stands alone."""
    line: list[str] = []
    size = 0
    for word in words:
        length = len(word) if word.isascii() else len(word.encode())
        if line and size + length > limit_bytes:
            yield " ".join(line)
            line, size = [], 0
        line.append(word)
        size += length + 1
    if line:
        yield " ".join(line)
