"""One process for the API and the chat: the API first, the chat at `/` behind it, nothing from outside hosts."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from qa_assistant.api import create_api
from qa_assistant.assistant import Assistant
from qa_assistant.errors import InputError
from qa_assistant.ui import create_chat, mount_chat
from qa_assistant.ui.labels import ZH
from qa_assistant.ui.policy import OwnHostOnly


@dataclass(frozen=True)
class Service:
    """A server whose port is taken: requests wait there until `run`. `address` is where it is, `/` at its end."""

    address: str
    _server: uvicorn.Server
    _socket: socket.socket

    def run(self) -> None:
        """Answer requests until `stop`, or until the process is told to end."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Make `run` return after the requests at hand; may be called from another thread."""
        self._server.should_exit = True


def create_app(assistant: Assistant) -> FastAPI:
    """The API and the chat of `assistant` as one application."""
    app = create_api(assistant)
    app.add_middleware(OwnHostOnly, language=ZH.code)

    async def add_chat() -> None:
        mount_chat(app, create_chat(assistant))

    _run(add_chat())
    return app


def open_service(assistant: Assistant, host: str, port: int) -> Service:
    """The service of `assistant` on a port of its own, a free one where `port` is 0.

    Raises `InputError` where that address cannot be had.
    """
    listening = _listen(host, port)
    config = uvicorn.Config(
        create_app(assistant),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        ws="none",
    )
    assistant.retrieve("预热 warm", 1)  # Loads word lists, which the first question would have to wait for.
    name = f"[{host}]" if ":" in host else host
    return Service(f"http://{name}:{listening.getsockname()[1]}/", uvicorn.Server(config), listening)


def serve(assistant: Assistant, host: str, port: int, started: Callable[[str], None] = lambda address: None) -> None:
    """Serve API and chat until the process is told to end; `started` is given the address of the chat.

    Prints nothing. Raises `InputError` where `host` and `port` cannot be had.
    """
    service = open_service(assistant, host, port)
    started(service.address)
    service.run()


def _run(task: Coroutine[None, None, None]) -> None:
    """Run `task`, which waits for nothing, inside an event loop: Gradio makes and loses loops where none runs."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(task)
    else:
        with suppress(StopIteration):
            task.send(None)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        problem = error.strerror or str(error)
        raise InputError(
            f"cannot listen on {host}, port {port} ({problem}); choose others with --host and --port"
        ) from error
