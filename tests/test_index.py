"""The index on disk: whole, repeatable, and never in place of something else."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from qa_assistant.assistant import Assistant, is_stale
from qa_assistant.config import Settings
from qa_assistant.errors import IndexCorrupt, IndexMismatch, IndexMissing, ModelUnavailable, SourceError
from qa_assistant.index import FORMAT, Index, open_documents, read_manifest
from qa_assistant.passages import cut_sentences
from qa_assistant.records import Passage

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def index(seeds_index):
    return Index.open(seeds_index)


@pytest.fixture
def copied(seeds_index, tmp_path):
    """A copy of the index of the seeds that may be damaged."""
    shutil.copytree(seeds_index, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def small(tmp_path):
    """Settings with a folder of one small source."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("仁川·威海馆于2015年建成。", encoding="utf-8")
    return Settings(seeds=seeds, index=tmp_path / "index")


def files(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


# what is written


def test_the_same_sources_give_the_same_files(seeds_index, tmp_path):
    manifest = Assistant.build(Settings(seeds=SEEDS, index=tmp_path / "again")).manifest

    assert files(tmp_path / "again") == files(seeds_index)
    assert manifest == read_manifest(seeds_index)


def test_other_sources_or_settings_give_another_id(small, tmp_path):
    first = Assistant.build(small).manifest
    shorter = Assistant.build(small.model_copy(update={"passage_length": 40})).manifest
    (small.seeds / "a.txt").write_text("仁川·威海馆于2016年建成。", encoding="utf-8")
    changed = Assistant.build(small).manifest

    assert len({first.index_id, shorter.index_id, changed.index_id}) == 3


def test_the_manifest_names_format_model_counts_sources_and_a_digest_of_every_file(seeds_index):
    written = json.loads((seeds_index / "manifest.json").read_text(encoding="utf-8"))
    data = seeds_index / written["folder"]

    assert written["format"] == FORMAT
    assert written["model"] == "builtin"
    assert written["documents"] == 2
    assert written["passages"] == len((data / "passages.jsonl").read_text(encoding="utf-8").splitlines())
    assert written["sentences"] > written["passages"]
    assert written["dimension"] == Index.open(seeds_index).collection.vectors.dimension
    assert written["files"] == files(data)
    assert written["sources"] | written["companions"] == files(SEEDS)
    assert sorted(written["companions"]) == [
        "000_4577295f12020777.en.tsv",
        "000_4577295f12020777.recipe.toml",
        "003_5d937874240037c9.en.tsv",
        "003_5d937874240037c9.recipe.toml",
        "names.tsv",
    ]


def shown(folder):
    """What stands in the folder of an index besides its lock."""
    return [path for path in folder.iterdir() if path.name != ".lock"]


def test_only_manifest_and_data_stand_in_the_folder(seeds_index):
    assert {path.name for path in shown(seeds_index)} == {"manifest.json", read_manifest(seeds_index).folder}


# what is read


def test_passages_and_sentences_stand_verbatim_in_their_documents(index):
    assert len(index.passages) == index.manifest.passages
    assert len(index.sentences) == index.manifest.sentences
    for quote in (*index.passages, *index.sentences):
        assert index.documents[quote.doc_id].text[quote.start : quote.end] == quote.text
        assert quote.text.strip() == quote.text != ""


def test_sentences_lie_in_their_passage_in_order_and_leave_no_word_out(index):
    first = index.collection.first_sentence
    for number, passage in enumerate(index.passages):
        sentences = index.sentences[first[number] : first[number + 1]]

        assert sentences
        assert all(passage.start <= one.start < one.end <= passage.end for one in sentences)
        assert [one.start for one in sentences] == sorted(one.start for one in sentences)
        assert "".join("".join(one.text for one in sentences).split()) == "".join(passage.text.split())


def test_parts_of_an_index_count_the_same_things(index):
    own = index.collection
    assert len(own.vectors) == len(own.passage_counts) == len(index.passages) == len(own.languages)
    assert len(own.sentence_counts) == len(index.sentences) == own.first_sentence[-1]


def test_what_passages_say_in_another_language_has_as_many_sentences_as_they(index):
    own, rendered = index.collection, index.rendered["en"]
    assert len(rendered.vectors) == len(rendered.passage_counts) == len(rendered.numbers) > 100
    assert len(rendered.sentence_counts) == rendered.first_sentence[-1]
    for place, number in enumerate(rendered.numbers):
        sentences = own.first_sentence[number + 1] - own.first_sentence[number]
        assert rendered.first_sentence[place + 1] - rendered.first_sentence[place] == sentences


def test_ids_of_passages_name_their_place(index):
    assert len({passage.passage_id for passage in index.passages}) == len(index.passages)
    for passage in index.passages:
        assert passage.passage_id == f"{passage.doc_id}:{passage.start}-{passage.end}"


def test_the_documents_can_be_read_without_the_rest(index, seeds_index):
    assert open_documents(seeds_index) == index.documents


def test_who_spoke_stays_with_what_was_said():
    text = "“威海馆刚成立。”王晓天说。\n“第二句。”Lee said."
    passage = Passage(doc_id="a", start=0, end=len(text), text=text, passage_id="a", kind="paragraph")

    sentences, first = cut_sentences([passage])

    assert [one.text for one in sentences] == ["“威海馆刚成立。”王晓天说。", "“第二句。”Lee said."]
    assert first == (0, 2)


def test_each_line_of_a_table_is_a_sentence_of_its_own():
    text = "城市 年份\n威海 2015. 仁川\n\n青岛 2016"
    passage = Passage(doc_id="a", start=0, end=len(text), text=text, passage_id="a", kind="table")

    sentences, _ = cut_sentences([passage])

    assert [one.text for one in sentences] == ["城市 年份", "威海 2015. 仁川", "青岛 2016"]


# what is refused


def test_no_folder_and_an_empty_one_are_a_missing_index(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match=r"run: qa-assistant build --index"):
            Index.open(folder)


@pytest.mark.parametrize(
    "manifest", [b'{"name": "my web app"}', b"[1]", b"nonsense", b"", b"\xff\xfe", b'{"format": 1}']
)
def test_a_manifest_of_something_else_is_refused_and_never_replaced(small, manifest):
    small.index.mkdir()
    (small.index / "manifest.json").write_bytes(manifest)

    for use in (Index.open, open_documents):
        with pytest.raises(IndexCorrupt, match=r"manifest\.json.*--index or delete it"):
            use(small.index)
    for use in (Assistant.build, Assistant.ready):
        with pytest.raises(IndexCorrupt, match=r"manifest\.json.*--index or delete it"):
            use(small)
    assert files(small.index) == {"manifest.json": hashlib.sha256(manifest).hexdigest()}


def test_another_format_is_a_mismatch_whatever_else_it_holds(copied):
    edit_manifest(copied, format=FORMAT + 1, something_new=[])

    with pytest.raises(IndexMismatch, match=f"format {FORMAT + 1}, not {FORMAT}; run: qa-assistant build"):
        Index.open(copied)


def names_of_files() -> list[str]:
    return ["documents.jsonl", "passages.jsonl", "passages.npz", "sentences.npz", "vectors.faiss", "sentence_words.npz"]


@pytest.mark.parametrize("name", names_of_files())
def test_a_file_that_is_missing_cut_or_changed_is_named(copied, name):
    path = copied / read_manifest(copied).folder / name
    content = path.read_bytes()

    for damaged in (None, content[:-1], content[:-1] + bytes([content[-1] ^ 1])):
        if damaged is None:
            path.unlink()
        else:
            path.write_bytes(damaged)
        with pytest.raises(IndexCorrupt) as raised:
            Index.open(copied)
        assert str(path) in str(raised.value)
        assert f"qa-assistant build --index {copied}" in str(raised.value)
    path.write_bytes(content)
    assert Index.open(copied).passages


@pytest.mark.parametrize("name", ["vectors.faiss", "passages.npz", "sentences.npz"])
def test_a_file_of_another_kind_is_refused_even_with_the_right_digest(copied, name):
    manifest = read_manifest(copied)
    path = copied / manifest.folder / name
    path.write_bytes(b"not what it should be")
    edit_manifest(copied, files={**manifest.files, name: hashlib.sha256(path.read_bytes()).hexdigest()})

    with pytest.raises(IndexCorrupt, match=name):
        Index.open(copied)


# what is put in place of what


def test_a_build_that_fails_leaves_the_old_index_usable_and_no_litter(small):
    Assistant.build(small)
    before = files(small.index)
    (small.seeds / "b.txt").write_text("新的一句。", encoding="utf-8")

    with pytest.raises(ModelUnavailable):
        Assistant.build(small.model_copy(update={"model": str(small.seeds / "no-model")}))

    assert files(small.index) == before
    assert len(shown(small.index)) == 2
    assert Assistant.open(small.index).ask("仁川·威海馆是哪年建成的？").citations


def test_a_build_that_is_interrupted_leaves_the_old_index_usable_and_no_litter(small):
    Assistant.build(small)
    before = files(small.index)
    (small.seeds / "b.txt").write_text("新的一句。", encoding="utf-8")

    def interrupt(name, done, total):
        if name == "vectors":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Assistant.build(small, interrupt)

    assert files(small.index) == before
    assert len(shown(small.index)) == 2


def test_sources_that_are_gone_leave_the_old_index_as_it_was(small):
    Assistant.build(small)
    before = files(small.index)
    (small.seeds / "a.txt").unlink()

    with pytest.raises(SourceError):
        Assistant.build(small)
    assert files(small.index) == before

    (small.seeds).rmdir()
    assert Assistant.ready(small).ask("仁川·威海馆是哪年建成的？").citations


def test_the_folder_of_the_index_before_is_removed(small):
    first = Assistant.build(small).manifest
    (small.seeds / "a.txt").write_text("仁川·威海馆于2016年建成。", encoding="utf-8")
    second = Assistant.build(small).manifest

    assert {path.name for path in shown(small.index)} == {"manifest.json", second.folder}
    assert first.folder != second.folder


def test_building_again_mends_a_damaged_index(small):
    made = Assistant.build(small).manifest
    folder = small.index / made.folder
    (folder / "vectors.faiss").write_bytes(b"")
    (folder / "litter.txt").write_text("x", encoding="utf-8")

    again = Assistant.build(small).manifest

    assert (again.index_id, again.files) == (made.index_id, made.files)
    assert files(small.index / again.folder) == made.files
    assert not folder.exists()


def test_the_files_of_others_in_the_folder_are_not_touched(small):
    mine = {
        "notes.txt": "mine",
        "documents.jsonl": "mine",
        "data/documents.jsonl": "mine",
        "data/vectors.faiss": "mine",
        "0123456789abcdef/documents.jsonl": "mine",
        "model/model.safetensors": "mine",
    }
    for name, text in mine.items():
        (small.index / name).parent.mkdir(parents=True, exist_ok=True)
        (small.index / name).write_text(text, encoding="utf-8")

    for text in ("仁川·威海馆于2016年建成。", "仁川·威海馆于2017年建成。"):
        (small.seeds / "a.txt").write_text(text, encoding="utf-8")
        Assistant.build(small)

    for name, text in mine.items():
        assert (small.index / name).read_text(encoding="utf-8") == text


# staleness


def test_an_index_is_stale_when_a_source_is_new_changed_or_gone(small):
    assert is_stale(small)
    Assistant.build(small)
    assert not is_stale(small)

    (small.seeds / "b.txt").write_text("第二个文件。", encoding="utf-8")
    assert is_stale(small)
    Assistant.build(small)
    assert not is_stale(small)

    (small.seeds / "b.txt").write_text("改过的文件。", encoding="utf-8")
    assert is_stale(small)
    Assistant.build(small)
    (small.seeds / "b.txt").unlink()
    assert is_stale(small)


def test_an_index_is_stale_when_a_setting_that_shapes_it_changes(small):
    Assistant.build(small)

    assert is_stale(small.model_copy(update={"passage_length": 100}))
    assert not is_stale(small.model_copy(update={"port": 1}))


def test_files_that_no_index_takes_do_not_make_it_stale(small):
    (small.seeds / "empty.txt").write_text("", encoding="utf-8")
    (small.seeds / "stars.md").write_text("***\n\n---\n", encoding="utf-8")
    (small.seeds / "gbk.txt").write_bytes("仁川".encode("gbk"))
    (small.seeds / "notes.docx").write_bytes(b"PK")

    assert len(Assistant.build(small).left_out) == 3
    assert not is_stale(small)


def test_a_file_that_can_be_read_at_last_makes_the_index_stale(small):
    (small.seeds / "b.txt").write_text("", encoding="utf-8")
    Assistant.build(small)

    (small.seeds / "b.txt").write_text("终于有字了。", encoding="utf-8")

    assert is_stale(small)


# small and many


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("仁川·威海馆于2015年建成。", "仁川·威海馆是哪年建成的？"),
        ("The Weihai pavilion in Incheon opened in 2015.", "When did the Weihai pavilion open?"),
    ],
)
def test_a_corpus_of_one_sentence_can_be_asked(assistant_of, text, question):
    answer = assistant_of({"a.txt": text}).ask(question)

    assert [citation.quote.text for citation in answer.citations] == [text]


