"""Reading the organisation, scoped by who asks."""
