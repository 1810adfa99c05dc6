"""What the README says is tried here."""

import json
import re
import shlex
import shutil
from pathlib import Path

import httpx
import pytest
from typer.main import get_command

from qa_assistant.cli import app, main
from qa_assistant.config import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("command", sorted(get_command(app).commands))
def test_every_command_is_documented(command):
    assert f"qa-assistant {command}" in README


@pytest.mark.parametrize("command", sorted(get_command(app).commands))
def test_every_command_has_help_with_an_example(command):
    documented = get_command(app).commands[command]

    assert documented.help
    assert f"qa-assistant {command}" in (documented.epilog or "")


@pytest.mark.parametrize("command", sorted(get_command(app).commands["eval"].commands))
def test_every_command_of_the_evaluation_is_documented_and_has_an_example(command):
    documented = get_command(app).commands["eval"].commands[command]

    assert f"qa-assistant eval {command}" in README
    assert f"qa-assistant eval {command}" in (documented.epilog or "")


def test_every_setting_is_documented():
    assert all(f"QA_{name.upper()}" in README for name in Settings.model_fields)


def test_the_python_example_runs(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    (example,) = blocks("python")
    exec(compile(example, "README.md", "exec"), {})

    assert capsys.readouterr().out.startswith("1 00")


def test_the_first_example_is_what_the_command_prints(run_here):
    (example,) = blocks("console")
    command, _, printed = example.partition("\n")

    assert run_here(shlex.split(command)[2:]) == printed


@pytest.fixture
def run_here(seeds_index, capsys, monkeypatch):
    """Run a command on the index of the seeds; what it prints."""

    def run(words):
        monkeypatch.setattr("sys.argv", ["qa-assistant", *words, "--index", str(seeds_index)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capsys.readouterr().out

    return run


def test_no_figure_is_left_to_be_filled_in():
    documents = [README, *(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))]

    assert not [line for text in documents for line in text.splitlines() if re.fullmatch(r"[A-Z_]{4,}", line)]


def curls():
    return [line for block in blocks("sh") for line in block.splitlines() if line.startswith("curl")]


@pytest.mark.parametrize("line", curls(), ids=lambda line: line.split("7860")[1].split()[0])
def test_the_http_examples_run(line, server):
    words = shlex.split(line)
    url = next(word for word in words if word.startswith("http")).replace("http://127.0.0.1:7860", server.rstrip("/"))
    body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
    answer = httpx.request("POST" if body else "GET", url, json=body)

    assert answer.status_code == 200
    assert answer.json()


def test_the_sample_answer_has_the_fields_of_a_real_one(server):
    (sample,) = blocks("json")
    real = httpx.post(f"{server.rstrip('/')}/api/v1/ask", json={"question": "威海馆共承办多少场次活动？"}).json()
    sample = json.loads(sample)

    assert set(sample) == set(real)
    assert set(sample["citations"][0]) == set(real["citations"][0])
    assert set(sample["hits"][0]) == set(real["hits"][0])


def test_the_changelog_tells_what_is_new():
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
