"""The decisions of the model as small pure functions, one file per decision."""
