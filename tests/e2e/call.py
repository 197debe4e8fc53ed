"""The command line as a test calls it."""

from experiments.cli import main


def zonesim(capsys, *words):
    """Return exit code, standard output and standard error."""
    code = main([str(word) for word in words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err
