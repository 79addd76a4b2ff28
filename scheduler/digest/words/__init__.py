"""The words of a digest: one module a language, the same keys and places to fill in each."""
