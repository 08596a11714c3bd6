"""Report pages as documents on paper."""
