"""What the comment services refuse, for the edge to translate into HTTP."""


class CommentRefused(Exception):
    """A comment that cannot be stored; the message is for the reader, in French."""


class CommentsClosed(CommentRefused):
    """The article does not take comments (any more)."""


class PostedTooOften(CommentRefused):
    """This author has posted too many comments within a minute."""


class InvalidText(CommentRefused):
    """The text is empty, too long, or holds what no database can store."""
