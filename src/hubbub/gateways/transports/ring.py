"""Many sockets at the price of one call: Linux's io_uring, where there is one (io_uring(7), io_uring_enter(2)).

A call into the system is a good part of what a delivery costs. A ring is memory that is shared with the kernel: what is
to be done is written there, an entry a socket, and one call has all of it done. Nothing here may wait, so each entry is
carried out within that call: the bytes that are sent need to live no longer, and no socket becomes another meanwhile.
(MSG_DONTWAIT is what forbids waiting; that a socket does not block is not enough.)
"""

import ctypes
import mmap
import os
import socket
import struct
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

SETUP: Final = 425
ENTER: Final = 426
"""Numbers of system calls; what came since Linux 5.1 has the same one on nearly all machines."""

SUBMIT_ALL: Final = 1 << 7
"""IORING_SETUP_SUBMIT_ALL, since Linux 5.18: an entry that cannot be prepared does not stop those after it."""

FEATURES: Final = 1 << 0 | 1 << 11
"""IORING_FEAT_SINGLE_MMAP and IORING_FEAT_CQE_SKIP, both older than that."""

PARAMS: Final = 30
FLAGS, FOUND_FEATURES = 2, 5
HEAD, TAIL, ITEMS = 10, 11, 16
COMPLETED_HEAD, COMPLETED_TAIL, COMPLETED = 20, 21, 25
"""struct io_uring_params as numbers of 32 bits: how many there are; what is asked for and what was found; and which of
them say at which byte of the memory a head, a tail and the items between them are, of entries and of completions."""

ENTRIES_OFFSET: Final = 0x10000000
"""IORING_OFF_SQES: where the entries are mapped; all else at 0."""

OP_SEND: Final = 26
SKIP_SUCCESS: Final = 1 << 6
"""IORING_OP_SEND, and IOSQE_CQE_SKIP_SUCCESS: nothing is told of what succeeds."""

SEND_FLAGS: Final = 0x40 | 0x100 | 0x4000
"""MSG_DONTWAIT, MSG_WAITALL and MSG_NOSIGNAL: at once or not at all, and to take only a part is no success."""

ENTRY: Final = struct.Struct("=BB14xQIIQ24x")
"""struct io_uring_sqe: the operation, its flags, (priority, socket, offset,) the address, the length, the flags of
send(2), what it is called when something is told of it, and 24 bytes of no use here."""

FILE_PLACE, ADDRESS_PLACE, LENGTH_PLACE = slice(1, None, 16), slice(2, None, 8), slice(6, None, 16)
"""Where the sockets, addresses and lengths of all entries are, in numbers of 32, 64 and 32 bits."""

COMPLETION: Final = struct.Struct("=QiI")
"""struct io_uring_cqe: what the entry is called, the result, flags."""

NAME_PLACE, RESULT_PLACE = slice(None, None, 2), slice(2, None, 4)
"""Where the names and results of all completions are, in numbers of 64 and 32 bits."""

ENTRIES: Final = 512
"""Sockets a call: 32 KiB of entries, and a millisecond or two in which the loop does nothing else."""

COMPLETIONS: Final = 2 * ENTRIES
"""As many as the kernel makes room for by itself."""

TRIAL: Final = bytes(1 << 20)
"""More than any socket takes that nobody reads."""

WRAP: Final = 1 << 32
"""Heads and tails count on and on, in 32 bits."""


