"""Rules find spans they object to. No Django, no database, no verdict."""
