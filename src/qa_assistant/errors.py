"""The exceptions of the package. Each message names the thing, the value and the remedy.

* QaAssistantError
  + InputError          a file, line, question or setting that cannot be used
    - SourceError       a source file that cannot be read
  + IndexProblem        an index on disk that cannot be used
    - IndexMissing      there is none
    - IndexCorrupt      a file of it is missing, damaged or foreign
    - IndexMismatch     it was built with another model or from other sources
  + ModelUnavailable    an embedding or reranking model that cannot be loaded
  + UnknownDocument     no document has this id
"""

from __future__ import annotations


class QaAssistantError(Exception):
    """Base of all errors that this package raises on purpose; its text is one line for a person."""


class InputError(QaAssistantError):
    """Something given by the caller cannot be used."""


class SourceError(InputError):
    """A source file cannot be read; `path` names it."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


class IndexProblem(QaAssistantError):
    """An index on disk cannot be used."""


class IndexMissing(IndexProblem):
    """There is no index at the place named."""


class IndexCorrupt(IndexProblem):
    """A file of the index is missing, damaged, or not one of ours."""


class IndexMismatch(IndexProblem):
    """The index was built with another model, format or set of sources."""


class ModelUnavailable(QaAssistantError):
    """An embedding or reranking model cannot be loaded."""


class UnknownDocument(QaAssistantError):
    """No document in the index has this id."""