class Ring:
    """Sends the same bytes to many sockets. Only one thread may use it at a time."""

    __slots__ = (
        "_addresses",
        "_completed",
        "_counts",
        "_file",
        "_files",
        "_head",
        "_lengths",
        "_places",
        "_results",
        "_syscall",
        "_tail",
    )

    def __init__(self) -> None:
        """Have one made. Raises `OSError` where there is none, or none for us; `docs/decisions/one-call.md`."""
        if sys.platform != "linux":
            raise OSError("io_uring is Linux's")
        try:
            self._syscall = ctypes.CDLL(None, use_errno=True).syscall
        except AttributeError as error:
            raise OSError("this C library has no syscall(2)") from error
        params = (ctypes.c_uint32 * PARAMS)()
        params[FLAGS] = SUBMIT_ALL
        self._file: int = self._syscall(SETUP, ENTRIES, params)
        if self._file < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        try:
            self._lay_out(list(params))
        except OSError:
            self.close()
            raise

    def _lay_out(self, params: list[int]) -> None:
        """Find out where what is, and write what all entries have in common."""
        if params[FOUND_FEATURES] & FEATURES != FEATURES:
            raise OSError("this io_uring is too old")
        first_item, first_completed = params[ITEMS], params[COMPLETED]
        end_items, end_completed = first_item + 4 * ENTRIES, first_completed + COMPLETION.size * COMPLETIONS
        rings = memoryview(mmap.mmap(self._file, max(end_items, end_completed)))
        entries = memoryview(mmap.mmap(self._file, ENTRY.size * ENTRIES, offset=ENTRIES_OFFSET))
        for place in range(ENTRIES):
            ENTRY.pack_into(entries, ENTRY.size * place, OP_SEND, SKIP_SUCCESS, 0, 0, SEND_FLAGS, place)
        self._files = entries.cast("i")[FILE_PLACE]
        self._addresses = entries.cast("Q")[ADDRESS_PLACE]
        self._lengths = entries.cast("I")[LENGTH_PLACE]
        rings[first_item:end_items] = array("I", range(ENTRIES)).tobytes()
        completed = rings[first_completed:end_completed]
        self._places, self._results = completed.cast("Q")[NAME_PLACE], completed.cast("i")[RESULT_PLACE]
        self._counts = rings[: len(rings) // 4 * 4].cast("I")
        self._head, self._tail = params[HEAD] // 4, params[TAIL] // 4
        self._completed = params[COMPLETED_HEAD] // 4, params[COMPLETED_TAIL] // 4

    def fileno(self) -> int:
        """Return the number of its file, or -1 where it was given back."""
        return self._file

    def close(self) -> None:
        """Give it back; its memory goes when nobody has this any more. What is sent from then on is taken by nobody."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def send(self, files: Sequence[int], data: bytes) -> list[tuple[int, int]]:
        """Send the bytes to each of these sockets, and return those that did not take all: which, and how many it took.

        What has become of a socket is not told: whoever took nothing is to be written to alone.
        """
        numbers, done, unsent = memoryview(array("i", files)), 0, list[tuple[int, int]]()
        address = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
        while done < len(numbers):
            # No call goes over the end of the entries: then those of one are those after another.
            first = self._counts[self._head] % ENTRIES
            count = min(len(numbers) - done, ENTRIES - first)
            entries = slice(first, first + count)
            self._files[entries] = numbers[done : done + count]
            self._addresses[entries] = array("Q", [address]) * count
            self._lengths[entries] = array("I", [len(data)]) * count
            submitted = self._submit(count)
            unsent += [(done + place - first, sent) for place, sent in self._complete()]
            unsent += [(place, 0) for place in range(done + submitted, done + count)]
            done += count
        return unsent

    def _submit(self, count: int) -> int:
        """Have the next entries carried out, and return how many of them the kernel has taken.

        They begin where the kernel has got to: what it left, for want of memory, is not sent with what comes next.
        """
        # Where an earlier volley was broken off, what was told of it would be taken for the fate of other sockets.
        head_place, tail_place = self._completed
        self._counts[head_place] = self._counts[tail_place]
        self._counts[self._tail] = (self._counts[self._head] + count) % WRAP
        submitted: int = self._syscall(ENTER, self._file, count, 0, 0, None, 0)
        return max(0, submitted)

    def _complete(self) -> list[tuple[int, int]]:
        """Return of which entries something was told, and how many bytes were sent."""
        head_place, tail_place = self._completed
        head, tail = self._counts[head_place], self._counts[tail_place]
        if head == tail:
            return []
        told = [place % COMPLETIONS for place in range(head, tail if tail > head else tail + WRAP)]
        self._counts[head_place] = tail
        return [(self._places[place], max(0, self._results[place])) for place in told]


def open_ring() -> Ring | None:
    """Return a ring, or None where the system has none that is new enough, or none for us."""
    try:
        ring = Ring()
    except OSError:
        return None
    try:
        is_sound = _tells_parts(ring)
    except OSError:
        is_sound = False
    if not is_sound:
        ring.close()
        return None
    return ring


def _tells_parts(ring: Ring) -> bool:
    """Return whether it says how much of too much was sent: Linux 5.19 said that nothing was (mended in 6.1)."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        told = ring.send([ours.fileno()], TRIAL)
        received = 0
        with suppress(BlockingIOError):
            while data := theirs.recv(len(TRIAL), socket.MSG_DONTWAIT):
                received += len(data)
    return 0 < received < len(TRIAL) and told == [(0, received)]
