"""The project's settings, made quick and quiet for tests."""

import os

os.environ.setdefault("DJANGO_SECRET_KEY", "only-for-tests")
os.environ.setdefault("NEWSROOM_HTTPS", "false")
os.environ.setdefault("NEWSROOM_EMAIL_VERIFICATION", "optional")
if url := os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url

from newsroom.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "rates")  # one memory: emptied together
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # serve static files as they are, uncollected
WHITENOISE_USE_FINDERS = True
SECOND_LOOK_SHARE = 0.0  # tests that count queries would meet a draw by chance
