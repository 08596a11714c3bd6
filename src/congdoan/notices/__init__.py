"""What a person is told: notices, reminders, the daily mail; and what waits for them."""
