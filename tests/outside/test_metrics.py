"""Metrics on a real server: figures that Prometheus can read, of what really happened."""

import re
from typing import Final

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import StartServer
from tests.outside.conftest import Connect

NAMES: Final = {
    "hubbub_build",
    "hubbub_closings",
    "hubbub_commit_records",
    "hubbub_commit_seconds",
    "hubbub_connections",
    "hubbub_deliveries",
    "hubbub_failed_commits",
    "hubbub_http_answers",
    "hubbub_loop_late_seconds",
    "hubbub_outbox_bytes",
    "hubbub_people",
    "hubbub_records",
    "hubbub_refusals",
    "hubbub_rooms",
}


def read(url: str) -> dict[tuple[str, str], float]:
    """Return every sample, by its name and the value of its one label."""
    answer = httpx.get(url)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    assert {family.name for family in families} >= NAMES
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in families
        for sample in family.samples
    }


def test_what_happens_is_counted(start_server: StartServer, connect: Connect) -> None:
    """People, what they say, what is refused, and who goes."""
    address = start_server("127.0.0.1:0").address()
    url = f"http://{address[0]}:{address[1]}/metrics"
    before = read(url)
    ann = connect(address)
    ann.send(b'{"type":"hello","name":"ann"}\n{"type":"say","id":1,"room":"#lobby","text":"hi"}\n')
    ann.send(b'{"type":"say","id":2,"room":"#nowhere","text":"hi"}\n')
    ann.hear(b'"id":2')
    during = read(url)
    assert during["hubbub_connections", "native"] == 1
    assert during["hubbub_people", ""] == before["hubbub_people", ""] + 1
    assert during["hubbub_records_total", ""] >= before["hubbub_records_total", ""] + 2
    assert during["hubbub_refusals_total", "no_such_room"] == 1
    ann.send(b'{"type":"hello"}\n')
    assert re.search(rb"process_resident_memory_bytes [0-9]", httpx.get(url).content)


def test_not_everybody_may_know(start_server: StartServer) -> None:
    """Who is not listed is told what would list him."""
    address = start_server("127.0.0.1:0", settings={"metrics": "192.0.2.0/24"}).address()
    answer = httpx.get(f"http://{address[0]}:{address[1]}/metrics")
    assert answer.status_code == httpx.codes.FORBIDDEN
    assert "metrics" in answer.text
