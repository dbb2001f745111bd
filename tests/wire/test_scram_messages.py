"""The messages of SCRAM: read strictly, and refused with a reason."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.scram_messages import (
    NONCE_LIMIT,
    BadScram,
    parse_client_final,
    parse_client_first,
    write_server_final,
    write_server_first,
)
from tests.fuzz.budget import QUICK
from tests.wire.test_scram import NONCE, PROOF, SIGNATURE


def test_the_example_of_the_rfc() -> None:
    """RFC 7677 section 3, message by message."""
    first = parse_client_first("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    assert (first.name, first.nonce, first.header) == ("user", "rOprNGfwEbeRWgbNEkqO", "n,,")
    assert first.bare == "n=user,r=rOprNGfwEbeRWgbNEkqO"
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    assert write_server_first(NONCE.decode(), salt, 4096) == f"r={NONCE.decode()},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    proof = base64.b64encode(PROOF).decode()
    final = parse_client_final(f"c=biws,r={NONCE.decode()},p={proof}")
    assert (final.binding, final.nonce, final.proof) == (b"n,,", NONCE.decode(), PROOF)
    assert final.without_proof == f"c=biws,r={NONCE.decode()}"
    assert write_server_final(SIGNATURE) == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="


def test_names_are_unescaped() -> None:
    """A comma and an equals sign have their own ways; who speaks for himself may say so; extensions are borne."""
    first = parse_client_first("y,a=a=2Cb=3Dc,n=a=2Cb=3Dc,r=x,z=1")
    assert (first.name, first.header) == ("a,b=c", "y,a=a=2Cb=3Dc,")


@pytest.mark.parametrize(
    "text",
    [
        *("", "n", "n,,", "n,,n=ann", "n,,r=x,n=ann", "n,,n=,r=x", "n,,n=ann,r=", "n,,n=ann,r=a b", "x,,n=ann,r=x"),
        *("p=tls-unique,,n=ann,r=x", "n,a=bob,n=ann,r=x", "n,,m=1,n=ann,r=x", "n,,n=a=b,r=x", "n,,n=a=2cb,r=x"),
        *("n,,n=ann,r=" + "x" * (NONCE_LIMIT + 1), "n,,n=ann,r=\u00e9", "n,,n=ann,r=x\n"),
    ],
)
def test_what_is_no_first_message(text: str) -> None:
    """Whatever is missing, in the wrong place, or not spoken here."""
    with pytest.raises(BadScram):
        parse_client_first(text)


@pytest.mark.parametrize("text", ["", "c=biws", "c=biws,r=x", "c=biws,r=x,p=", "c=biws,r=x,p=a", "r=x,c=biws,p=aaaa"])
def test_what_is_no_final_message(text: str) -> None:
    """Whatever is missing, or no base 64."""
    with pytest.raises(BadScram):
        parse_client_final(text)


@QUICK
@given(st.text("nyp,=arcNC23DE !x\0\u00e9", max_size=40))
def test_anything_is_read_or_refused(text: str) -> None:
    """And nothing else is raised."""
    for parse in (parse_client_first, parse_client_final):
        with suppress(BadScram):
            parse(text)
