"""Nothing leaves this machine: pages are served without references to outside hosts, and may not reach any."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_outside_tag = re.compile(r"""<(?:meta|link)\b[^>]*=\s*["'](?:https?:)?//[^>]*>""", re.IGNORECASE)
_outside_script = re.compile(r"""<script\b[^>]*\bsrc\s*=\s*["'](?:https?:)?//[^>]*>\s*</script>""", re.IGNORECASE)
_inline_script = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_page_language = re.compile(r'(<html\b[^>]*?\blang=)"en"', re.IGNORECASE)

POLICY: Final = (
    "default-src 'self'",
    # Gradio makes functions of its own templates; of inline scripts only those of the page as served may run.
    "script-src 'self' 'unsafe-eval'{hashes}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


class OwnHostOnly:
    """Serves `app`, its HTML pages without outside references, everything under a policy that permits none.

    `language` is what the pages are written in; Gradio calls each of its own English.
    """

    def __init__(self, app: ASGIApp, language: str) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Response(send, self._language))


class _Response:
    """Passes a response on; holds an HTML one back until it is whole, because its headers depend on its scripts."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update({**HEADERS, "Content-Security-Policy": policy("")})
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        page = _page_language.sub(rf'\1"{self._language}"', without_outside(self._body.decode("utf-8")))
        body = page.encode("utf-8")
        headers = MutableHeaders(scope=start)
        headers["Content-Security-Policy"] = policy(page)
        if "content-length" in headers and self._body:
            headers["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def without_outside(page: str) -> str:
    """`page` without the tags that name or load something from another host."""
    return _outside_tag.sub("", _outside_script.sub("", page))


def policy(page: str) -> str:
    """The Content-Security-Policy of `page`: own files, and the inline scripts that stand in it."""
    scripts = [match[1].replace("\r\n", "\n") for match in _inline_script.finditer(page)]
    digests = [base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts]
    hashes = "".join(f" 'sha256-{digest}'" for digest in dict.fromkeys(digests))
    return "; ".join(POLICY).replace("{hashes}", hashes)
