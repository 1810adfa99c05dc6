"""The HTTP API: the same answers as in Python, and every error as problem+json."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fastapi.testclient import TestClient

from qa_assistant.api import create_api
from qa_assistant.assistant import Assistant
from qa_assistant.errors import InputError
from qa_assistant.server import create_app, serve
from qa_assistant.wire import AnswerBody, DocumentBody, FactsBody, RetrieveBody, answer_body

ZH = "威海馆是哪一年在仁川建成的？"
EN = "How many sister-city pairs do China and South Korea have?"


@pytest.fixture(scope="module")
def client(assistant):
    """The whole application, chat included: the chat must not answer for the API."""
    return TestClient(create_app(assistant), raise_server_exceptions=False)


def test_health_names_the_index(server, assistant):
    response = httpx.get(f"{server}healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "index_id": assistant.index.index_id,
        "documents": len(assistant.index.documents),
        "passages": len(assistant.index.passages),
    }


@pytest.mark.parametrize("question", [ZH, EN])
def test_an_answer_over_the_wire_is_the_answer_in_python(server, assistant, question):
    response = httpx.post(f"{server}api/v1/ask", json={"id": "q1", "question": question})

    assert response.status_code == 200
    assert AnswerBody.model_validate(response.json()) == answer_body(assistant.ask(question), "q1")


@pytest.mark.parametrize("question", [ZH, EN])
def test_every_quote_over_the_wire_stands_in_the_document_of_that_address(server, question):
    answer = AnswerBody.model_validate(httpx.post(f"{server}api/v1/ask", json={"question": question}).json())

    assert answer.citations
    for citation in answer.citations:
        document = DocumentBody.model_validate(httpx.get(f"{server}api/v1/documents/{citation.doc_id}").json())
        assert document.text[citation.start : citation.end] == citation.quote
        assert answer.kind == "fact" or citation.quote in answer.text


def test_history_goes_with_a_question(client, assistant):
    question, history = "那仁川呢？", ["威海在仁川设立了什么机构？"]

    body = client.post("/api/v1/ask", json={"question": question, "history": history}).json()

    assert AnswerBody.model_validate(body) == answer_body(assistant.ask(question, history))
    assert body != client.post("/api/v1/ask", json={"question": question}).json()


@pytest.mark.parametrize("question", ["", "长" * 10_000, "long " * 2_000])
def test_a_question_that_cannot_be_asked_gets_an_answer_that_says_so(client, question):
    response = client.post("/api/v1/ask", json={"question": question})

    assert response.status_code == 200
    assert response.json()["kind"] == "no_answer"
    assert response.json()["text"]


@pytest.mark.parametrize("query", ["友好城市", "sister cities"])
def test_retrieve_gives_passages_best_first(client, assistant, query):
    body = RetrieveBody.model_validate(client.post("/api/v1/retrieve", json={"query": query, "k": 3}).json())

    assert [hit.passage_id for hit in body.hits] == [hit.passage.passage_id for hit in assistant.retrieve(query, 3)]
    assert [hit.rank for hit in body.hits] == [1, 2, 3]
    for hit in body.hits:
        assert assistant.document(hit.doc_id).text[hit.start : hit.end] == hit.text


def test_documents_are_listed_by_id(client, assistant):
    listed = client.get("/api/v1/documents").json()

    assert [one["doc_id"] for one in listed] == sorted(assistant.index.documents)
    for one in listed:
        document = assistant.document(one["doc_id"])
        assert (one["title"], one["source"], one["characters"]) == (
            document.title,
            document.source,
            len(document.text),
        )


def test_a_document_in_a_folder_is_found_by_an_id_with_slashes(assistant_of):
    text = "渔港管理办法\n\n渔港码头的泊位费为每日三百元，由港务局收取。\n"
    client = TestClient(create_api(assistant_of({"市/2024/渔港.txt": text})))

    (listed,) = client.get("/api/v1/documents").json()

    assert "/" in listed["doc_id"]
    assert "三百元" in client.get(f"/api/v1/documents/{listed['doc_id']}").json()["text"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "said"),
    [
        ("GET", "/api/v1/documents/nothing/here", {}, 404, "nothing/here"),
        ("GET", "/api/v1/nothing", {}, 404, "/api/v1/nothing"),
        ("GET", "/api/v1/ask", {}, 405, "POST"),
        ("POST", "/healthz", {}, 405, "GET"),
        ("DELETE", "/api/v1/documents/nothing", {}, 405, "GET"),
        ("POST", "/api/v1/ask", {"json": {}}, 422, "question"),
        ("POST", "/api/v1/ask", {"json": {"question": "a", "colour": 1}}, 422, "colour"),
        ("POST", "/api/v1/ask", {"json": {"question": ["a"]}}, 422, "question"),
        ("POST", "/api/v1/ask", {"json": [1]}, 422, "body"),
        ("POST", "/api/v1/retrieve", {"json": {"query": "a", "k": 0}}, 422, "k"),
        ("POST", "/api/v1/retrieve", {"json": {"query": "a", "k": 101}}, 422, "k"),
        ("POST", "/api/v1/ask", {"content": b"{no json"}, 400, "JSON"),
        ("POST", "/api/v1/ask", {"content": b"\xff\xfe{"}, 400, "body"),
        ("POST", "/api/v1/ask", {"content": b'{"question": "\\ud800"}'}, 422, "question"),
    ],
)
def test_an_error_is_a_problem_that_says_what_is_wrong(client, method, path, sent, status, said):
    response = client.request(method, path, headers={"content-type": "application/json"}, **sent)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert said in problem["detail"]
    assert ("allow" in response.headers) == (status == 405)


def test_a_failure_of_our_own_tells_callers_nothing_of_the_inside(assistant):
    class Broken(Assistant):
        def ask(self, question, history=()):
            raise RuntimeError("a secret of the inside")

    client = TestClient(create_app(Broken(assistant.index)), raise_server_exceptions=False)

    response = client.post("/api/v1/ask", json={"question": "a"})

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["title"] == "Internal Server Error"
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_many_may_ask_at_once(server, assistant):
    questions = [ZH, EN] * 12

    with ThreadPoolExecutor(8) as pool:
        texts = list(
            pool.map(lambda one: httpx.post(f"{server}api/v1/ask", json={"question": one}).json()["text"], questions)
        )

    assert texts == [assistant.ask(question).text for question in questions]


def test_facts_come_in_pages_that_make_the_whole(client, assistant):
    pages = [client.get("/api/v1/facts", params={"limit": 500, "offset": offset}).json() for offset in (0, 500, 1000)]
    listed = [FactsBody.model_validate(page) for page in pages]

    everything = [fact for _, fact in assistant.facts()]
    assert [one.fact_id for page in listed for one in page.facts] == [fact.fact_id for fact in everything][:1500]
    assert {page.total for page in listed} == {len(everything)}
    assert {page.index_id for page in listed} == {assistant.index.index_id}


def test_facts_can_be_asked_for_by_subject_predicate_and_document(client):
    def found(**chosen):
        return FactsBody.model_validate(client.get("/api/v1/facts", params=chosen).json())

    events = found(subject="仁川·威海馆", predicate="活动数")

    assert [(fact.value, fact.approximate) for fact in events.facts] == [(320, "余"), (380, None)]
    assert events.total == 2
    assert found(subject="仁川·威海馆", predicate="活动数", doc_id="003_5d937874240037c9").facts == []
    assert {fact.doc_id for fact in found(doc_id="000_4577295f12020777", limit=1000).facts} == {"000_4577295f12020777"}
    assert {fact.relation for fact in found(subject="釜山市", predicate="中国伙伴").facts} == {
        "003_5d937874240037c9:ties"
    }
    assert found(subject="' OR 1 --").total == 0


@pytest.mark.parametrize("chosen", [{"limit": 0}, {"limit": 1001}, {"offset": -1}, {"offset": 10**30}])
def test_pages_of_facts_have_bounds(client, chosen):
    response = client.get("/api/v1/facts", params=chosen)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_the_documentation_names_what_there_is_and_takes_nothing_from_elsewhere(client):
    paths = client.get("/openapi.json").json()["paths"]
    page = client.get("/docs").text

    assert set(paths) == {
        "/api/v1/ask",
        "/api/v1/retrieve",
        "/api/v1/facts",
        "/api/v1/documents",
        "/api/v1/documents/{doc_id}",
        "/healthz",
    }
    assert "//" not in page.replace("<!-- `SwaggerUIBundle` is now available on the page -->", "").replace(
        "window.location.origin", ""
    ), "no address of another host, no comment"


def test_a_port_in_use_is_one_clear_line(assistant):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"port {port} .*--port"):
            serve(assistant, "127.0.0.1", port)


def test_serving_prints_nothing(seeds_index):
    """Neither at the start nor for a question, an error or the end."""
    program = f"""
import threading, httpx
from qa_assistant.assistant import Assistant
from qa_assistant.server import open_service
service = open_service(Assistant.open({str(seeds_index)!r}), "127.0.0.1", 0)
thread = threading.Thread(target=service.run)
thread.start()
assert httpx.get(service.address).status_code == 200
assert httpx.get(service.address + "api/v1/nothing").status_code == 404
service.stop()
thread.join()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
