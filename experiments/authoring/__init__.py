"""Write files for an analyst to fill in: a scenario of one's own, the data of a new province.

Everything written passes `zonesim check` as it is. Nothing here overwrites a file.
"""
