"""Let editors see rankers, and put one in service or out of it."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CODENAMES = ("view_ranker", "change_ranker")


def permit(apps, schema_editor):
    # Django makes permissions after all migrations: too late for the group here
    create_permissions(
        installed.get_app_config("moderation"), verbosity=0, apps=apps
    )
    editor = apps.get_model("auth", "Group").objects.get(name="editor")
    editor.permissions.add(*_permissions(apps))


def refuse(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(*_permissions(apps))


def _permissions(apps):
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="moderation", codename__in=CODENAMES
    )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_ranker"), ("newsroom", "0002_rules_and_patterns")]
    operations = [migrations.RunPython(permit, refuse)]
