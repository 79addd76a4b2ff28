"""The migrations that ship with the package; `storage.schema` runs them, one file a step in `versions`."""
