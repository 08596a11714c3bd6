"""Sentences for people when Vietnamese text, a number, a date or a file cannot be read."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation and return it unchanged.

    This package knows nothing of Django, yet ``makemessages`` collects what stands inside this call.
    A layer above translates with ``_(error.sentence) % error.values``.
    """
    return sentence


class VntextError(ValueError):
    """What was given cannot be read. ``user_message`` is safe to show.

    ``sentence`` is a Vietnamese sentence with ``%(name)s`` places, ``values`` fills them.
    """

    def __init__(self, message: str, *, sentence: str, **values: object) -> None:
        super().__init__(message)
        self.sentence = sentence
        self.values = values

    @property
    def user_message(self) -> str:
        """The sentence in Vietnamese, filled in: what is wrong and how to mend it."""
        return self.sentence % self.values


class NumberError(VntextError):
    """A number or an amount of money cannot be read, or can be read in two ways."""


class DateError(VntextError):
    """A printed date cannot be read, does not exist, or contradicts its weekday."""


class EncodingError(VntextError):
    """A file is no text, or its character encoding cannot be told with certainty.

    ``reason`` is one of ``empty``, ``too_large``, ``binary``, ``damaged``, ``unknown``.
    """

    def __init__(self, message: str, *, reason: str, sentence: str, **values: object) -> None:
        super().__init__(message, sentence=sentence, **values)
        self.reason = reason
