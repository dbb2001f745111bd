"""Pictures, each looked at in a process of its own, so that none of them can take the server with it."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import structlog

from hubbub.service.pictures import Refined
from hubbub.wire.pictures.stripping import BEGINNING_BYTES, kind_of

AT_ONCE: Final = 2
"""Pictures that are looked at at the same time: each may take a processor and a lot of memory."""

PATIENCE_SECONDS: Final = 30.0
"""How long one may take, whatever it does; more than the processor's time that it has."""

ANSWER_BYTES: Final = 4_096
"""Most that is read of its answer, which has a hundred."""

log = structlog.get_logger(__name__)


class _Answer(msgspec.Struct, frozen=True):
    """What the worker prints; nothing but this is believed, and the paths are ours."""

    media_type: str = ""
    width: int = 0
    height: int = 0
    is_turned: bool = False
    has_thumbnail: bool = False


_decoder: Final = msgspec.json.Decoder(_Answer)


class PictureProcesses:
    """Starts the worker for each picture: a tenth of a second's work, and nothing is left of it."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._patience_seconds = patience_seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def refine(self, source: Path) -> Refined | None:
        """Look at a file."""
        if await asyncio.to_thread(_kind_of, source) is None:
            return None
        async with self._turns:
            answer = await self._ask(source)
        clean = source.with_suffix(".turned" if answer.is_turned else ".clean")
        thumbnail = source.with_suffix(".thumbnail") if answer.has_thumbnail else None
        has_clean = await asyncio.to_thread(clean.exists)
        return Refined(answer.media_type, answer.width, answer.height, clean if has_clean else None, thumbnail)

    async def _ask(self, source: Path) -> _Answer:
        # What is found by the server is found by the worker; nothing else of its surroundings is.
        surroundings = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath}
        arguments = ("-P", "-s", "-m", "hubbub.stores.pictures.worker", str(source))
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=surroundings, limit=ANSWER_BYTES
        )
        try:
            async with asyncio.timeout(self._patience_seconds):
                said, _ = await process.communicate()
        except TimeoutError:
            log.info("picture.too_slow")
            return _Answer()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        try:
            return _decoder.decode(said)
        except msgspec.DecodeError:
            log.info("picture.failed", code=process.returncode)
            return _Answer()


def _kind_of(source: Path) -> str | None:
    with source.open("rb") as opened:
        return kind_of(opened.read(BEGINNING_BYTES))
