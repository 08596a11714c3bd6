"""Shape of what editors hand in."""

from congdoan.portal.forms.albums import PhotoRows, UploadForm
from congdoan.portal.forms.saved_pages import NEW_CATEGORY, ImportForm, SavedPageForm, pack, unpack

__all__ = [
    "NEW_CATEGORY",
    "ImportForm",
    "PhotoRows",
    "SavedPageForm",
    "UploadForm",
    "pack",
    "unpack",
]
