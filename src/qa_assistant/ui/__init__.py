"""The web chat: renders an Answer, decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import gradio as gr

from qa_assistant.assistant import Assistant
from qa_assistant.records import Answer
from qa_assistant.ui.examples import EXAMPLES
from qa_assistant.ui.labels import both
from qa_assistant.ui.render import (
    in_page_languages,
    render_conversation,
    render_header,
    render_quotes,
)

FONTS: Final = (
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
"""Fonts that a reader's machine has; none is fetched."""
TURNS_KEPT: Final = 50
"""Questions of one conversation that stay on the page and go along as history."""

_folder: Final = Path(__file__).parent

Turns = tuple[Answer, ...]


def create_chat(assistant: Assistant, examples: Sequence[str] = EXAMPLES) -> gr.Blocks:
    """The chat page of `assistant`, with buttons that ask the `examples`; give it to `mount_chat`."""
    chat = gr.Blocks(title=both("title"), analytics_enabled=False)
    with chat:
        turns = gr.State(())
        _html(render_header())
        with gr.Row(elem_classes="sides"):
            with gr.Column(scale=3, elem_classes="conversation-side"):
                conversation = _html(render_conversation(()), js_on_load=_read("page.js"))
                with gr.Column(elem_classes="examples") as starters:
                    _html(f'<h2 class="examples-title">{in_page_languages("examples")}</h2>')
                    buttons = [gr.Button(example, size="sm", elem_classes="example") for example in examples]
                with gr.Row(elem_classes="asking"):
                    question = gr.Textbox(
                        placeholder=both("placeholder"),
                        label=both("question"),
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=5,
                        autofocus=True,
                        elem_classes="question-box",
                    )
                    send = gr.Button(both("ask"), variant="primary", elem_classes="send", scale=0)
                new = gr.Button(both("new_conversation"), size="sm", visible=False, elem_classes="new")
            with gr.Column(scale=2, elem_classes="quotes-side"):
                quotes = _html(render_quotes(None))

        shown = [turns, conversation, quotes, question, starters, new]
        reply = _reply(assistant)
        _on([question.submit, send.click], reply, [question, turns], shown)
        for button in buttons:
            _on([button.click], reply, [button, turns], shown)
        _on([new.click], lambda: _page((), ""), [], shown)
    return chat


def mount_chat(app: Any, chat: gr.Blocks) -> None:  # noqa: ANN401 - FastAPI has its home in `api` and `server`
    """Put `chat` at the root of the FastAPI application `app`, behind the routes that are there."""
    gr.mount_gradio_app(
        app,
        chat,
        path="/",
        theme=gr.themes.Default(
            primary_hue=gr.themes.colors.blue,
            neutral_hue=gr.themes.colors.slate,
            font=FONTS,
            font_mono=("ui-monospace", "monospace"),
        ),
        css=_read("page.css"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1b",
    )


def _reply(assistant: Assistant) -> Callable[[str, Turns], list[Any]]:
    def reply(question: str, turns: Turns) -> list[Any]:
        answer = assistant.ask(question, [turn.question for turn in turns])
        return _page((*turns, answer)[-TURNS_KEPT:], "")

    return reply


def _page(turns: Turns, question: str) -> list[Any]:
    """What the page shows after `turns`, in the order of its components."""
    return [
        turns,
        render_conversation(turns),
        render_quotes(turns[-1] if turns else None),
        question,
        gr.Column(visible=not turns),
        gr.Button(visible=bool(turns)),
    ]


def _html(value: str, js_on_load: str | None = None) -> gr.HTML:
    return gr.HTML(value, apply_default_css=False, js_on_load=js_on_load)


def _on(triggers: list[Any], reply: Callable[..., Any], inputs: list[Any], outputs: list[Any]) -> None:
    gr.on(triggers, reply, inputs, outputs, show_progress="hidden", queue=False, api_visibility="private")


def _read(name: str) -> str:
    return (_folder / name).read_text(encoding="utf-8")
