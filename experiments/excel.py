"""What all workbooks share: no clock in them, their maker, and words that stay words."""

from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

_NO_CLOCK: Final = datetime(2021, 1, 1)  # the creation date that a workbook must have
_MAKER: Final = "zonesim"
PROPERTIES: Final = {"author": _MAKER, "created": _NO_CLOCK}
PLAIN_TEXT: Final = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_ABOUT: Final = "docProps/core.xml"  # part of every workbook, ECMA-376 part 2, section 11
_SAVED: Final = f"<cp:lastModifiedBy>{_MAKER}</cp:lastModifiedBy>"


def is_our_workbook(path: Path) -> bool:
    """Return whether there is a workbook that was last saved by zonesim, not by a spreadsheet."""
    try:
        with ZipFile(path) as book:
            return _SAVED.encode() in book.read(_ABOUT)
    except (OSError, BadZipFile, KeyError):
        return False


def is_risky(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula when somebody edits it.

    Examples
    --------
    >>> is_risky("=1+1"), is_risky("Khánh Phú")
    (True, False)
    """
    return text.startswith(FORMULA_SIGNS)
