"""Reads an article's page, as flattened text or as HTML, and stores it."""
