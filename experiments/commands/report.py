"""The verbs `report` and `export`: written results as pages and as a workbook.

`export` of a sweep is in experiments/commands/studies.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from experiments.answer import Answer
from experiments.commands.arguments import UsageError
from experiments.document import json_text
from experiments.insight.analysis import Analysis
from experiments.report.page import page
from experiments.report.sections import report_of
from experiments.store import reserve
from experiments.stored import ANSWER_FILE, read_answer
from experiments.sweeps.extras import need
from experiments.texts import LANGUAGES, Texts, load_texts
from sim.errors import StoreError

_BOTH: Final = "both"
_WORKBOOK: Final = "report.xlsx"
_EXCEL: Final = ".xlsx"


def report(arguments: argparse.Namespace) -> str:
    """Return what `zonesim report` prints, after writing the pages.

    Raises
    ------
    UsageError
        If options contradict each other.
    StoreError
        If the result or the sweep cannot be read, or the folder cannot be written.
    StudyError
        If an optional package is missing, or a threshold cannot be read.
    """
    if arguments.threshold and arguments.sweep is None:
        raise UsageError("zonesim report: --threshold is asked of a sweep; name it with --sweep.")
    if arguments.xlsx:
        need("xlsxwriter")
    chosen = LANGUAGES if arguments.lang == _BOTH else (arguments.lang,)
    with reserve(Path(arguments.out)) as target:
        answer = read_answer(Path(arguments.result))
        analysis = _analysis(arguments, answer)
        pages = {code: load_texts(code) for code in chosen}
        reports = {code: report_of(answer, texts, analysis) for code, texts in pages.items()}
        contents = {
            _file(code): page(found, answer.setting, pages[code], _others(code, chosen))
            for code, found in reports.items()
        }
        names = [*contents, *([_WORKBOOK] if arguments.xlsx else [])]
        target.commit(lambda folder: _write(folder, contents, answer, analysis, arguments.xlsx))
    files = [str(Path(arguments.out) / name) for name in names]
    if arguments.json:
        return json_text({"files": list(files)})
    texts = pages[chosen[0]]
    return texts.get("page", "written").format(files=", ".join(files)) + "\n"


def _analysis(arguments: argparse.Namespace, answer: Answer) -> Analysis | None:
    """Return the analysis of the sweep that was named, if one was."""
    if arguments.sweep is None:
        return None
    from experiments import analyse

    found = analyse(arguments.sweep, thresholds=arguments.threshold)
    if found.study.province != answer.setting.province:
        raise StoreError(
            f"--sweep {arguments.sweep}: a study of {found.study.province}, but {arguments.result} "
            f"is of {answer.setting.province}; expected a sweep in the same province."
        )
    return found


def _file(code: str) -> str:
    return f"report.{code}.html"


def _others(code: str, chosen: tuple[str, ...]) -> dict[str, str]:
    return {other: _file(other) for other in chosen if other != code}


def _write(
    folder: Path,
    contents: dict[str, str],
    answer: Answer,
    analysis: Analysis | None,
    with_workbook: bool,
) -> None:
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    if with_workbook:
        _write_workbook(folder / _WORKBOOK, answer, analysis)


def _write_workbook(path: Path, answer: Answer, analysis: Analysis | None) -> None:
    from experiments.report.workbook import write_workbook

    texts: tuple[Texts, Texts] = (load_texts("en"), load_texts("vi"))
    english, vietnamese = (report_of(answer, language, analysis) for language in texts)
    write_workbook(path, english, vietnamese, texts)


def export(arguments: argparse.Namespace) -> str:
    """Return what `zonesim export` prints, after writing tables of a sweep or of an answer.

    Raises
    ------
    UsageError
        If there is no such table, or the file does not end as it should.
    StoreError
        If the result cannot be read or the file cannot be written.
    StudyError
        If an optional package is missing.
    """
    folder, out = Path(arguments.result), Path(arguments.out)
    if not (folder / ANSWER_FILE).is_file():
        from experiments.commands.studies import export as export_sweep

        return export_sweep(arguments)
    if arguments.table is not None:
        raise UsageError(
            f"zonesim export: --table {arguments.table}: a table of a sweep, but {folder} is what "
            f"compare or run wrote; expected no --table. Its tables as CSV are in {folder}/tables."
        )
    if out.suffix.lower() != _EXCEL:
        raise UsageError(
            f"zonesim export: --out {out}: expected a name that ends in {_EXCEL}. "
            f"The tables of {folder} as CSV are in {folder}/tables."
        )
    need("xlsxwriter")
    aside = out.with_name(f".{out.name}.part")
    try:
        _write_workbook(aside, read_answer(folder), None)
        aside.replace(out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"--out {out}: cannot be written ({reason}).") from None
    finally:
        aside.unlink(missing_ok=True)
    if arguments.json:
        return json_text({"files": [str(out)]})
    return load_texts(arguments.lang).get("page", "written").format(files=str(out)) + "\n"
