"""Settings. Places differ only by their environment: `.env.example` names each variable."""

from email.utils import parseaddr
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

SECRET_KEY = env.str("DJANGO_SECRET_KEY")
DEBUG = env.bool("DJANGO_DEBUG", default=False)
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])

# The newspaper
NEWSPAPER_NAME = env.str("NEWSROOM_NAME", default="Le Journal")
NEWSPAPER_URL = env.str("NEWSROOM_URL", default="http://127.0.0.1:8000").rstrip("/")
COMMENT_POLICY = env.str("NEWSROOM_COMMENT_POLICY", default="flagged_first")
COMMENT_MAX_LENGTH = env.int("NEWSROOM_COMMENT_MAX_LENGTH", default=3000)  # graphemes
COMMENTS_PER_PAGE = 50
COMMENTS_PER_MINUTE = env.int("NEWSROOM_COMMENTS_PER_MINUTE", default=6)  # an author
APPEAL_MONTHS = env.int("NEWSROOM_APPEAL_MONTHS", default=6)  # the law asks for six
APPEAL_BY_ANOTHER = env.bool("NEWSROOM_APPEAL_BY_ANOTHER", default=True)
WEBHOOK_PORTS = env.list("NEWSROOM_WEBHOOK_PORTS", cast=int, default=[443])
WEBHOOK_INTRANET = env.list("NEWSROOM_WEBHOOK_INTRANET", default=[])  # host:port
DISPUTE_BODIES = env.bool("NEWSROOM_DISPUTE_BODIES", default=True)
SECOND_LOOK_SHARE = env.float(
    "NEWSROOM_SECOND_LOOK_SHARE", default=0.02
)  # of decisions
SECOND_LOOK_AUDITS = env.int("NEWSROOM_SECOND_LOOK_AUDITS", default=400)  # a year

INSTALLED_APPS = [
    "newsroom.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "rest_framework",
    "rest_framework.authtoken",
    "newsroom",
    "moderation",
    "comments",
    "articles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "newsroom" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context_processors.newspaper",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "moderation.jinja.environment"},
    },
]

# Data: one SQLite file unless DATABASE_URL says otherwise
DATABASES = {
    "default": env.db(
        "DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'newsroom.sqlite3'}"
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Pages read few rows of many: workers that start to help one, and compiled plans,
    # made the desk's searches take a second instead of 20 ms
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c max_parallel_workers_per_gather=0 -c jit=off"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: sign-in limits are counted here
if redis_url := env.str("REDIS_URL", default=""):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "newsroom_cache",
        }
    }
