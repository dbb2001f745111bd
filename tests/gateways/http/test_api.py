"""The API: what the native protocol can, over HTTP; nobody appears to be here by it."""

from typing import Final, get_args

import pytest

from hubbub.core.access import Access
from hubbub.core.account_requests import DeleteAccount, Register
from hubbub.core.features.membership import Join
from hubbub.core.kinds import RefusalCode
from hubbub.core.limits import Limits
from hubbub.core.queries import FindPerson
from hubbub.gateways.http.bodies import JSON_BYTES
from hubbub.gateways.http.refusals import STATUSES
from hubbub.server.node import Rules
from hubbub.service.devices import DEVICE_MS
from hubbub.service.facts import SOFTWARE
from hubbub.service.peers import Peer
from hubbub.service.recognising import BROWSER_SECONDS, BROWSERS_PER_ACCOUNT, TRUSTED_SECONDS
from hubbub.service.revoking import REVOKED
from tests.gateways.http.asking import HOST, SAME_ORIGIN, Asker, asking
from tests.service.guests import Guest
from tests.service.members import PASSWORD, log_in, refusal_of
from tests.wire.test_ssh_keys import line_of

LOBBY: Final = "/rooms/lobby"


async def test_somebody_who_is_not_here_takes_part() -> None:
    """He joins, says, answers, edits, reacts and deletes; those who are here hear it, and see him offline."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        bob = Guest(asker.node, "bob")
        await bob.ask(Join("#tea"))
        entered = await asker.told(ann, "PUT", "/rooms/tea/membership", {})
        assert (entered["room"], entered["member_count"]) == ("#tea", 2)
        first = await asker.call(ann, "POST", "/rooms/tea/messages", {"text": "hello"})
        message = first.json()["message"]
        assert first.status_code == 201
        assert first.headers["Location"] == f"/api/v1/messages/{message}"
        reply = await asker.told(ann, "POST", f"/messages/{message}/replies", {"text": "to myself"})
        await asker.told(ann, "PATCH", f"/messages/{message}", {"text": "hello all"})
        await asker.told(ann, "PUT", f"/messages/{message}/reactions/👍")
        found = await asker.told(ann, "GET", f"/messages/{message}")
        assert found["record"]["event"]["text"] == "hello all"
        assert "👍" in found["record"]["note"]["reactions"]
        await asker.told(ann, "DELETE", f"/messages/{message}/reactions/👍")
        await asker.told(ann, "DELETE", f"/messages/{reply['message']}?reason=gone")
        history = await asker.told(ann, "GET", "/rooms/%23tea/messages?limit=10")
        assert [record["event"].get("text", "") for record in history["records"]] == ["hello all", ""]
        assert [type(record.event).__name__ for record in bob.heard][:2] == ["Joined", "Said"]
        person = await bob.ask(FindPerson("ann"))
        assert not getattr(person, "is_present", True)
        departed = await asker.told(ann, "DELETE", "/rooms/tea/membership")
        assert departed["room"] == "#tea"


async def test_people_are_told_alone() -> None:
    """Each has an outcome of his own."""
    async with asking() as asker:
        ann, _ = await asker.sign_up("ann"), await asker.sign_up("cat")
        Guest(asker.node, "bob")
        told = await asker.told(ann, "POST", "/direct", {"recipients": ["bob", "cat", "nobody"], "text": "hi"})
        statuses = {outcome["name"]: outcome["status"] for outcome in told["outcomes"]}
        assert statuses == {"bob": "delivered", "cat": "waiting", "nobody": "unknown"}
        history = await asker.told(ann, "GET", "/rooms/@bob/messages")
        assert [record["event"]["text"] for record in history["records"]] == ["hi"]


async def test_what_is_sent_again_is_said_once() -> None:
    """With the same key, the answer is the first one's; at the same time, too."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        await asker.told(ann, "PUT", f"{LOBBY}/membership", {})
        body, fields = {"text": "once"}, {"Idempotency-Key": "a-1"}
        answers = [await asker.call(ann, "POST", f"{LOBBY}/messages", body, fields) for _ in range(3)]
        assert len({answer.json()["message"] for answer in answers}) == 1
        other = await asker.call(ann, "POST", f"{LOBBY}/messages", body, {"Idempotency-Key": "a-2"})
        assert other.json()["message"] != answers[0].json()["message"]


