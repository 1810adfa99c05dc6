"""The chat in a real browser: quotes on the page, nothing sent elsewhere, nothing run that a text contains."""

import os
import re
import shutil

import httpx
import pytest
from conftest import serving
from playwright.sync_api import sync_playwright

from qa_assistant.ui.policy import policy, without_outside

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LEFT_OUT = (
    "no browser found: the tests of the chat page in a real browser are left out;"
    " to run them: apt-get install chromium fonts-noto-cjk"
)
ZH = "威海馆是哪一年在仁川建成的？"
EN = "How many sister-city pairs do China and South Korea have?"
NOT_IN_THE_SOURCES = "红烧肉怎么做才好吃？"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        if "CI" in os.environ:
            pytest.fail(LEFT_OUT)
        pytest.skip(LEFT_OUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


class Chat:
    """The chat page as a person sees and uses it; keeps what the page requested and what went wrong in it."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.requests = []
        self.wrong = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: message.type == "error" and self.wrong.append(message.text))
        page.expose_function("reportViolation", lambda line: self.wrong.append(line))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', event =>"
            " reportViolation(`${event.violatedDirective} ${event.blockedURI}`))"
        )
        self.open("")

    def open(self, path):
        self.page.goto(self.address + path)

    def ask(self, question):
        """Type a question, press Enter, wait for its answer; the answer's text."""
        turns = self.page.locator(".turn").count()
        self.page.locator("textarea").fill(question)
        self.page.locator("textarea").press("Enter")
        self.page.locator(".turn").nth(turns).wait_for()
        return self.answer()

    def answer(self):
        return self.page.locator(".turn .answer").last.inner_text()

    def quotes(self):
        return self.page.locator(".card blockquote").all_inner_texts()

    def cards(self):
        return self.page.locator(".card").all_inner_texts()

    def requests_to_others(self):
        assert self.requests
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]

    def beyond_the_edges(self):
        """Class names of what reaches over the window's sides; Gradio cuts that off instead of letting it scroll."""
        return self.page.evaluate("""
            () => [...document.querySelectorAll(".gradio-container *")]
                .map(element => [element, element.getBoundingClientRect()])
                .filter(([, box]) => box.width > 1 && box.height > 1 && (box.left < -1 || box.right > innerWidth + 1))
                .map(([element]) => element.tagName + "." + element.getAttribute("class"))
        """)

    def width(self):
        return self.page.evaluate("document.documentElement.scrollWidth")


@pytest.fixture
def open_chat(browser):
    """Opens the chat at an address; nothing may go wrong on the page or be asked of another host by the end."""
    opened = []

    def open_at(address, width=1280, height=800):
        context = browser.new_context(viewport={"width": width, "height": height})
        chat = Chat(context.new_page(), address)
        opened.append((context, chat))
        return chat

    yield open_at
    for context, chat in opened:
        context.close()
        assert chat.requests_to_others() == []
        assert chat.wrong == []


@pytest.fixture
def chat(open_chat, server):
    return open_chat(server)


@pytest.mark.parametrize("question", [ZH, EN])
def test_a_question_typed_into_the_page_is_answered_with_verbatim_quotes_beside_it(chat, assistant, question):
    chat.ask(question)

    expected = assistant.ask(question).citations
    quotes = chat.quotes()
    assert quotes == [citation.quote.text for citation in expected]
    for quote, citation in zip(quotes, expected, strict=True):
        assert quote in assistant.document(citation.quote.doc_id).text
        assert assistant.ask(question).kind == "fact" or quote in chat.answer()


@pytest.mark.parametrize("question", [ZH, EN])
def test_a_card_says_where_its_quote_stands(chat, assistant, question):
    chat.ask(question)

    for citation, card in zip(assistant.ask(question).citations, chat.cards(), strict=True):
        sections = [heading for heading in citation.heading if heading != citation.title]
        for said in (str(citation.number), citation.title, citation.source, *sections):
            assert said in card
        assert citation.page is None or re.search(rf"(页码|Page)\s+{citation.page}\b", card)


def test_quotes_stand_beside_the_answer_on_a_desktop_and_below_it_on_a_phone(open_chat, server):
    for width, beside in ((1280, True), (390, False)):
        chat = open_chat(server, width=width)
        chat.ask(ZH)
        answer = chat.page.locator(".turn .answer").bounding_box()
        card = chat.page.locator(".card").first.bounding_box()
        assert (card["x"] >= answer["x"] + answer["width"]) == beside
        assert (card["y"] >= answer["y"] + answer["height"]) != beside


def test_no_answer_shows_no_card(chat, assistant):
    chat.ask(ZH)
    assert chat.cards()

    said = chat.ask(NOT_IN_THE_SOURCES)

    assert said == assistant.ask(NOT_IN_THE_SOURCES).text.replace("\n", "\n\n")  # A line is a paragraph.
    assert assistant.ask(NOT_IN_THE_SOURCES).kind == "no_answer"
    assert chat.cards() == []


def test_an_empty_question_and_an_endless_one_are_answered_too(chat):
    assert "空" in chat.ask(" ") or "empty" in chat.answer()
    assert "10000" in chat.ask("长" * 10_000)
    assert chat.width() <= 1280


