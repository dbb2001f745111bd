"""Where webhooks may post, as far as a URL and an address show; and how they sign."""

import pytest

from hubbub.server.networks import parse_networks
from hubbub.wire.hook_targets import Target, UnfitTarget, parse_target
from hubbub.wire.reachable import may_reach, parse_address
from hubbub.wire.standard_webhooks import sign, write_secret


@pytest.mark.parametrize(
    ("url", "target", "shown"),
    [
        ("https://a.b", Target("https", "a.b", 443, "/"), "a.b"),
        ("HTTP://A.b:80/c/d?e=f&g#h", Target("http", "a.b", 80, "/c/d?e=f&g"), "a.b"),
        ("https://a.b:8443/", Target("https", "a.b", 8443, "/"), "a.b:8443"),
        ("http://[2001:db8::1]:8080/x", Target("http", "2001:db8::1", 8080, "/x"), "[2001:db8::1]:8080"),
        ("https://münchen.example/", Target("https", "xn--mnchen-3ya.example", 443, "/"), "xn--mnchen-3ya.example"),
        ("https://a.b?x", Target("https", "a.b", 443, "/?x"), "a.b"),
    ],
)
def test_a_url_is_taken_apart(url: str, target: Target, shown: str) -> None:
    """What is behind a `#` is never sent."""
    assert parse_target(url) == target
    assert target.shown_host == shown


@pytest.mark.parametrize(
    "url",
    [
        *("", "a.b", "//a.b", "https:/a.b", "file:///etc/passwd", "gopher://a.b", "ws://a.b", "javascript:alert(1)"),
        *(
            "http://",
            "http://:80/",
            "http://a.b:x/",
            "http://a.b:99999/",
            "http://[::1/",
            "http://a b/",
            "http://a.b/ü",
        ),
        *("http://a.b:0/", "http://a.b:22/", "http://a.b:25/", "http://a.b:6667/", "http://a.b:2049/"),
        *("http://user@a.b/", "http://user:pass@a.b/", "http://@a.b/", "http://a.b/\r\nX: y", "http://a.b\\@c.d/"),
        "https://a.b/" + "x" * 3_000,
    ],
)
def test_what_is_no_target(url: str) -> None:
    """Nothing but HTTP, to ports where one expects that, and no two readings of where it leads."""
    with pytest.raises(UnfitTarget) as unfit:
        parse_target(url)
    assert str(unfit.value).endswith(".")


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_what_everybody_may_reach(address: str) -> None:
    """The Internet, also through what wraps an address of it."""
    assert may_reach(parse_address(address), ())


@pytest.mark.parametrize(
    "address",
    [
        # This machine, and nowhere
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::", "::127.0.0.1"),
        # Other machines nearby
        *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "fc00::1", "fd12::1", "fec0::1"),
        *("169.254.0.1", "fe80::1", "fe80::1%eth0"),
        # Where clouds tell their secrets
        *("169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"),
        # Many at once, or none yet
        *("224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "ff0e::1", "4000::1"),
        # Documentation, measuring, and relays that are no more
        *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1", "2001:db8::1", "3fff::1", "100::1"),
        # All of that in disguise
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0"),
        *("64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:a00:1::", "2001::1"),
    ],
)
def test_what_nobody_may_reach(address: str) -> None:
    """Unless an operator allows it."""
    found = parse_address(address)
    assert not may_reach(found, ())
    everywhere = parse_networks(("0.0.0.0/0", "::/0"))
    assert may_reach(found, everywhere)


def test_what_an_operator_allows() -> None:
    """These networks and no others; an address that is wrapped is the one inside."""
    allowed = parse_networks(("10.1.0.0/16", "fd00::/8"))
    reached = ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7", "10.2.0.1", "::ffff:127.0.0.1", "fe80::1"]
    assert [may_reach(parse_address(address), allowed) for address in reached] == [True] * 3 + [False] * 3


def test_a_known_signature() -> None:
    """The example of the specification: https://www.standardwebhooks.com, "Verify webhooks manually"."""
    body = b'{"test": 2432232314}'
    fields = sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body)
    assert fields == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert write_secret(bytes(24)) == "whsec_" + "A" * 32
