"""One index of the delivered sources, opened once, served once; and indexes of sources made for a test."""

import threading
from pathlib import Path

import pytest

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
    """Makes the assistant of sources given as file names with their texts."""

    def build(**texts):
        return make(texts, tmp_path)

    def make(texts, folder):
        for name, text in texts.items():
            path = folder / "seeds" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings = Settings(seeds=folder / "seeds", index=folder / "index")
        Assistant.build(settings)
        return Assistant.open(settings.index)

    return build


class serving:
    """Runs a server of `assistant` on a free port while the block lasts; gives its address."""

    def __init__(self, assistant):
        self.service = open_service(assistant, "127.0.0.1", 0)
        self.thread = threading.Thread(target=self.service.run)

    def __enter__(self):
        self.thread.start()
        return self.service.address

    def __exit__(self, *error):
        self.service.stop()
        self.thread.join(timeout=20)
        assert not self.thread.is_alive()
