"""Why a page could not be read."""

from typing import Any

from django.utils.translation import gettext as _


class PageError(Exception):
    """A page that cannot be read; says, in the reader's language, what and where.

    ``message`` may be lazy and hold ``%(name)s`` places for ``parameters``; ``line`` is
    a line of the file, from 1, or None where the whole file is meant.
    """

    def __init__(
        self, message: Any, line: int | None = None, **parameters: Any
    ) -> None:
        super().__init__(message, line, parameters)
        self.message = message
        self.line = line
        self.parameters = parameters

    def __str__(self) -> str:
        said = str(self.message)
        if self.parameters:
            said = said % self.parameters
        if self.line is None:
            return said
        return _("ligne %(line)d : %(message)s") % {"line": self.line, "message": said}
