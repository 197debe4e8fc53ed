"""What all workbooks share: no clock in them, and words that stay words."""

from datetime import datetime
from typing import Final

NO_CLOCK: Final = datetime(2021, 1, 1)  # the creation date that a workbook must have
PLAIN_TEXT: Final = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula when somebody edits it.

    Examples
    --------
    >>> is_risky("=1+1"), is_risky("Khánh Phú")
    (True, False)
    """
    return text.startswith(FORMULA_SIGNS)