async def test_things_are_found() -> None:
    """Rooms, people, what was said, and what was not read yet."""
    async with asking() as asker:
        ann, bob = await asker.sign_up("ann"), await asker.sign_up("bob")
        for token in (ann, bob):
            await asker.told(token, "PUT", f"{LOBBY}/membership", {})
        await asker.told(bob, "PUT", f"{LOBBY}/topic", {"text": "tea"})
        await asker.told(bob, "POST", f"{LOBBY}/messages", {"text": "wombats, @ann"})
        assert [room["name"] for room in (await asker.told(ann, "GET", "/rooms"))["rooms"]] == ["#lobby"]
        assert (await asker.told(ann, "GET", "/rooms/lobby"))["room"] == "#lobby"
        members = (await asker.told(ann, "GET", f"{LOBBY}/members"))["members"]
        assert [(one["name"], one["is_present"]) for one in members] == [("ann", False), ("bob", False)]
        assert (await asker.told(ann, "GET", "/people/bob"))["rooms"] == ["#lobby"]
        hits = (await asker.told(ann, "GET", "/search?q=wombats"))["hits"]
        assert [hit["room"] for hit in hits] == ["#lobby"]
        unread = (await asker.told(ann, "GET", "/unread"))["places"]
        assert [(place["room"], place["mentions"]) for place in unread] == [("#lobby", 1)]
        await asker.told(ann, "PUT", f"{LOBBY}/mark", {})
        assert (await asker.told(ann, "GET", "/unread"))["places"] == []
        assert (await asker.told(ann, "GET", f"{LOBBY}/pins"))["pins"] == []
        level = await asker.told(ann, "PUT", f"{LOBBY}/level", {"level": "nothing"})
        assert (level["room"], level["level"]) == ("#lobby", "nothing")
        assert (await asker.told(ann, "GET", "/levels"))["levels"] == [level]
        assert (await asker.call(ann, "PUT", f"{LOBBY}/level", {"level": "loud"})).status_code == 422


async def test_who_is_here_is_the_same_as_who_asks() -> None:
    """His own connections hear what he says over HTTP, and what he did there holds here."""
    async with asking() as asker:
        token = await asker.sign_up("ann")
        ann = await log_in(asker.node, "ann")
        await asker.told(token, "PUT", "/rooms/tea/membership", {})
        await asker.told(token, "POST", "/rooms/tea/messages", {"text": "from elsewhere"})
        assert [room.name for room in ann.session.person.channels.values()] == ["#tea"]
        await asker.leave(ann)
        # What happened while he was here is known of him when he is not.
        await asker.told(token, "POST", "/rooms/tea/messages", {"text": "still a member"})


async def test_a_guest_acts_by_his_key_as_long_as_he_is_here() -> None:
    """He needs no account; when he has gone, his key is nobody's."""
    async with asking() as asker:
        bob = Guest(asker.node, "bob")
        key = asker.node.passes.issue(bob.id)
        me = await asker.told(key, "GET", "/me")
        assert (me["name"], me.get("has_account", False)) == ("bob", False)
        await asker.told(key, "PUT", f"{LOBBY}/membership", {})
        assert (await asker.call(key, "GET", "/unread")).status_code == 403
        assert (await asker.call(key, "POST", "/tokens", {"label": "x"})).json()["code"] == "not_registered"
        await asker.leave(bob)
        assert (await asker.call(key, "GET", "/me")).status_code == 401


# Logging in


