"""The WSGI callable that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

# Every view is imported now and stays: a full collection of garbage would walk it all
# in the middle of a page, for 60 ms
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
