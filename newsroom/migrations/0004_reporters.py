"""Let editors see who reported a comment; moderators judge texts without knowing."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def permit(apps, schema_editor):
    # Django makes permissions after all migrations: too late for the group here
    create_permissions(
        installed.get_app_config("moderation"), verbosity=0, apps=apps
    )
    editor = apps.get_model("auth", "Group").objects.get(name="editor")
    editor.permissions.add(_permission(apps))


def refuse(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="editor"):
        group.permissions.remove(_permission(apps))


def _permission(apps):
    return apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="moderation", codename="view_reporter"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0008_reports"),
        ("newsroom", "0003_ranker_permissions"),
    ]
    operations = [migrations.RunPython(permit, refuse)]
