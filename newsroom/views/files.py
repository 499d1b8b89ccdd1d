from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture an editor uploaded. Whatever it really holds, it runs nothing here.

    Names are never used twice (`upload_to` and storage see to it), so it may be kept.
    """
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers: touches no database, no session, no template."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
