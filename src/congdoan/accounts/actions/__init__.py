"""What may happen to an account. Each is one transaction with its line in the trail."""

from congdoan.accounts.actions.factors import (
    add_passkey,
    add_totp,
    enable_totp,
    make_recovery_codes,
    note_failed_step,
    remove_factor,
    rename_passkey,
    show_recovery_codes,
    use_code,
)
from congdoan.accounts.actions.sessions import (
    begin_session,
    end_session,
    end_sessions,
    follow_key,
    forget_session,
    note_seen,
)
from congdoan.accounts.actions.users import create_user, set_password

__all__ = [
    "add_passkey",
    "add_totp",
    "begin_session",
    "create_user",
    "enable_totp",
    "end_session",
    "end_sessions",
    "follow_key",
    "forget_session",
    "make_recovery_codes",
    "note_failed_step",
    "note_seen",
    "remove_factor",
    "rename_passkey",
    "set_password",
    "show_recovery_codes",
    "use_code",
]
