"""Studies: read and check them, run them into a folder that cannot be lost, read it, write it out.

Nothing is imported here, so that `zonesim check` stays quick. Python calls are in
experiments/__init__.py.
"""
