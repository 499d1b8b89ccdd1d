"""Mail that is owed to authors: noted with what it tells of, sent after the commit."""
