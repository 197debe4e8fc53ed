"""The verbs `report` and `export`: written results as pages and as a workbook.

`export` of a sweep is in experiments/commands/studies.py.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from experiments.commands.arguments import UsageError
from experiments.excel import is_our_workbook
from experiments.json_text import json_text
from experiments.report.content import Report
from experiments.report.page import page
from experiments.report.sections import report_of
from experiments.store import replace_file, reserve
from experiments.stored import ANSWER_FILE, read_answer
from experiments.sweeps.extras import need
from experiments.texts import LANGUAGES, Language, load_texts
from sim.errors import StoreError

Reports = dict[Language, Report]
_BOTH: Final = "both"
_WORKBOOK: Final = "report.xlsx"
_EXCEL: Final = ".xlsx"
_SWEEP_FILE: Final = "manifest.json"  # in the folder of a sweep


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
    chosen = [code for code in LANGUAGES if arguments.lang in (code, _BOTH)]
    if arguments.xlsx:
        need("xlsxwriter")
    if os.path.realpath(arguments.out) == os.path.realpath(arguments.result):
        raise UsageError(
            f"zonesim report: --out {arguments.out}: is RESULT, which the report would replace; "
            "expected another folder. Name a new one."
        )
    with reserve(Path(arguments.out)) as target:
        reports = _reports(arguments, LANGUAGES if arguments.xlsx else chosen)
        contents: dict[str, bytes] = {
            _file(code): _page(reports[code], [other for other in chosen if other != code])
            for code in chosen
        }
        if arguments.xlsx:
            contents[_WORKBOOK] = _workbook(reports)
        target.commit(lambda folder: _write(folder, contents))
    files = [str(Path(arguments.out) / name) for name in contents]
    if arguments.json:
        return json_text({"files": list(files)})
    return load_texts(chosen[0]).get("page", "written").format(files=", ".join(files)) + "\n"


def _reports(arguments: argparse.Namespace, languages: Iterable[Language]) -> Reports:
    """Return the report of a comparison, a run or a sweep in some languages."""
    folder = Path(arguments.result)
    if not (folder / ANSWER_FILE).is_file() and (folder / _SWEEP_FILE).is_file():
        return _of_sweep(arguments, languages)
    if arguments.threshold and arguments.sweep is None:
        raise UsageError("zonesim report: --threshold is asked of a sweep; name it with --sweep.")
    answer, analysis = read_answer(folder), None
    if arguments.sweep is not None:
        from experiments import analyse

        analysis = analyse(arguments.sweep, thresholds=arguments.threshold)
        if analysis.study.province != answer.setting.province:
            raise StoreError(
                f"--sweep {arguments.sweep}: a study of {analysis.study.province}, but {folder} is "
                f"of {answer.setting.province}; expected a sweep in the same province."
            )
    return {code: report_of(answer, load_texts(code), analysis) for code in languages}


def _of_sweep(arguments: argparse.Namespace, languages: Iterable[Language]) -> Reports:
    """Return the report of a sweep alone."""
    if arguments.sweep is not None:
        raise UsageError(
            f"zonesim report: {arguments.result} is a sweep already; expected no --sweep, or a "
            "folder that compare or run wrote as RESULT."
        )
    from experiments import analyse, open_result
    from experiments.report.study_sections import study_report_of

    result = open_result(arguments.result)
    analysis = analyse(result, thresholds=arguments.threshold)
    return {
        code: study_report_of(analysis, result.manifest, load_texts(code)) for code in languages
    }


def _file(code: Language) -> str:
    return f"report.{code}.html"


def _page(found: Report, others: Iterable[Language]) -> bytes:
    links: dict[str, str] = {code: _file(code) for code in others}
    return page(found, load_texts(found.language), links).encode()


def _workbook(reports: Reports) -> bytes:
    from experiments.report.workbook import workbook  # its package is optional

    texts = (load_texts("en"), load_texts("vi"))
    return workbook(reports["en"], reports["vi"], texts)


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).write_bytes(content)


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
    answer = read_answer(folder)
    content = _workbook({code: report_of(answer, load_texts(code)) for code in LANGUAGES})
    replace_file(out, lambda aside: aside.write_bytes(content), ours=is_our_workbook(out))
    if arguments.json:
        return json_text({"files": [str(out)]})
    return load_texts(arguments.lang).get("page", "written").format(files=str(out)) + "\n"
