"""Say why: of an investor, a zone, or a difference between two policies.

Each question has a module that finds (investor.py, zone.py, difference.py) and one that words what
was found (words_*.py). Not for what happened on average: experiments/answer.py.
"""