@pytest.mark.parametrize("text", ["好", "A", "7", "𠮷", "한"])
def test_a_corpus_of_one_character_can_be_indexed_and_asked(assistant_of, text):
    assistant = assistant_of({"a.txt": text})

    assert assistant.index.manifest.passages == 1
    assert assistant.ask("明天北京会下雨吗？").kind == "no_answer"
    assert assistant.ask(text).index_id == assistant.index.index_id


def test_a_corpus_of_nothing_but_a_heading_can_be_opened_and_asked(assistant_of):
    assistant = assistant_of({"a.md": "# 威海\n"})

    assert assistant.ask("威海在哪里？").kind == "no_answer"
    assert assistant.retrieve("威海") == []


def test_three_hundred_tiny_files_can_be_indexed_and_each_is_found(assistant_of):
    assistant = assistant_of(
        {f"{number:03}.txt": f"第{number}号展厅在{number + 1000}年开放。" for number in range(300)}
    )

    assert assistant.index.manifest.documents == 300
    for number in (0, 123, 299):
        best = assistant.ask(f"第{number}号展厅是哪年开放的？").citations[0]
        assert best.source == f"{number:03}.txt"


def test_files_of_one_name_in_two_folders_are_two_documents(assistant_of):
    assistant = assistant_of(
        {"甲/a.txt": "威海在山东。", "乙/a.txt": "仁川在韩国。", "a.md": "青岛。", "a.txt": "烟台。"}
    )

    assert sorted(assistant.index.documents) == ["a.md", "a.txt", "乙/a", "甲/a"]
    assert {document.source for document in assistant.index.documents.values()} == {
        *("a.md", "a.txt", "乙/a.txt", "甲/a.txt"),
    }


def test_an_index_of_another_format_is_made_anew_from_its_own_sources(tmp_path, monkeypatch):
    """Not from those that stand where the command is run."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.md").write_text("# 甲\n\n甲地有三座桥。\n", encoding="utf-8")
    Assistant.build(Settings(seeds=tmp_path / "own", index=tmp_path / "index"))
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 1'), encoding="utf-8"
    )
    monkeypatch.chdir(SEEDS.parent)

    assert list(Assistant.ready(Settings(index=tmp_path / "index")).index.documents) == ["a"]
