"""The facade: `build`, `open`, `retrieve`, `ask`, `facts`, `check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from threadpoolctl import ThreadpoolController

from qa_assistant.answer import Answerer
from qa_assistant.config import Settings
from qa_assistant.encoder import model_digest
from qa_assistant.errors import IndexMismatch, IndexMissing, SourceError
from qa_assistant.facts.check import Conflict
from qa_assistant.facts.relations import Relation
from qa_assistant.index import (
    VERSION,
    Index,
    Manifest,
    Progress,
    companion_digests,
    read_companions,
    read_manifest,
    remembered,
    write_index,
)
from qa_assistant.records import Answer, Document, Fact, Hit
from qa_assistant.reranker import CrossEncoderModel, Reranker, RerankingRetriever
from qa_assistant.retrieve import Retriever
from qa_assistant.sources import SUFFIXES, find_sources, read_document, read_raw


@dataclass(frozen=True)
class BuildResult:
    """What `build` did: the index it wrote, and the files it had to leave out, each with the reason."""

    manifest: Manifest
    left_out: tuple[SourceError, ...]


class Assistant:
    """Answers questions from an index. Opening it takes about a second, a question some milliseconds."""

    def __init__(self, index: Index, reranker: Reranker | None = None) -> None:
        self.index = index
        retriever = Retriever(index) if reranker is None else RerankingRetriever(index, reranker)
        self._answerer = Answerer(index, retriever)
        # A question's matrices are small. More threads for each only wait for one another where several are asked.
        self._threads = ThreadpoolController()

    @classmethod
    def open(cls, index: Path | str = "index", reranker: Reranker | None = None) -> Self:
        """The assistant of the index in the folder `index`; `reranker` puts the best hits in order.

        Raises `IndexMissing`, `IndexCorrupt`, `IndexMismatch` or `ModelUnavailable`.
        """
        return cls(Index.open(Path(index)), reranker)

    @classmethod
    def build(
        cls, settings: Settings | None = None, progress: Progress = lambda name, done, total: None
    ) -> BuildResult:
        """Make the index of all sources, in place of the one that is there.

        Files that cannot be read are left out and named in the result. Raises `SourceError` when there is
        no folder or no file that can be read, `ModelUnavailable` when the model cannot be loaded, `IndexCorrupt`
        when the index folder holds the manifest of something else; what was there then stays as it was.
        """
        settings = settings or Settings()
        documents, left_out = read_sources(settings.seeds, progress)
        if not documents:
            found = "; ".join(map(str, left_out)) or f"no file ends in {', '.join(SUFFIXES)}"
            raise SourceError(str(settings.seeds), f"holds no source that can be read ({found})")
        companions = read_companions(settings.seeds, documents)
        manifest = write_index(
            documents, settings.index, settings.model, settings.passage_length, progress, settings.seeds, companions
        )
        return BuildResult(manifest, (*left_out, *companions.unread))

    @classmethod
    def ready(
        cls,
        settings: Settings | None = None,
        progress: Progress = lambda name, done, total: None,
        left_out: Callable[[SourceError], object] = lambda error: None,
    ) -> Self:
        """The assistant of the sources as they are now: the index is built first where it is missing or stale.

        An index remembers its sources and model: they hold where `settings` do not name others. Where its folder
        of sources is gone, it is used as it is. `left_out` is told of each file that could not be read when the
        index was built. Raises what `build` and `open` raise.
        """
        settings = as_built(settings or Settings())
        reranker = reranker_of(settings)
        if is_stale(settings):
            for error in cls.build(settings, progress).left_out:
                left_out(error)
        return cls.open(settings.index, reranker)

    def retrieve(self, query: str, k: int = 10) -> list[Hit]:
        """The best `k` passages for `query`, best first; fewer or none where nothing fits."""
        with self._threads.limit(limits=1):
            return self._answerer.retrieve(query, k)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to `question`; `history` holds the questions asked before it, oldest first."""
        with self._threads.limit(limits=1):
            return self._answerer.ask(question, tuple(history))

    def facts(
        self, doc_id: str | None = None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[tuple[Relation | None, Fact]]:
        """The facts of that document, subject and predicate, or all, each with its relation where it is a cell."""
        return self.index.facts.facts(doc_id, subject, predicate)

    def check(self) -> list[Conflict]:
        """Where the sources disagree with themselves."""
        return list(self.index.conflicts)

    def document(self, doc_id: str) -> Document:
        """The document of that id. Raises `UnknownDocument`."""
        return self.index.document(doc_id)


def reranker_of(settings: Settings) -> Reranker | None:
    """The reranker that `settings` name; None where they name none. Raises `ModelUnavailable`."""
    if settings.rerank_model is None:
        return None
    return Reranker(CrossEncoderModel.load(settings.rerank_model), settings.rerank_first)


def as_built(settings: Settings) -> Settings:
    """`settings`, and where they leave a thing to its default, as the index that is there was built."""
    chosen = settings.model_fields_set
    return settings.model_copy(
        update={name: value for name, value in remembered(settings.index).items() if name not in chosen}
    )


def is_stale(settings: Settings) -> bool:
    """Whether the index is missing, or made of other sources or with other settings than those now.

    Raises `IndexCorrupt` where its manifest is not one of ours: what is there is not to be replaced unasked.
    """
    if not settings.seeds.is_dir():
        return False
    try:
        manifest = read_manifest(settings.index)
    except (IndexMissing, IndexMismatch):
        return True
    made_with = (manifest.version, manifest.model, manifest.model_digest, manifest.passage_length)
    if made_with != (VERSION, settings.model, model_digest(settings.model), settings.passage_length):
        return True
    if manifest.companions != companion_digests(settings.seeds):
        return True
    return manifest.sources != _digests(settings.seeds, manifest.sources)


def _digests(seeds: Path, indexed: dict[str, str]) -> dict[str, str]:
    """The digests of the sources that `build` would read, by name; `indexed` are those known to be readable."""
    digests: dict[str, str] = {}
    for path in find_sources(seeds):
        source = path.relative_to(seeds).as_posix()
        try:
            digest = read_raw(path)[1]
            if indexed.get(source) != digest:
                read_document(path, source, source)
        except SourceError:
            continue  # A file that cannot be read is not in the index either.
        digests[source] = digest
    return digests


def read_sources(
    seeds: Path, progress: Progress = lambda name, done, total: None
) -> tuple[list[Document], list[SourceError]]:
    """The documents of a folder of sources, in the order of their names, under the ids that an index gives them.

    Files that cannot be read are left out, each with its error. Raises `SourceError` where there is no folder.
    """
    paths = find_sources(seeds)
    doc_ids = _doc_ids([path.relative_to(seeds) for path in paths])
    documents: list[Document] = []
    left_out: list[SourceError] = []
    for number, (path, doc_id) in enumerate(zip(paths, doc_ids, strict=True)):
        progress("sources", number, len(paths))
        try:
            documents.append(read_document(path, doc_id, path.relative_to(seeds).as_posix()))
        except SourceError as error:
            left_out.append(error)
    return documents, left_out


def _doc_ids(names: list[Path]) -> list[str]:
    """A file's name without its ending; with it, where another file would have the same."""
    short = [name.with_suffix("").as_posix() for name in names]
    whole = {name.as_posix() for name in names}
    return [
        name.as_posix() if short.count(one) > 1 or one in whole else one for one, name in zip(short, names, strict=True)
    ]
