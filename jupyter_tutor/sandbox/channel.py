"""The line between the worker and a jailed process: a pair of connected sockets, one JSON text a line each way."""

import asyncio
import os
import socket
import struct
from contextlib import suppress

from jupyter_tutor.grading.boundary.wire import MAX_BYTES

_CREDENTIALS = struct.Struct("iII")
NAME = "TUTOR_CHANNEL"
"""The environment variable that tells a program which of its descriptors is the channel."""


class Channel:
    """This side of a pair; `far` is the other one, for the process that is to have it."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        if hasattr(socket, "SO_PASSCRED"):
            self.near.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)  # before anything is sent
        self.lines: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def hello(self, seconds: float) -> int:
        """Wait for the first word of the other side. Its process number as this side sees it: the system says so.

        Raises TimeoutError, or EOFError when there is nobody, with the word of who says why there is nobody.
        """
        self.far.close()
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.near, ready.set)
        try:
            await asyncio.wait_for(ready.wait(), seconds)
        finally:
            loop.remove_reader(self.near)
        text, extra, _, _ = self.near.recvmsg(256, socket.CMSG_SPACE(_CREDENTIALS.size))
        if not text.startswith(b"ready "):
            raise EOFError(text.decode(errors="replace").strip())
        self.lines, self.writer = await asyncio.open_connection(sock=self.near, limit=2 * MAX_BYTES)
        for _, _, data in extra:
            return int(_CREDENTIALS.unpack(data[: _CREDENTIALS.size])[0])
        return int(text.split()[1])

    async def send(self, text: str) -> None:
        """One line; nobody may be there any more."""
        assert self.writer is not None
        with suppress(ConnectionError):
            self.writer.write(text.encode("ascii") + b"\n")
            await self.writer.drain()

    async def receive(self) -> str:
        """The next line. Raises EOFError when there is none, or one that is too long."""
        assert self.lines is not None
        try:
            line = await self.lines.readline()
        except (ValueError, ConnectionError):
            raise EOFError from None
        if not line.endswith(b"\n"):
            raise EOFError
        return line.decode("ascii", "replace")

    def close(self) -> None:
        self.far.close()
        if self.writer is not None:
            self.writer.close()
        else:
            self.near.close()

    def inherited(self) -> dict[str, str]:
        """The environment of a program that gets `far` by inheritance."""
        os.set_inheritable(self.far.fileno(), True)
        return {NAME: str(self.far.fileno())}
