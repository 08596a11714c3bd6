"""The library of documents (văn bản)."""
