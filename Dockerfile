FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --home-dir /srv/newsroom newsroom
WORKDIR /srv/newsroom
COPY --from=packages /venv /venv
COPY manage.py ./
COPY articles articles
COPY comments comments
COPY moderation moderation
COPY newsroom newsroom
COPY fixtures fixtures
RUN mkdir -p var/media && DJANGO_SECRET_KEY=only-for-collectstatic python manage.py collectstatic --no-input --verbosity 0 \
 && chown -R newsroom var
USER newsroom
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/sante/', timeout=2)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--no-ws", "newsroom.wsgi:application"]
