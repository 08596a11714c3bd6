"""What can go wrong in an engine."""


class SearchError(Exception):
    """An engine cannot do what it was asked. The query is never at fault: any text is a valid query."""


class IndexMissingError(SearchError):
    """There is no index that can be read: never built, lost, damaged, or of another format. Rebuild it."""


class RebuildRunningError(SearchError):
    """Another process is rebuilding the index at this moment."""
