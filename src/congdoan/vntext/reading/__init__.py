"""Reading figures out of Vietnamese text: each with its place, value, unit, qualifier, period and likely indicator.

Plain Python, linear in the length of the text, and the text itself is never changed::

    hints = hints_from_toml(toml)
    for figure in read_figures(text, hints, today=date(2019, 10, 17)):
        text[figure.start : figure.end] == figure.text
"""

from congdoan.vntext.reading.finding import read_figures
from congdoan.vntext.reading.found import Found
from congdoan.vntext.reading.indicators import Hint, hints_from_toml

__all__ = ["Found", "Hint", "hints_from_toml", "read_figures"]
