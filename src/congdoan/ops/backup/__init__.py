"""Everything needed to come back: database, files, and the settings that are not secret, in one archive.

The archive is a gzipped tar: ``database.sqlite3`` or ``tables/<name>.csv``, ``media/…``, and at its end
``manifest.json``, which lists every member with size and SHA-256. Without its manifest an archive is incomplete.
"""
