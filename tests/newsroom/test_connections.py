"""What each connection to the database asks of it."""

import pytest
from django.db import connection


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"), [("max_parallel_workers_per_gather", "0"), ("jit", "off")]
)
def test_pages_are_planned_for_few_rows(name, value):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s), boot_val FROM pg_settings WHERE name = %s",
            [name, name],
        )
        current, shipped = cursor.fetchone()
    assert (current, shipped) == (value, {"0": "2", "off": "on"}[value])
