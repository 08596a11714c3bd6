"""An officer's start page: what waits for me."""
