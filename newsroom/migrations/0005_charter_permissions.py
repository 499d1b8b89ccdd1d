"""Editors keep the charter and publish its versions."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITOR = (
    *(f"{verb}_charterclause" for verb in ("add", "change", "delete", "view")),
    *(f"{verb}_charterrule" for verb in ("add", "change", "delete", "view")),
    "add_charterversion",
    "view_charterversion",
)


def permit(apps, schema_editor):
    # Django makes permissions after all migrations: too late for the group here
    create_permissions(installed.get_app_config("moderation"), verbosity=0, apps=apps)
    editor = apps.get_model("auth", "Group").objects.get(name="editor")
    editor.permissions.add(*_permissions(apps))


def refuse(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps):
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="moderation", codename__in=EDITOR
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0018_charter"),
        ("newsroom", "0004_reporters"),
    ]
    operations = [migrations.RunPython(permit, refuse)]
