"""The public portal: front page, news, albums, bulletins."""
