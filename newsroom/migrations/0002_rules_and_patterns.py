"""Editors tune the rules and keep patterns; moderators see what the rules go by."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODERATOR = (
    "moderation.view_term",
    "moderation.view_rulesetting",
    "moderation.view_editorpattern",
    "moderation.view_lexiconchange",
)
EDITOR = (
    "moderation.view_rulesetting",
    "moderation.change_rulesetting",
    *(f"moderation.{verb}_editorpattern" for verb in ("add", "change", "delete", "view")),
    "moderation.view_lexiconchange",
)
GROUPS = {"moderator": MODERATOR, "editor": EDITOR}


def grant(apps, schema_editor):
    # Django makes permissions after all migrations: too late for the groups here
    create_permissions(installed.get_app_config("moderation"), verbosity=0, apps=apps)
    for group, permissions in _granted(apps):
        group.permissions.add(*permissions)


def withdraw(apps, schema_editor):
    for group, permissions in _granted(apps):
        group.permissions.remove(*permissions)


def _granted(apps):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, permissions in GROUPS.items():
        codenames = [permission.split(".")[1] for permission in permissions]
        found = Permission.objects.filter(
            content_type__app_label="moderation", codename__in=codenames
        )
        for group in Group.objects.filter(name=name):
            yield group, found


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_settings_patterns_and_changes"),
        ("newsroom", "0001_groups"),
    ]
    operations = [migrations.RunPython(grant, withdraw)]
