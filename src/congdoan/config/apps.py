"""The project itself as an app: it carries the translations and the management of settings."""

from __future__ import annotations

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class ConfigConfig(AppConfig):
    """Settings and root addresses."""

    name = "congdoan.config"
    label = "config"
    verbose_name = "Congdoan"

    def ready(self) -> None:
        """Join apps that stand beside each other and know nothing of each other."""
        # Models can be imported only once every app is there.
        from congdoan.api import articles
        from congdoan.portal.queries import open_data

        articles.supply(open_data.articles)


class UsersAdminConfig(WagtailUsersAppConfig):  # type: ignore[misc]  # Wagtail is untyped
    """Accounts and groups in the admin, with what changes there in the audit trail."""

    group_viewset = "congdoan.portal.views.groups.GroupViewSet"