async def test_a_browser_logs_in_and_out() -> None:
    """It gets a cookie that no script can read; when it has logged out, that is worth nothing."""
    async with asking(is_encrypted=True) as asker:
        await asker.sign_up("ann")
        response = await asker.log_in("ann")
        cookie = response.headers["Set-Cookie"]
        assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
            *("httponly", "secure", "samesite=strict", "path=/", f"max-age={BROWSER_SECONDS}")
        }
        assert response.json()["name"] == "ann"
        me = await asker.client.get("/api/v1/session")
        assert (me.status_code, me.json()["role"]) == (200, "member")
        token = asker.client.cookies["hubbub_session"]
        gone = await asker.client.delete("/api/v1/session", headers=SAME_ORIGIN)
        assert gone.status_code == 204
        assert 'hubbub_session=""' in gone.headers["Set-Cookie"]
        assert (await asker.client.get("/api/v1/me")).status_code == 401
        assert (await asker.call(token, "GET", "/me")).status_code == 401


async def test_logging_out_ends_the_connections_by_the_same_cookie() -> None:
    """Other pages of that browser would go on as somebody who has logged out."""
    async with asking(is_encrypted=True) as asker:
        await asker.sign_up("ann")
        await asker.log_in("ann")
        page = await log_in(asker.node, "", asker.client.cookies["hubbub_session"])
        assert (await asker.client.delete("/api/v1/session", headers=SAME_ORIGIN)).status_code == 204
        assert page.dismissed == [REVOKED]


async def test_in_clear_text_a_cookie_is_not_secure() -> None:
    """It would never be sent; and from elsewhere, nobody is let in who could be read along."""
    async with asking() as asker:
        token = await asker.sign_up("ann")
        assert "secure" not in (await asker.log_in("ann")).headers["Set-Cookie"].lower()
        asker.node.safe = False
        assert (await asker.log_in("ann")).json()["code"] == "needs_encryption"
        asker.clock.advance(TRUSTED_SECONDS + 1)
        assert (await asker.call(token, "GET", "/me")).json()["code"] == "needs_encryption"


async def test_a_wrong_password_is_refused() -> None:
    """Whether there is such an account or not; and after some of them, there is a wait."""
    async with asking() as asker:
        await asker.sign_up("ann")
        for name in ("ann", "nobody"):
            response = await asker.log_in(name, "wrong")
            assert (response.status_code, response.json()["code"]) == (401, "wrong_password")
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert "Set-Cookie" not in response.headers
        tries = [await asker.log_in("ann", "wrong") for _ in range(10)]
        response = tries[-1]
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Bearer hub_" + "0" * 59, "Basic YTpi", "Bearer \xff"])
async def test_nobody_is_let_in_by_something_else(shown: str) -> None:
    """Whatever it is, it is told how one says who one is."""
    async with asking() as asker:
        response = await asker.client.get("/api/v1/me", headers=[(b"Authorization", shown.encode("latin-1"))])
        assert response.status_code == 401


async def test_ssh_keys_are_added_listed_and_removed() -> None:
    """By the names that their comments give them."""
    line = line_of(b"ssh-ed25519", bytes(32), comment="my laptop")
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        added = await asker.call(ann, "POST", "/ssh-keys", {"key": line})
        assert (added.status_code, added.json()["key"]["name"]) == (201, "my laptop")
        assert (await asker.told(ann, "GET", "/ssh-keys"))["keys"] == [added.json()["key"]]
        assert (await asker.call(ann, "POST", "/ssh-keys", {"key": line})).json()["code"] == "not_allowed"
        assert (await asker.call(ann, "DELETE", "/ssh-keys/my%20laptop")).status_code == 204
        assert (await asker.call(ann, "DELETE", "/ssh-keys/my%20laptop")).status_code == 404


