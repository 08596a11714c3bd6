"""Setting up reporting: indicators, breakdowns, sheets, obligations, calendars, targets. Each a named event, locked and audited."""
