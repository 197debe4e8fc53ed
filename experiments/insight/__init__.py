"""What a study says: sensitivity, scenario discovery, regret; functions of arrays and tables only.

Not for running or reading studies. Everything here takes numbers and returns numbers; words are in
experiments/insight/words.py, figures in experiments/plots.
"""
