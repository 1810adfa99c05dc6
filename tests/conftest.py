"""One index of the delivered sources, opened once, served once; and indexes of sources made for a test."""

import os
import socket
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa_assistant import cli
from qa_assistant.assistant import Assistant
from qa_assistant.config import Settings
from qa_assistant.server import open_service

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory):
    """The folder of an index of `seeds/`."""
    index = tmp_path_factory.mktemp("seeds") / "index"
    Assistant.build(Settings(seeds=SEEDS, index=index))
    return index


@pytest.fixture(scope="session")
def assistant(seeds_index):
    return Assistant.open(seeds_index)


@pytest.fixture(scope="session")
def server(assistant):
    """The address of a running server, `/` at its end."""
    with serving(assistant) as address:
        yield address


@pytest.fixture
def assistant_of(tmp_path):
    """Makes the assistant of sources that are given as texts by file name."""

    def make(texts):
        for name, text in texts.items():
            path = tmp_path / "seeds" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index")
        Assistant.build(settings)
        return Assistant.open(settings.index)

    return make


@pytest.fixture(scope="session")
def assistant_once(tmp_path_factory):
    """The same, made once for all tests that give the same texts."""
    made = {}

    def make(texts):
        key = tuple(texts.items())
        if key not in made:
            folder = tmp_path_factory.mktemp("once")
            (folder / "seeds").mkdir()
            for name, text in texts.items():
                (folder / "seeds" / name).write_text(text, encoding="utf-8")
            Assistant.build(Settings(seeds=folder / "seeds", index=folder / "index"))
            made[key] = Assistant.open(folder / "index")
        return made[key]

    return make


@pytest.fixture
def run_command(monkeypatch, capsys):
    """Runs a command in this process, without settings of this machine: its exit code, and what it printed where."""
    for name in [name for name in os.environ if name.upper().startswith("QA_")]:
        monkeypatch.delenv(name)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["qa-assistant", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def calls(monkeypatch):
    """The hosts that anything tried to look up or to connect to."""
    tried = []

    def refuse(*arguments, **options):
        tried.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def questions(*cases):
    """The test for each case, under its question."""
    return pytest.mark.parametrize("case", cases, ids=[case.question for case in cases])


def cases_with(still_wrong, *cases):
    """The cases as parameters; those whose questions are in `still_wrong` have to fail."""
    wrong = pytest.mark.xfail(strict=True)
    return [
        pytest.param(case, marks=[wrong] if case.question in still_wrong else [], id=case.question) for case in cases
    ]


@contextmanager
def serving(assistant):
    """Runs a server of `assistant` on a free port while the block lasts; gives its address."""
    service = open_service(assistant, "127.0.0.1", 0)
    thread = threading.Thread(target=service.run)
    thread.start()
    try:
        yield service.address
    finally:
        service.stop()
        thread.join(timeout=20)
    assert not thread.is_alive()