async def test_tokens_are_made_listed_and_revoked() -> None:
    """A program's token; it is worth nothing at once for who has revoked it here."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        made = await asker.call(ann, "POST", "/tokens", {"label": "bot"})
        assert made.status_code == 201
        token = made.json()["secret"]
        assert (await asker.told(token, "GET", "/me"))["name"] == "ann"
        labels = [one["label"] for one in (await asker.told(ann, "GET", "/tokens"))["tokens"]]
        assert sorted(labels) == ["Browser", "bot"]
        assert (await asker.call(ann, "DELETE", f"/tokens/{made.json()['id']}")).status_code == 204
        assert (await asker.call(token, "GET", "/me")).status_code == 401
        assert (await asker.call(ann, "DELETE", "/tokens/X")).status_code == 404
        # It is the token of a program, which is revoked and not logged out.
        assert (await asker.call(ann, "GET", "/me")).status_code == 200


async def test_another_device_is_logged_in_once() -> None:
    """By the last code that was made, within minutes; nothing else comes of it, and no other page can use it up."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        first = (await asker.told(ann, "POST", "/devices"))["code"]
        second = (await asker.told(ann, "POST", "/devices"))["code"]
        for fields in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site", **SAME_ORIGIN}):
            refused = await asker.client.post("/api/v1/session/device", json={"code": second}, headers=fields)
            assert refused.json()["code"] == "cross_origin"
        assert (await asker.log_in_device(first)).json()["code"] == "bad_code"
        assert (
            await refusal_of(asker.node.accounts.open("eve", Register(PASSWORD, second), asker.peer))
        ).code == "bad_code"
        asker.clock.advance(1)  # so that the tokens have an order
        response = await asker.log_in_device(second.lower().replace("-", " "))
        assert (response.status_code, response.json()["name"]) == (201, "ann")
        assert "HttpOnly" in response.headers["Set-Cookie"]
        mine = (await asker.client.get("/api/v1/session")).json()
        asker.client.cookies.clear()
        tokens = (await asker.told(ann, "GET", "/tokens"))["tokens"]
        assert mine["token"] == tokens[1]["id"]
        assert (await asker.log_in_device(second)).json()["code"] == "bad_code"


async def test_a_device_has_no_code_for_long() -> None:
    """It expires, is worth nothing where the account is disabled or others read along; guests have none."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        late = (await asker.told(ann, "POST", "/devices"))["code"]
        asker.clock.advance(DEVICE_MS / 1_000)
        assert (await asker.log_in_device(late)).json()["code"] == "bad_code"
        assert [code.role for code in await asker.vault.list_codes()] == ["device"]
        await asker.told(ann, "POST", "/devices")
        assert len(await asker.vault.list_codes()) == 1, "what has expired is forgotten"
        asker.node.safe = False
        assert (await asker.log_in_device(late)).json()["code"] == "needs_encryption"
        asker.clock.advance(TRUSTED_SECONDS + 1)
        assert (await asker.call(ann, "POST", "/devices")).json()["code"] == "needs_encryption"
        asker.node.safe = True
        key = asker.node.passes.issue(Guest(asker.node, "bob").id)
        assert (await asker.call(key, "POST", "/devices")).json()["code"] == "not_registered"
        tries = [await asker.log_in_device("0000-0000-0000-0000") for _ in range(30)]
        assert tries[-1].status_code == 429, "whoever guesses has to wait"


async def test_a_server_says_what_it_allows() -> None:
    """To everybody, so that nobody tries what is refused; and what holds for his own connection."""
    async with asking() as asker:
        facts = (await asker.client.get("/api/v1/server")).json()
        assert facts == {
            "id": asker.node.identity,
            "software": SOFTWARE,
            "access": "anyone",
            "guests": True,
            "registration": True,
            "passwords": True,
        }
        asker.node.safe = False
        for access, guests, registration in (
            (Access(guests=False), False, True),
            (Access(registration=False), True, False),
            (Access("registered"), False, True),
            (Access("invited"), False, False),
        ):
            asker.node.apply(Rules(asker.node.limits, access, 0))
            facts = (await asker.client.get("/api/v1/server")).json()
            assert (facts["access"], facts["guests"], facts["registration"]) == (access.who, guests, registration)
            assert facts["passwords"] is False


async def test_browsers_do_not_stay_for_ever() -> None:
    """The oldest of too many goes, and one that is not used for a month."""
    async with asking() as asker:
        first = await asker.sign_up("ann")
        tokens = []
        for _ in range(BROWSERS_PER_ACCOUNT):
            asker.clock.advance(1)
            tokens.append((await asker.log_in("ann")).cookies["hubbub_session"])
        asker.client.cookies.clear()
        assert (await asker.call(first, "GET", "/me")).status_code == 401
        assert (await asker.call(tokens[0], "GET", "/me")).status_code == 200
        asker.clock.advance(BROWSER_SECONDS - 1)
        assert (await asker.call(tokens[0], "GET", "/me")).status_code == 200
        asker.clock.advance(2)
        assert (await asker.call(tokens[1], "GET", "/me")).status_code == 401
        assert (await asker.call(tokens[0], "GET", "/me")).status_code == 200


async def test_who_is_kept_off_the_server_is_kept_off_here() -> None:
    """An account that is gone opens nothing, at once."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        member = await log_in(asker.node, "ann")
        member.send(DeleteAccount(PASSWORD))
        await member.gone.wait()
        assert (await asker.call(ann, "GET", "/me")).status_code == 401


