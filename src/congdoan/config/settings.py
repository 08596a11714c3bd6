"""Settings of one installation, read from the environment (names: docs/settings.md).

Nothing is required for the demonstration. Outside it an unset ``SECRET_KEY`` stops the start.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from congdoan.config import logs, personal, policy
from congdoan.config.newsroom import *  # noqa: F403  # settings, each meant for export

env = Env()
PACKAGE_DIR = Path(__file__).resolve().parent.parent

DATA_DIR = Path(env.str("DATA_DIR", "var")).resolve()
DEMO_FILE = DATA_DIR / "demo.json"
"""Marks an installation as the demonstration and holds the keys made for it."""


def _read_demo() -> dict[str, str] | None:
    try:
        demo: dict[str, str] = json.loads(DEMO_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return demo


_demo = _read_demo()
IS_DEMO = _demo is not None
SECRET_KEY = env.str("SECRET_KEY", "") or (_demo or {}).get("secret_key", "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Chưa có SECRET_KEY. Hãy đặt biến môi trường SECRET_KEY (ít nhất 50 ký tự ngẫu nhiên), "
        "hoặc chạy “congdoan setup --demo” để dùng thử. / SECRET_KEY is not set."
    )

MEMBERS, FIELD_KEYS = personal.read(env, _demo)
"""Is the register of members on ("on", "off"), and the keys of its encrypted fields: the first encrypts, all decrypt."""

DEBUG = env.bool("DEBUG", False)
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
"""Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are."""

INSTALLED_APPS = [
    "congdoan.config.apps.ConfigConfig",
    "congdoan.ops",
    "congdoan.api",
    "congdoan.desk",
    "congdoan.portal",
    "congdoan.figures",
    "congdoan.participation",
    "congdoan.reporting",
    "congdoan.documents",
    "congdoan.pages",
    "congdoan.media",
    "congdoan.members",
    "congdoan.organisation",
    "congdoan.notices",
    "congdoan.accounts",
    "congdoan.search",
    "congdoan.audit",
    "congdoan.ui",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "congdoan.config.apps.UsersAdminConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_structlog",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "congdoan.config.middleware.TrustedProxyMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congdoan.config.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "congdoan.organisation.middleware.CapacityMiddleware",
    "congdoan.accounts.middleware.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congdoan.accounts.middleware.SecondFactorMiddleware",
    "congdoan.organisation.newsroom_gate.NewsroomGate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "congdoan.config.middleware.AtomicAdminMiddleware",
]

ROOT_URLCONF = "congdoan.config.urls"
WSGI_APPLICATION = "congdoan.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congdoan.pages.context_processors.site",
                "congdoan.ui.context_processors.desk",
                "congdoan.organisation.context_processors.capacities",
            ],
            "builtins": ["congdoan.ui.templatetags.ui"],
        },
    },
]

# --- Database, cache, work in the background ---------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}", conn_max_age=600)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue for the lock at BEGIN instead of failing in the middle of a transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # WAL lets readers go on while one writes; FULL keeps an acknowledged write through a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
            "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

SCHEDULE: dict[str, tuple[str, timedelta]] = {
    # name: (task, how often); run by the background worker of `congdoan serve`
    "publish_scheduled": ("congdoan.portal.tasks.publish_scheduled", timedelta(seconds=10)),
    "refresh_weather": ("congdoan.portal.tasks.refresh_weather", timedelta(minutes=30)),
    "search_drain": ("congdoan.search.tasks.drain", timedelta(seconds=1)),
    "prune": ("congdoan.ops.tasks.prune", timedelta(hours=6)),
    "notices_mail": ("congdoan.notices.tasks.mail", timedelta(minutes=1)),
    "notices_remind": ("congdoan.notices.tasks.remind", timedelta(hours=1)),
    "notices_prune": ("congdoan.notices.tasks.prune", timedelta(hours=24)),
    "organisation_editors": ("congdoan.organisation.tasks.sync_editors", timedelta(hours=1)),
    "members_headcounts": ("congdoan.members.tasks.freeze_headcounts", timedelta(hours=24)),
    "figures_notice": ("congdoan.figures.tasks.notice", timedelta(minutes=1)),
    # Reports open in the first hour of their period's first day.
    "reporting_periods": ("congdoan.reporting.tasks.open_periods", timedelta(hours=1)),
}

# --- Languages, time -----------------------------------------------------------------------------

LANGUAGE_CODE = env.str("LANGUAGE_CODE", "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_I18N = True
FORMAT_MODULE_PATH = ["congdoan.config.formats"]
USE_TZ = True

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "congdoan.config.storage.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article has that many fields in the page editor
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["congdoan.accounts.backends.AnyNameBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "congdoan.accounts.validators.LengthValidator"},
    {"NAME": "congdoan.accounts.validators.GuessableValidator"},
]
PASSWORD_HASHERS = [
    "congdoan.accounts.hashers.NormalisingScryptHasher",
    "congdoan.accounts.hashers.NormalisingPBKDF2Hasher",
]
PASSWORD_RESET_TIMEOUT = 3600

# Signing in: docs/decisions/0009-sign-in-with-allauth.md. Attempts are counted by accounts.limits and not by allauth,
# whose counts by account would let anybody lock out anybody.
ACCOUNT_ADAPTER = "congdoan.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "congdoan.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RATE_LIMITS = False
SOCIALACCOUNT_ADAPTER = "congdoan.accounts.adapters.SocialAccountAdapter"
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "OpenID Connect")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

# --- Mail ------------------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", "")
_email = env.dj_email_url("EMAIL_URL", "") if EMAIL_URL else {}
EMAIL_BACKEND = _email.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "congdoan@localhost")

# --- Safety ----------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False  # nginx in front does it; see docs/production.md
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for other subdomains is not ours to decide
    "security.W008",  # nginx redirects to HTTPS
    "security.W019",  # Wagtail shows previews in a frame of its own
    "fields.W163",  # comments of columns stand in PostgreSQL; SQLite has none
    "security.W021",  # preloading HSTS binds the whole domain
]
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "congdoan_session"
CSRF_COOKIE_NAME = "congdoan_csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "congdoan.config.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, *policy.script_hashes()],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = policy.admin_directives()

# --- Logs ------------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # a network address is personal data; the request id is enough
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
_log_processors: list[Any] = [
    structlog.contextvars.merge_contextvars,
    logs.redact,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": _log_processors,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "congdoan": {"level": LOG_LEVEL},
        # One line a request; an article served from the page cache never gets here.
        "django_structlog": {"level": LOG_LEVEL},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        *_log_processors[1:],
        structlog.processors.StackInfoRenderer(),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

# --- Wagtail (the rest: newsroom.py) ----------------------------------------------------------------

WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_USER_TIME_ZONES = [
    TIME_ZONE
]  # one country, one time; browsers do not know every name that Python lists

# --- Other hosts: only what a setting names --------------------------------------------------------

WEATHER_URL = env.str("WEATHER_URL", "")
SEARCH_URL = env.str("SEARCH_URL", "")
# Where totals are summed and checked by something bigger than DuckDB in this process.
CLICKHOUSE_URL = env.str("CLICKHOUSE_URL", "")
SPARK_MASTER = env.str("SPARK_MASTER", "")
