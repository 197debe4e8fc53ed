"""The report of a result: sections of words, tables and figures, as a page and as a workbook.

sections.py says what is in it and in which order; page.py and workbook.py only write it down.
"""
