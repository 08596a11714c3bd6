"""Groups in the admin. Wagtail writes the rights of a group in one statement, which no signal tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.users.views import groups

from congdoan.accounts.models import User
from congdoan.portal import queries
from congdoan.portal.actions import bulk


class _RecordedRights:
    """Compares the rights before and after, and writes the difference to the trail."""

    if TYPE_CHECKING:  # of the view that this is mixed into
        object: Group
        request: HttpRequest

    def process_form(self) -> HttpResponse:
        """Save, with the entry in the same transaction."""
        before = queries.rights_of_group(self.object)
        with transaction.atomic():
            response: HttpResponse = super().process_form()  # type: ignore[misc]  # mixed into Wagtail's view
            if self.object.pk is not None:
                bulk.record_rights(
                    self.object,
                    before=before,
                    after=queries.rights_of_group(self.object),
                    by=cast("User", self.request.user),
                )
        return response


class CreateView(_RecordedRights, groups.CreateView):  # type: ignore[misc]  # Wagtail is untyped
    """Makes a group with its rights."""


class EditView(_RecordedRights, groups.EditView):  # type: ignore[misc]  # Wagtail is untyped
    """Changes a group and its rights."""


class GroupViewSet(groups.GroupViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Named by the configuration of ``wagtail.users`` (``config.apps``)."""

    add_view_class = CreateView
    edit_view_class = EditView
