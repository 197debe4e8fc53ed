"""The fifteen phases of a month: loops over tables that call rules."""
