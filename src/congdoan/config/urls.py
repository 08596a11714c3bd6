"""Root addresses. Vietnamese without a prefix; English under /en/ with the same path after it."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from congdoan.config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("congdoan.accounts.urls.unprefixed")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("congdoan.pages.urls")),
    path("api/v1/", include("congdoan.api.urls")),
    path("quan-tri/", include("congdoan.portal.admin_urls")),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", views.media, name="media"),
    *i18n_patterns(
        path("", include("congdoan.accounts.urls")),
        path("", include("congdoan.accounts.urls.allauth_names")),
        path("lam-viec/thong-bao/", include("congdoan.notices.urls")),
        path("", include("congdoan.organisation.urls")),
        path("", include("congdoan.members.urls")),
        path("", include("congdoan.reporting.urls")),
        path("", include("congdoan.figures.urls")),
        path("lam-viec/", include("congdoan.desk.urls")),
        path("van-ban/", include("congdoan.documents.urls")),
        path("tim-kiem/", include("congdoan.search.urls")),
        path("tham-gia/", include("congdoan.participation.urls")),
        path("", include("congdoan.portal.urls")),
        path("", include("congdoan.ui.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler400 = "congdoan.config.views.bad_request"
handler403 = "congdoan.config.views.permission_denied"
handler404 = "congdoan.config.views.page_not_found"
handler500 = "congdoan.config.views.server_error"

if settings.DEBUG:  # pragma: no cover
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns = [*staticfiles_urlpatterns(), *urlpatterns]