def test_the_questions_before_go_with_a_question(chat, assistant):
    before, question = "威海在仁川设立了什么机构？", "那仁川呢？"
    chat.ask(before)
    chat.ask(question)

    assert chat.quotes() == [citation.quote.text for citation in assistant.ask(question, [before]).citations]
    assert chat.quotes() != [citation.quote.text for citation in assistant.ask(question).citations]


def test_an_example_is_asked_by_a_click_and_a_new_conversation_begins_empty(chat, assistant):
    example = chat.page.locator("button.example").first
    question = example.inner_text()
    example.click()
    chat.page.locator(".turn").wait_for()
    assert chat.quotes() == [citation.quote.text for citation in assistant.ask(question).citations]

    chat.page.locator("button.new").click()
    example.wait_for()

    assert chat.page.locator(".turn").count() == 0
    assert chat.cards() == []


def test_every_example_is_answered(assistant):
    from qa_assistant.ui.examples import EXAMPLES

    assert {
        question: assistant.ask(question).kind for question in EXAMPLES if not assistant.ask(question).citations
    } == {}


def test_a_mark_in_the_answer_leads_to_its_card(chat):
    chat.ask(ZH)

    chat.page.locator(".turn a.mark").last.click()

    number = chat.page.locator(".turn a.mark").last.inner_text()
    assert chat.page.evaluate("document.activeElement.id") == f"quote-{number}"
    assert chat.page.url == chat.address


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_the_page_whole_without_scrolling_sideways(open_chat, server, width):
    chat = open_chat(server, width=width, height=844)
    chat.page.locator("textarea").wait_for()
    assert (chat.width(), chat.beyond_the_edges()) == (width, [])

    for question in (ZH, EN, "没有空格的很长的一个词" * 20 + "x" * 200):
        chat.ask(question)
        assert (chat.width(), chat.beyond_the_edges()) == (width, [])


HOSTILE = (
    '渔港码头的泊位费为每日三百元<script>window.ran=1</script><img src=x onerror="window.ran=2">'
    "，${window.ran=3}{{window.ran=4}} **粗** $x^2$ &lt;b&gt; [点击](https://example.com/a)由港务局收取。"
)


def test_what_a_source_or_a_question_contains_is_shown_and_never_run(assistant_of, open_chat):
    name = '<img src=x onerror="window.ran=5">.txt'
    text = f"渔港管理办法<i>试行</i>\n\n第一章 总则\n\n{HOSTILE}\n\n渔民应当爱护港口设施，不得在航道内停泊。\n"
    question = '渔港码头的泊位费是多少<img src=x onerror="window.ran=6"><script>window.ran=7</script>${window.ran=8}？'
    assistant = assistant_of({name: text})
    with serving(assistant) as address:
        chat = open_chat(address)
        chat.ask(question)
        chat.page.wait_for_timeout(300)

        citations = assistant.ask(question).citations
        assert any("<script>window.ran=1</script><img src=x onerror" in one.quote.text for one in citations)
        assert chat.quotes() == [citation.quote.text for citation in citations]
        assert citations[0].quote.text in assistant.document(citations[0].quote.doc_id).text
        assert chat.page.locator(".turn .question").inner_text() == question
        assert name in chat.cards()[0]
        assert chat.page.evaluate("window.ran") is None
        assert chat.page.locator(".sides img, .sides script, .sides i, .sides strong, .sides a:not(.mark)").count() == 0


def test_no_page_asks_another_host_for_anything(chat):
    chat.ask(ZH)
    chat.open("docs")
    chat.page.locator(".opblock").first.wait_for()

    assert len(chat.requests) > 10
    assert chat.requests_to_others() == []


def test_a_request_to_another_host_is_seen_by_these_tests_and_stopped_by_the_page(chat):
    stopped = chat.page.evaluate("fetch('http://127.0.0.2:9/').then(() => false, () => true)")
    chat.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')")
    chat.page.wait_for_timeout(300)

    assert stopped
    assert any("connect-src" in line for line in chat.wrong)
    assert any("script-src" in line for line in chat.wrong)
    assert chat.page.evaluate("window.ran") is None
    chat.wrong.clear()
    chat.requests[:] = [url for url in chat.requests if "127.0.0.2" not in url]


@pytest.mark.parametrize("path", ["", "docs"])
def test_pages_name_no_other_host(server, path):
    response = httpx.get(server + path)

    assert response.status_code == 200
    own = response.text.replace(server.rstrip("/"), "")
    assert re.findall(r"https?://[\w.-]+|[\"']//[\w.-]+", own) == []
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe-inline" not in re.search(r"script-src [^;]+", response.headers["content-security-policy"])[0]


def test_gradio_reports_nothing_and_links_nowhere(server):
    config = httpx.get(f"{server}config").json()

    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert config["stylesheets"] == []


def test_tags_of_other_hosts_are_taken_out_of_a_page():
    page = (
        '<link rel="preconnect" href="https://fonts.example/"><meta content="//cdn.example/a.png">'
        '<script src="https://cdn.example/a.js" async></script><link href="./own.css"><script>1</script>'
    )

    assert without_outside(page) == '<link href="./own.css"><script>1</script>'


def test_a_policy_admits_the_scripts_of_its_page_only():
    admitted = re.search(r"script-src [^;]+", policy('<script>1</script><script src="./own.js"></script>'))[0]

    # printf 1 | openssl dgst -sha256 -binary | base64
    assert admitted == "script-src 'self' 'unsafe-eval' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
