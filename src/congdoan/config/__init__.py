"""Settings, root addresses, and the command line: what ties the apps into one product."""
