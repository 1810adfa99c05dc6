"""HTTP: the assistant under `/api/v1`, its documentation at `/docs`, every error as problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from importlib.metadata import version
from itertools import islice
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.routing import Match

from qa_assistant.assistant import Assistant
from qa_assistant.errors import InputError, QaAssistantError, UnknownDocument
from qa_assistant.records import Language
from qa_assistant.requests import AskedText, AskRequest, RetrieveRequest
from qa_assistant.wire import (
    AnswerBody,
    Body,
    DocumentBody,
    FactsBody,
    RetrieveBody,
    answer_body,
    document_body,
    listed_fact_body,
    retrieve_body,
)

PROBLEM: Final = "application/problem+json"
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
DESCRIPTION: Final = """\
Questions over the indexed sources. Every statement of an answer carries a quote:
`quote` is `text[start:end]` of the document, counted in Unicode code points.
A question the sources do not answer gets an answer of kind `no_answer`, not an error.
"""

logger = logging.getLogger(__name__)


class Problem(Body):
    """What went wrong with a request (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Health(Body):
    """That the service answers, and from which index."""

    status: Literal["ok"] = "ok"
    index_id: str
    documents: int
    passages: int


class DocumentSummary(Body):
    """A document without its text; `characters` is the length of that."""

    doc_id: str
    title: str
    source: str
    language: Language
    characters: int


PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    "default": {"description": "Problem", "content": {PROBLEM: {"schema": Problem.model_json_schema()}}}
}


def create_api(assistant: Assistant) -> FastAPI:
    """The HTTP API of `assistant`; its documentation page takes nothing from outside hosts."""
    api = FastAPIOffline(
        redoc_url=None,
        title="qa-assistant",
        version=version("qa-assistant"),
        description=DESCRIPTION,
        # Swagger UI would otherwise ask a validator on the internet about the schema.
        swagger_ui_parameters={"validatorUrl": None},
        responses=PROBLEMS,
    )
    api.include_router(_answers(assistant), prefix="/api/v1")
    api.include_router(_facts(assistant), prefix="/api/v1")
    api.include_router(_documents(assistant), prefix="/api/v1")
    api.include_router(_health(assistant))
    _speak_problems(api)
    return api


def _answers(assistant: Assistant) -> APIRouter:
    router = APIRouter(tags=["answers"])

    @router.post("/ask")
    def ask(request: AskRequest) -> AnswerBody:
        """The answer to a question, with numbered quotes."""
        return answer_body(assistant.ask(request.question, request.history), request.id)

    @router.post("/retrieve")
    def retrieve(request: RetrieveRequest) -> RetrieveBody:
        """The passages that fit a query, best first."""
        hits = assistant.retrieve(request.query, request.k)
        return retrieve_body(request.query, hits, assistant.index.documents, assistant.index.index_id)

    return router


def _facts(assistant: Assistant) -> APIRouter:
    router = APIRouter(tags=["facts"])

    @router.get("/facts")
    def list_facts(
        doc_id: AskedText | None = None,
        subject: AskedText | None = None,
        predicate: AskedText | None = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> FactsBody:
        """The facts of a document, of a subject, of a predicate, or all, with their quotes."""
        found = islice(assistant.facts(doc_id, subject, predicate), offset, offset + limit)
        return FactsBody(
            total=assistant.index.facts.count(doc_id, subject, predicate),
            offset=offset,
            facts=[listed_fact_body(relation, fact) for relation, fact in found],
            index_id=assistant.index.index_id,
        )

    return router


def _documents(assistant: Assistant) -> APIRouter:
    router = APIRouter(tags=["documents"])

    @router.get("/documents")
    def list_documents() -> list[DocumentSummary]:
        """All documents of the index, by id."""
        return [
            DocumentSummary(
                doc_id=document.doc_id,
                title=document.title,
                source=document.source,
                language=document.language,
                characters=len(document.text),
            )
            for _, document in sorted(assistant.index.documents.items())
        ]

    @router.get("/documents/{doc_id:path}")
    def read_document(doc_id: str) -> DocumentBody:
        """One document with its text, the text that quotes point into."""
        return document_body(assistant.document(doc_id))

    return router


def _health(assistant: Assistant) -> APIRouter:
    router = APIRouter(tags=["service"])

    @router.get("/healthz")
    def healthz() -> Health:
        """That the service answers, and from which index."""
        index = assistant.index
        return Health(index_id=index.index_id, documents=len(index.documents), passages=len(index.passages))

    return router


def _speak_problems(api: FastAPI) -> None:
    """Give every error of `api` as problem+json, those of unknown addresses and methods included."""

    async def refuse(request: Request) -> None:
        allowed = _allowed_methods(request)
        if not allowed:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"nothing at {request.url.path}; see /docs for what there is")
        raise HTTPException(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"{request.url.path} takes {', '.join(allowed)}, not {request.method}",
            {"Allow": ", ".join(allowed)},
        )

    # Another application that is mounted behind the API must not answer for the API's own addresses.
    for path in ("/api/{rest:path}", "/healthz", "/docs", "/openapi.json"):
        api.add_api_route(path, refuse, methods=list(METHODS), include_in_schema=False, response_model=None)
    api.add_exception_handler(AnyHTTPException, _http_problem)
    api.add_exception_handler(RequestValidationError, _validation_problem)
    api.add_exception_handler(QaAssistantError, _own_problem)
    api.add_exception_handler(Exception, _unexpected_problem)


def _allowed_methods(request: Request) -> list[str]:
    allowed: set[str] = set()
    for method in METHODS:
        scope = {**request.scope, "method": method}
        for route in request.app.router.routes:
            if getattr(route, "endpoint", None) is request.scope["endpoint"]:
                break  # The routes before the one that refuses are the API's.
            if route.matches(dict(scope))[0] is Match.FULL:
                allowed.add(method)
    return sorted(allowed)


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(problem.model_dump(), status, headers, media_type=PROBLEM)


async def _http_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AnyHTTPException)  # noqa: S101 - what it is registered for
    return _problem(error.status_code, error.detail, dict(error.headers or {}))


async def _validation_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return _problem(HTTPStatus.BAD_REQUEST, f"the body is not JSON: {_reasons(problems)}")
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, _reasons(problems))


def _reasons(problems: Sequence[Any]) -> str:
    """Where each problem is and what it is; the offending value itself is not repeated."""
    return "; ".join(
        f"{'.'.join(map(str, problem['loc']))}: {problem.get('ctx', {}).get('error') or problem['msg']}"
        for problem in problems
    )


async def _own_problem(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, UnknownDocument):
        return _problem(HTTPStatus.NOT_FOUND, str(error))
    if isinstance(error, InputError):
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))


async def _unexpected_problem(request: Request, error: Exception) -> JSONResponse:
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the service failed; its log says why")
