"""People and memberships: a module that a federation may leave switched off."""
