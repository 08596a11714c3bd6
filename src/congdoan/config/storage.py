"""How static files are kept: hashed names, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise is untyped
    """Hashed and precompressed. A reference to a file that is missing is an error in our own files only.

    Some add-ons name source maps that they do not ship; that must not stop the set-up.
    """

    manifest_strict = False
