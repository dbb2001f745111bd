"""Pages: what is read in a browser. No scripts, nothing from elsewhere, and nothing in them that was not checked."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Final

import msgspec

from hubbub.gateways.http.place import Place

STYLE: Final = """
:root{color-scheme:light dark;--ink:#1d1c1a;--paper:#faf8f4;--soft:#63605a;--well:#f0ece4;--line:#ddd7cb;--mark:#a8410f}
@media(prefers-color-scheme:dark){
:root{--ink:#ece9e3;--paper:#161719;--soft:#a5a29c;--well:#212327;--line:#34373c;--mark:#ffa477}}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);font:1.0625rem/1.55 system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:clamp(2rem,10vh,6rem) 1.25rem 3rem}
h1{margin:0 0 .75rem;font-size:clamp(2rem,8vw,2.75rem);line-height:1.1;letter-spacing:-.025em}
p,ol,dl{margin:0 0 1.25rem;padding:0}
li,dd{margin:0 0 1.25rem}
ol{list-style:none;counter-reset:step}
li{counter-increment:step}
li::before{content:counter(step) ". ";color:var(--mark);font-weight:600}
pre{margin:.4rem 0 0;padding:.7rem .9rem;border:1px solid var(--line);border-radius:.5rem;background:var(--well);
white-space:pre-wrap;overflow-wrap:anywhere;-webkit-user-select:all;user-select:all}
pre,code{font:.9375rem/1.5 ui-monospace,Menlo,Consolas,monospace}
a,var{color:var(--mark);font-style:normal}
dt{font-weight:600}
pre+dl{margin-top:1.75rem}
small{display:block;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9375rem}
""".strip()

STYLE_HASH: Final = f"sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}"
"""Lets this style be used and no other. CSP level 3, section 2.3.1."""

_NOWHERE: Final = "HOST and PORT stand for this server’s address. "
_NO_CLIENT: Final = "This server has no page to talk in the browser: it was installed without it."


class Page(msgspec.Struct, frozen=True):
    """A page: its heading, and the HTML below it."""

    heading: str
    content: str

    def encode(self) -> bytes:
        """Return the whole document."""
        heading = escape(self.heading)
        return (
            '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width">\n'
            # Browsers look for one in any case: Firefox complains where the policy does not let it.
            '<link rel="icon" href="/icon.svg">\n'
            f"<title>{heading}</title>\n<style>{STYLE}</style>\n"
            f"<main>\n<h1>{heading}</h1>\n{self.content}\n</main>\n</html>\n"
        ).encode()


def front_page(place: Place | None, *, has_client: bool, speaks_ssh: bool) -> Page:
    """Say what this is, and how to join without the client."""
    by_ssh = f"<dt>ssh\n<dd>{_typed(_ssh(place))}\n" if speaks_ssh else ""
    return Page(
        "hubbub",
        "<p>This is a chat. You join it in a terminal, with a program that is there already.</p>\n"
        f"<dl>\n<dt>netcat\n<dd>{_typed(_netcat(place))}\n<dt>telnet\n<dd>{_typed(_telnet(place))}\n{by_ssh}"
        f"<dt>any IRC client\n<dd>{_typed(_irssi(place))}\n"
        f"<dt>encrypted, as it has to be to log in from elsewhere\n<dd>{_typed(_openssl(place))}\n</dl>\n"
        "<p>You are asked for a name. Then type to talk; <code>/help</code> shows what else you can do.</p>\n"
        + _aside(_where(place) + _in_browser("/", has_client=has_client), "Programs can: <a href=/api>see how</a>."),
    )


def invitation_page(code: str, place: Place | None, *, has_client: bool) -> Page:
    """Say how to open an account with a code; whether the code is still good is told when it is used."""
    where = f" to the chat on <strong>{escape(place.host)}</strong>" if place else ""
    is_near = place is not None and place.is_local
    return Page(
        "You are invited",
        f"<p>This invitation{where} lets you open an account: a name that stays yours.</p>\n<ol>\n"
        f"<li>In a terminal, connect:{_typed(_netcat(place) if is_near else _openssl(place))}\n"
        "<li>When you are asked for a username, type this, with a name and a password of your own:"
        f"{_typed(f'/register <var>NAME</var> <var>PASSWORD</var> {escape(code)}')}\n"
        f"<li>The next time, connect again and type:{_typed('/login <var>NAME</var>')}\n</ol>\n"
        + _aside(
            *([] if is_near else [_explain_encryption(place)]),
            _where(place) + _in_browser(f"/invite/{escape(code)}", has_client=has_client),
        ),
    )


def plain_page(heading: str, sentence: str) -> Page:
    """Say one thing."""
    return Page(heading, f"<p>{escape(sentence)}</p>")


def _typed(line: str) -> str:
    """Show a line that is to be typed; a click selects it whole."""
    return f"<pre>{line}</pre>"


def _aside(*sentences: str) -> str:
    return f"<small>{' '.join(sentences)}</small>"


def _where(place: Place | None) -> str:
    return "" if place else _NOWHERE


def _in_browser(path: str, *, has_client: bool) -> str:
    return f'Or <a href="{path}">talk in the browser</a>.' if has_client else _NO_CLIENT


def _explain_encryption(place: Place | None) -> str:
    return (
        "Plain netcat and telnet would show your password to everybody on the way. "
        f"Where openssl is missing, <code>{_command('ncat --ssl', place)}</code> does the same."
    )


def _netcat(place: Place | None) -> str:
    return _command("nc", place)


def _telnet(place: Place | None) -> str:
    return _command("telnet", place)


def _ssh(place: Place | None) -> str:
    return f"ssh -p {place.port} {escape(place.host)}" if place else "ssh -p PORT HOST"


def _irssi(place: Place | None) -> str:
    return f"irssi -c {escape(place.host)} -p {place.port}" if place else "irssi -c HOST -p PORT"


def _command(program: str, place: Place | None) -> str:
    return f"{program} {escape(place.host)} {place.port}" if place else f"{program} HOST PORT"


def _openssl(place: Place | None) -> str:
    return f"openssl s_client -quiet -connect {escape(str(place)) if place else 'HOST:PORT'}"
