"""Fields of input that take exactly one JSON type: nothing is coerced (TRUST S-10)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

BIGGEST = 2**63 - 1  # of a database key


class OneType:
    """Refuses every JSON value but null and those of `json_type`."""

    json_type: type

    def run_validation(self, data: Any = empty) -> Any:
        # `type`, not `isinstance`: true is an int for Python
        if data is not empty and data is not None and type(data) is not self.json_type:
            message = _("Valeur d’un type inattendu.")
            raise ValidationError(message, "wrong_type")
        return super().run_validation(data)  # type: ignore[misc]


class Text(OneType, serializers.CharField):
    """Kept code point for code point."""

    json_type = str

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)


class Choice(OneType, serializers.ChoiceField):
    json_type = str


class UUID(OneType, serializers.UUIDField):
    json_type = str


class Date(OneType, serializers.DateField):
    """A day, as ISO 8601 writes it."""

    json_type = str


class Moment(OneType, serializers.DateTimeField):
    """ISO 8601; without an offset, in the newspaper's time zone."""

    json_type = str


class YesNo(OneType, serializers.BooleanField):
    json_type = bool


class Count(OneType, serializers.IntegerField):
    """A number from 0."""

    json_type = int

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=BIGGEST, **kwargs)


class Key(OneType, serializers.IntegerField):
    """The key of a row."""

    json_type = int

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=BIGGEST, **kwargs)
