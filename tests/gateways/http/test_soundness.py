"""Soundness: a request that two programs could understand in two ways is refused; a path is what is left of others."""

from http import HTTPStatus
from typing import Final

import pytest

from hubbub.gateways.http.problems import Problem
from hubbub.gateways.http.soundness import require_sound

HOST: Final = (b"host", b"chat.example.org:4242")
CHUNKED: Final = (b"transfer-encoding", b"chunked")

Fields = list[tuple[bytes, bytes]]


@pytest.mark.parametrize(
    ("target", "path"),
    [
        *((b"/", b"/"), (b"/a?b=c&d=%20", b"/a?b=c&d=%20"), (b"//a", b"//a"), (b"/a:b@c/../d", b"/a:b@c/../d")),
        *((b"http://chat.example.org:4242/a?b", b"/a?b"), (b"HTTPS://Chat.example.org:4242", b"/")),
    ],
)
def test_a_path_is_asked_for(target: bytes, path: bytes) -> None:
    """As it is, or behind the server's own address, as proxies are asked."""
    assert require_sound("1.1", target, [HOST]) == path
    assert require_sound("1.1", target, [HOST, CHUNKED]) == path


def test_old_programs_name_no_host() -> None:
    """HTTP/1.0 has no such field."""
    assert require_sound("1.0", b"/", []) == b"/"


@pytest.mark.parametrize(
    ("version", "target", "fields"),
    [
        ("1.1", b"/", []),
        ("1.1", b"/", [HOST, HOST]),
        ("1.0", b"/", [HOST, HOST]),
        ("0.9", b"/", []),
        ("1.1", b"/", [HOST, CHUNKED, CHUNKED]),
        ("1.1", b"/", [HOST, (b"transfer-encoding", b"gzip, chunked")]),
        ("1.1", b"/", [HOST, (b"transfer-encoding", b"Chunked")]),
        ("1.1", b"/", [HOST, (b"transfer-encoding", b"identity")]),
        ("1.0", b"/", [HOST, CHUNKED]),
        ("1.1", b"http://other.example.org/", [HOST]),
        ("1.1", b"http://chat.example.org/", [HOST]),
        ("1.1", b"http://a@chat.example.org:4242/", [HOST]),
        *(
            ("1.1", target, [HOST])
            for target in (b"", b"*", b"a", b"?a", b"http://", b"http:///a", b"ftp://a/", b"/a#b")
        ),
        *(("1.1", target, [HOST]) for target in (b"/\xff", b"/a b", b"/\0", b"/\t", b"/\x7f", b"chat.example.org:443")),
    ],
)
def test_what_could_be_understood_otherwise_is_refused(version: str, target: bytes, fields: Fields) -> None:
    """Somebody on the way may have taken it for something else."""
    with pytest.raises(Problem) as refused:
        require_sound(version, target, fields)
    assert refused.value.status is HTTPStatus.BAD_REQUEST


def test_other_versions_are_refused() -> None:
    """Nobody here could go on with them."""
    with pytest.raises(Problem) as refused:
        require_sound("2.0", b"/", [HOST])
    assert refused.value.status is HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
