"""Reading figures out of Vietnamese text: each with its place, value, unit, qualifier, period and likely indicator.

Plain Python, linear in the length of the text, and the text itself is never changed::

    hints = hints_from_toml(toml)
    found = read_figures(text, hints, today=date(2019, 10, 17))
    all(text[figure.start : figure.end] == figure.text for figure in found)
    for remark in check_figures(text, found):
        print(remark.spans, remark.translated(gettext))
"""

from congdoan.vntext.reading.checking import Remark, check_figures
from congdoan.vntext.reading.finding import read_figures
from congdoan.vntext.reading.found import Found
from congdoan.vntext.reading.indicators import Hint, hints_from_toml

__all__ = ["Found", "Hint", "Remark", "check_figures", "hints_from_toml", "read_figures"]
