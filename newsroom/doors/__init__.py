"""Doors for other systems, in the shapes they already speak: Perspective and Coral.

They know clients and their keys, no accounts: no session, no cookie, no CSRF token, and
never a redirect, which those callers do not follow.
"""
