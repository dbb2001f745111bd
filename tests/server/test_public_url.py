"""The public URL: a scheme, a host and perhaps a port, and nothing that would spoil a link."""

import pytest

from hubbub.server.public_url import PublicUrlError, require_public_url


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "http://localhost",
            "https://chat.example.org",
            "https://chat.example.org:4242",
            "http://192.0.2.7:65535",
        ),
        *("https://[2001:db8::7]", "https://[2001:db8::7]:4242"),
    ],
)
def test_urls_of_servers(text: str) -> None:
    """With a port or without one; nothing means that it is not known."""
    require_public_url(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *(
            (text, "such as https://chat")
            for text in ("chat.example.org:4242", "ftp://x", "https://", "https://x/", "x")
        ),
        *(
            (text, "such as https://chat")
            for text in ("https://ann@x", "https://x=text", "https://x y", "https://x#", "http:x")
        ),
        ("https://x:0", "port 0"),
        ("https://x:65536", "expected a port"),
        ("https://x:", "expected a port"),
        ("https://-x", "host name"),
        ("https://1.2.3", "IPv4"),
        ("https://::1", "brackets"),
        ("https://[::x]", "IPv6"),
    ],
)
def test_what_is_no_url_of_a_server(text: str, words: str) -> None:
    """The message says what would be right."""
    with pytest.raises(PublicUrlError, match=words):
        require_public_url(text)
