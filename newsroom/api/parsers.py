import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """UTF-8 JSON (RFC 8259) of limited size; whatever is wrong gives 400, never 500.

    Django's limit on a request's size does not reach bodies that are read as streams.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise ParseError(_("Corps trop long."))
        try:
            return json.loads(body.decode(), parse_constant=_refuse_constant)
        except UnicodeDecodeError:
            raise ParseError(_("Le corps n’est pas de l’UTF-8.")) from None
        except json.JSONDecodeError as error:
            raise ParseError(
                _("JSON illisible, ligne %(line)d, colonne %(column)d.")
                % {"line": error.lineno, "column": error.colno}
            ) from None
        except ValueError:
            raise ParseError(_("JSON illisible : nombre hors limites.")) from None
        except RecursionError:
            raise ParseError(_("JSON illisible : trop d’imbrications.")) from None


def _refuse_constant(name: str) -> NoReturn:
    """NaN and infinities, which Python's reader would take, are not JSON."""
    raise ValueError(name)
