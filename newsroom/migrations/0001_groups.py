"""The three groups: who may comment, moderate, edit."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

READER = ("comments.add_comment",)
MODERATOR = (
    *READER,
    "articles.view_article",
    "comments.view_comment",
    "comments.view_commenter",
    "comments.view_revision",
    "moderation.view_flag",
    "moderation.view_decision",
    "moderation.add_decision",
    "moderation.view_queueentry",
)
EDITOR = (
    *READER,
    *(
        f"articles.{verb}_{model}"
        for model in ("section", "article", "block", "relatedlink")
        for verb in ("add", "change", "delete", "view")
    ),
    *(f"moderation.{verb}_term" for verb in ("add", "change", "delete", "view")),
    "comments.view_comment",
    "comments.view_commenter",
    "comments.view_revision",
    "moderation.view_flag",
    "moderation.view_decision",
    "moderation.view_queueentry",
)
GROUPS = {"reader": READER, "moderator": MODERATOR, "editor": EDITOR}


def make_groups(apps, schema_editor):
    # Django makes permissions after all migrations: too late for the groups here
    for label in ("articles", "comments", "moderation"):
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, permissions in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for permission in permissions:
            app, codename = permission.split(".")
            group.permissions.add(
                Permission.objects.get(
                    content_type__app_label=app, codename=codename
                )
            )


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("comments", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("moderation", "0002_decisions_append_only"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
