"""Feeds of watches and recipients: Atom and JSON Feed, under secret addresses."""
