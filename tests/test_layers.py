"""The order of the modules, and the one home of each heavy library."""

import ast
from pathlib import Path

import pytest

import qa_assistant

PACKAGE = Path(qa_assistant.__file__).parent

# From the bottom up: a module imports only from those before it.
ORDER = (
    "errors",
    "records",
    "config",
    "language",
    "names",
    "metrics",
    "sources",
    "passages",
    "lexical",
    "facts",
    "renderings",
    "encoder",
    "interaction",
    "vectors",
    "index",
    "retrieve",
    "reranker",
    "question",
    "phrases",
    "confidence",
    "answer",
    "assistant",
    "wire",
    "requests",
    "evaluate",
    "api",
    "ui",
    "server",
    "cli",
    "__main__",
    "training",
)
HOMES = {
    "pydantic_settings": {"config"},
    "opencc": {"language"},
    "markdown_it": {"sources"},
    "jieba": {"lexical"},
    "pypinyin": {"training"},
    "Stemmer": {"lexical"},
    "sentence_transformers": {"encoder", "reranker"},
    "transformers": {"reranker"},
    "tokenizers": {"encoder", "training"},
    "defusedxml": {"renderings"},
    "torch": {"training"},
    "sklearn": {"training"},
    "safetensors": {"training"},
    "faiss": {"vectors"},
    "fastapi": {"api", "server"},
    "fastapi_offline": {"api"},
    "filelock": {"index"},
    "threadpoolctl": {"assistant"},
    "jinja2": {"evaluate"},
    "matplotlib": {"evaluate"},
    "gradio": {"ui", "server"},
    "uvicorn": {"server"},
    "typer": {"cli"},
    "rich": {"cli"},
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "base", "core"}


def files():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def module_of(path):
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path):
    """Names of all modules that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_up_the_list_only(path):
    own = module_of(path)
    for name in imported(path):
        if name.startswith("qa_assistant."):
            other = name.split(".")[1]
            assert other == own or ORDER.index(other) < ORDER.index(own), f"{own} imports {other}"
        else:
            assert name != "qa_assistant", "import from the module itself, not from the package"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_heavy_library_has_one_home(path):
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or module_of(path) in homes, f"{name} belongs in {homes}"


def test_nothing_is_called_by_a_name_that_says_nothing():
    names = {part for path in files() for part in path.relative_to(PACKAGE).with_suffix("").parts}

    assert not names & FORBIDDEN_NAMES


def test_no_file_outgrows_its_room():
    long = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}

    assert {name: lines for name, lines in long.items() if lines > 350} == {}


def test_the_public_names_are_sorted_and_exist():
    assert qa_assistant.__all__ == sorted(qa_assistant.__all__)
    assert all(hasattr(qa_assistant, name) for name in qa_assistant.__all__)
