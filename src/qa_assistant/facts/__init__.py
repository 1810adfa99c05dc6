"""Facts: extracted from tables and sentences, kept in SQLite, looked up and computed with."""

from __future__ import annotations
