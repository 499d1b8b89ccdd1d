"""Measures of the moderation rules: `make bench-moderation`. Needs no Django."""