# The API's limits on reading: counted without a database write, in each process
CACHES["rates"] = (
    CACHES["default"]
    if redis_url
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rates",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # callers
    }
)

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
TIME_ZONE = env.str("NEWSROOM_TIME_ZONE", default="Asia/Beirut")
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("NEWSROOM_MEDIA_ROOT", default=BASE_DIR / "var" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Accounts
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = reverse_lazy("front")
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "comments.forms.SignupForm"
ACCOUNT_FORMS = {
    "add_email": "newsroom.account_forms.AddEmailForm",
    "change_password": "newsroom.account_forms.ChangePasswordForm",
    "login": "newsroom.account_forms.LoginForm",
    "reauthenticate": "newsroom.account_forms.ReauthenticateForm",
    "reset_password": "newsroom.account_forms.ResetPasswordForm",
    "reset_password_from_key": "newsroom.account_forms.ResetPasswordKeyForm",
    "set_password": "newsroom.account_forms.SetPasswordForm",
    "signup": "newsroom.account_forms.SignupForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address an account; a new one must be confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change of password or address is told by mail
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before such a change
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = env.str("NEWSROOM_EMAIL_VERIFICATION", default="mandatory")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if NEWSPAPER_URL[:5] == "https" else "http"

# Mail: without EMAIL_URL it is printed, not sent
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds: no page waits longer for a mail server
DEFAULT_FROM_EMAIL = env.str("NEWSROOM_EMAIL_FROM", default="journal@localhost")
CONTACT_EMAIL = (
    env.str("NEWSROOM_CONTACT_EMAIL", default="") or parseaddr(DEFAULT_FROM_EMAIL)[1]
)
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs must not hold a moderator up

FORM_RENDERER = "newsroom.form_renderer.NewspaperFormRenderer"

# Security
HTTPS = env.bool("NEWSROOM_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Other systems follow no redirect: over http their doors refuse instead
SECURE_REDIRECT_EXEMPT = [r"^sante/$", r"^api/(perspective|coral)(/|$)"]
if env.bool("NEWSROOM_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an article of 800 blocks in the admin
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

REST_FRAMEWORK = {
    # The first one's challenge is the 401's
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "newsroom.api.authentication.TokenAuthentication",
        "newsroom.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["newsroom.api.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "newsroom.api.exceptions.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "newsroom.api.throttles.AnonymousRate",
        "newsroom.api.throttles.AccountRate",
        "newsroom.api.throttles.WritingRate",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("NEWSROOM_API_RATE_ANONYMOUS", default="120/min"),
        "user": env.str("NEWSROOM_API_RATE_ACCOUNT", default="600/min"),
        "comment": env.str("NEWSROOM_API_RATE_COMMENTS", default="20/min"),
        "token": env.str("NEWSROOM_API_RATE_TOKENS", default="10/hour"),
        # Readers' reports, by page and API together
        "report": env.str("NEWSROOM_REPORT_RATE_ACCOUNT", default="10/min"),
        "report_network": env.str("NEWSROOM_REPORT_RATE_ANONYMOUS", default="30/min"),
        "report_address": env.str("NEWSROOM_REPORT_RATE_ADDRESS", default="20/hour"),
    },
    "NUM_PROXIES": env.int("NEWSROOM_PROXIES", default=0),
    "URL_FORMAT_OVERRIDE": None,  # the Accept header alone chooses
    "DEFAULT_METADATA_CLASS": None,  # the schema says it; OPTIONS gives 405
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "newsroom.api.exceptions.ExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "newsroom.api.exceptions.ExceptionFormatter",
    "ERROR_SCHEMAS": {
        "403": "newsroom.api.responses.ForbiddenSerializer",
        "429": "newsroom.api.responses.ThrottledSerializer",
    },
}
_ERRORS = "drf_standardized_errors.openapi_serializers"
SPECTACULAR_SETTINGS = {
    "TITLE": NEWSPAPER_NAME,
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,  # they speak to developers, in English
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+",
    "POSTPROCESSING_HOOKS": [
        "drf_standardized_errors.openapi_hooks.postprocess_schema_enums"
    ],
    "ENUM_NAME_OVERRIDES": {
        "ValidationErrorEnum": f"{_ERRORS}.ValidationErrorEnum.choices",
        "ClientErrorEnum": f"{_ERRORS}.ClientErrorEnum.choices",
        "ServerErrorEnum": f"{_ERRORS}.ServerErrorEnum.choices",
        "ErrorCode401Enum": f"{_ERRORS}.ErrorCode401Enum.choices",
        "ErrorCode403Enum": "newsroom.api.responses.ForbiddenCode.choices",
        "ErrorCode404Enum": f"{_ERRORS}.ErrorCode404Enum.choices",
        "ErrorCode405Enum": f"{_ERRORS}.ErrorCode405Enum.choices",
        "ErrorCode406Enum": f"{_ERRORS}.ErrorCode406Enum.choices",
        "ErrorCode409Enum": "newsroom.api.responses.ConflictCode.choices",
        "ErrorCode415Enum": f"{_ERRORS}.ErrorCode415Enum.choices",
        "ErrorCode429Enum": "newsroom.api.responses.ThrottledCode.choices",
        "ErrorCode500Enum": f"{_ERRORS}.ErrorCode500Enum.choices",
        "ParseErrorCodeEnum": f"{_ERRORS}.ParseErrorCodeEnum.choices",
        "CommentStatus": "comments.models.Comment.Status",
        "BatchState": "moderation.models.DecisionBatch.State",
        "AppealState": "moderation.models.Appeal.State",
        "AppealOutcome": "moderation.models.Appeal.Outcome",
        "ComplaintOutcome": "moderation.models.Complaint.Outcome",
        "ComplaintAnswer": "newsroom.api.serializers.complaints.ANSWERS",
        "AppealAnswer": "newsroom.api.serializers.appeals.ANSWERS",
        "DecisionAction": "moderation.models.Action",
        "ReasonCode": "moderation.reasons.ReasonCode",
        "SanctionKind": "moderation.sanction_models.Sanction.Kind",
        "ReportKind": "moderation.report_models.ReportKind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