# Requests across sites

FOREIGN: Final = [
    {"Origin": "https://evil.example.org"},
    {"Origin": "null"},
    {"Origin": f"https://{HOST}.evil.example.org"},
    {"Origin": "https://chat.example.org"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": f"https://{HOST}", "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("fields", [*FOREIGN, {}], ids=str)
async def test_a_stranger_s_page_changes_nothing(fields: dict[str, str]) -> None:
    """Neither as whoever has logged in here, nor does it log anybody in."""
    async with asking() as asker:
        await asker.sign_up("ann")
        await asker.log_in("ann")
        response = await asker.client.put("/api/v1/rooms/tea/membership", json={}, headers=fields)
        assert (response.status_code, response.json()["code"]) == (403, "cross_origin")
        if fields:
            body = {"name": "ann", "password": "x"}
            response = await asker.client.post("/api/v1/session", json=body, headers=fields)
            assert response.json()["code"] == "cross_origin"
        assert (await asker.client.get("/api/v1/rooms", headers=fields)).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        *(SAME_ORIGIN, {"Sec-Fetch-Site": "same-origin"}, {"Origin": f"http://{HOST.upper()}"}),
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind-a-proxy.example.org"},
    ],
)
async def test_a_page_of_this_server_may(fields: dict[str, str]) -> None:
    """It says that it is one, as browsers do."""
    async with asking() as asker:
        await asker.sign_up("ann")
        await asker.log_in("ann")
        response = await asker.client.put("/api/v1/rooms/tea/membership", json={}, headers=fields)
        assert response.status_code == 200


async def test_no_other_page_may_read() -> None:
    """Nothing in an answer lets it."""
    async with asking() as asker:
        response = await asker.client.options("/api/v1/rooms", headers={"Origin": "https://evil.example.org"})
        assert response.status_code == 405
        assert not [name for name in response.headers if name.startswith("access-control-")]


# What is wrong


async def asked_badly(asker: Asker, body: bytes, kind: str = "application/json") -> tuple[int, str]:
    """Return status and code of what somebody says with such a body."""
    ann = await asker.sign_up("ann")
    await asker.told(ann, "PUT", f"{LOBBY}/membership", {})
    headers = {"Authorization": f"Bearer {ann}", "Content-Type": kind}
    response = await asker.client.post(f"/api/v1{LOBBY}/messages", content=body, headers=headers)
    assert response.headers["Content-Type"] == "application/problem+json"
    document = response.json()
    assert {"title", "status", "code", "detail"} == set(document)
    assert document["status"] == response.status_code
    return response.status_code, document["code"]


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (b"", (400, "bad_request")),
        (b"{", (400, "bad_request")),
        (b'{"text":"\xff"}', (400, "bad_request")),
        (b'{"x":' + b"[" * 100_000, (400, "bad_request")),
        (b"[]", (422, "bad_request")),
        (b"{}", (422, "empty")),
        (b'{"text":7}', (422, "bad_request")),
        (b'{"text":"hi","manner":"shout"}', (422, "bad_request")),
        (b'{"text":" "}', (422, "empty")),
        (b'{"text":"' + b"x" * 20_000 + b'"}', (413, "too_long")),
        (b'{"text":"' + b"x" * JSON_BYTES + b'"}', (413, "too_large")),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_is_wrong_with_a_body_is_told(body: bytes, answer: tuple[int, str]) -> None:
    """As a document, with the code of what is wrong."""
    async with asking() as asker:
        assert await asked_badly(asker, body) == answer


