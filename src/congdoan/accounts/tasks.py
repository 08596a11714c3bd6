"""Mail. Sent by the worker, so that no page takes longer for an account that exists."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_tasks import task

from congdoan.accounts.models import User


@task()
def send_reset_link(user: int, language: str) -> bool:
    """Send a link for a new password to the account with the number ``user`` (0: to nobody). Says whether one was sent.

    The link holds ``BASE_URL`` and not the name by which the site was called: that comes from whoever asked.
    """
    person = User.objects.filter(pk=user, is_active=True).exclude(email="").first()
    if person is None or not person.has_usable_password() or not settings.EMAIL_URL:
        return False
    with translation.override(language):
        uid = urlsafe_base64_encode(force_bytes(person.pk))
        path = reverse("accounts:reset", args=[uid, default_token_generator.make_token(person)])
        text = render_to_string(
            "accounts/mail/reset.txt",
            {
                "person": person,
                "url": f"{settings.BASE_URL}{path}",
                "site": settings.BASE_URL,
                "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
            },
        )
        EmailMessage(_("Đặt lại mật khẩu"), text, to=[person.email]).send()
    return True
