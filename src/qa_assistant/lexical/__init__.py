"""Chinese-aware lexical search, and the same across languages through a translation table."""