async def test_only_json_is_taken() -> None:
    """A form that a stranger's page could send is not."""
    async with asking() as asker:
        assert await asked_badly(asker, b'{"text":"hi"}', "text/plain") == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/rooms/tea/messages?limit=0", 422, "bad_request"),
        ("/rooms/lobby/messages?before=x", 422, "bad_request"),
        ("/search", 422, "bad_request"),
        ("/rooms/nowhere", 404, "no_such_room"),
        ("/rooms/lobby/messages", 403, "not_a_member"),
        ("/messages/99-99", 404, "no_such_message"),
        ("/messages/nonsense", 404, "no_such_message"),
        ("/people/nobody", 404, "unknown_person"),
        ("/nothing", 404, "not_found"),
    ],
)
async def test_what_is_wrong_with_a_question_is_told(path: str, status: int, code: str) -> None:
    """The status fits the code."""
    async with asking() as asker:
        response = await asker.call(await asker.sign_up("ann"), "GET", path)
        assert (response.status_code, response.json()["code"]) == (status, code)


async def test_every_refusal_has_a_status() -> None:
    """One that says what a program can do about it."""
    assert set(STATUSES) == set(get_args(RefusalCode))
    assert all(400 <= status < 500 or status in {503, 507} for status in STATUSES.values())


async def test_everybody_keeps_a_pace() -> None:
    """His own, whatever address he asks from; then he is told when to go on."""
    async with asking(limits=Limits(burst=3, commands_per_second=2)) as asker:
        ann, bob = await asker.sign_up("ann"), await asker.sign_up("bob")
        asker.peer = Peer("192.0.2.1:1", "192.0.2.1", is_encrypted=True)
        statuses = [(await asker.call(ann, "GET", "/rooms")).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        late = await asker.call(ann, "GET", "/rooms")
        assert (late.json()["code"], late.headers["Retry-After"]) == ("too_fast", "1")
        assert (await asker.call(bob, "GET", "/rooms")).status_code == 200
        asker.clock.advance(1)
        assert (await asker.call(ann, "GET", "/rooms")).status_code == 200


async def test_a_store_that_cannot_be_used_is_not_for_ever() -> None:
    """What could not be kept may be sent again."""
    async with asking() as asker:
        ann = await asker.sign_up("ann")
        await asker.told(ann, "PUT", f"{LOBBY}/membership", {})
        asker.store.fails = lambda method: method == "append"
        response = await asker.call(ann, "POST", f"{LOBBY}/messages", {"text": "hi"})
        assert (response.status_code, response.json()["code"]) == (503, "try_again")
        assert response.headers["Retry-After"]
        asker.store.fails = lambda _method: False
        await asker.told(ann, "POST", f"{LOBBY}/messages", {"text": "hi"})


# The description


async def test_the_description_tells_everything() -> None:
    """Every path and method that is answered, and nothing that refers to nothing."""
    async with asking() as asker:
        document = (await asker.client.get("/api/openapi.json")).json()
        page = (await asker.client.get("/api")).text
    assert document["openapi"] == "3.1.0"
    text = str(document)
    for name in document["components"]["schemas"]:
        assert f"#/components/schemas/{name}" in text
    for path, operations in document["paths"].items():
        assert path in page
        for operation in operations.values():
            assert operation["summary"]
            assert operation["responses"]["default"]
