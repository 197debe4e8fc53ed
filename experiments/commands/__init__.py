"""The verbs of the command line: each takes parsed arguments and returns text to print.

Nothing here prints; experiments/cli.py does. Each module is imported when its verb is called.
"""
