"""What the apps above may listen to."""

from django.dispatch import Signal

document_changed = Signal()
"""A document was written or deleted, in the transaction of the change. Sends ``pk``; ``None``: any may look different.

What shows a document, or a list of documents, is out of date when the transaction has been committed.
"""
