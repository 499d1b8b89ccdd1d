"""The project's settings, made quick and quiet for tests."""

import os

os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests")
os.environ.setdefault("NEWSROOM_HTTPS", "false")
os.environ.setdefault("NEWSROOM_EMAIL_VERIFICATION", "optional")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url

from newsroom.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
