"""What every public page shares: settings of the site, page cache, live parts, visits."""
