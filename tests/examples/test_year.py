"""The year of the notebook: made up the same each time, with one source for page and notebook, and every cell runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat

import runstrong as rs
from tests.examples.opening import EXAMPLES, ROOT, opened

YEAR = opened("year/make_year.py")
BOOK = opened("year/notebook.py")
LOG = rs.read_log(EXAMPLES / "year" / "activities.csv", zone="Europe/Berlin")


def test_the_export_is_what_the_script_writes() -> None:
    """The file under version control is no other than the script's, byte for byte."""
    made = YEAR.strava_csv(sorted(YEAR.outings(), key=lambda each: each.start))
    assert (EXAMPLES / "year" / "activities.csv").read_bytes() == made.encode()


def test_the_year_is_read_whole() -> None:
    """Nothing of the export is lost: 191 runs over a year, with nothing grave to say."""
    assert len(LOG.runs) == 191
    assert [str(day) for day in LOG.span or ()] == ["2026-01-06", "2027-01-03"]
    assert not any(remark.grave for remark in LOG.remarks)


def test_the_leap_of_april_is_found() -> None:
    """The page speaks of a long run and a week in April, and of the marathon."""
    found = rs.audit(LOG, runner=rs.Runner(name="Robin", running=rs.RunningWeek(), running_years=4)).findings
    assert {(each.rule, str(each.where.date)) for each in found} >= {
        ("TM01", "2026-04-19"), ("TM02", "2026-04-13"), ("TM01", "2026-10-04"),
    }  # fmt: skip


def test_page_and_notebook_are_one() -> None:
    """The notebook is what the script makes of the page: run examples/year/notebook.py after changing it."""
    assert BOOK.NOTEBOOK.read_text(encoding="utf-8") == BOOK.written(BOOK.PAGE.read_text(encoding="utf-8"))


def test_the_notebook_is_a_valid_one_without_outputs() -> None:
    """What Jupyter opens is valid, and holds nothing of an earlier run."""
    book = nbformat.read(BOOK.NOTEBOOK, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) > 15
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert "{code-cell}" not in BOOK.NOTEBOOK.read_text(encoding="utf-8")


def test_links_of_the_notebook_lead_somewhere() -> None:
    """What is relative on the page is relative to the folder of the notebook here."""
    text = "".join(cell.source for cell in nbformat.read(BOOK.NOTEBOOK, as_version=4).cells)
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert links
    for link in links:
        assert (EXAMPLES / link).exists(), link


def test_every_cell_runs_from_the_folder_of_the_notebook(tmp_path: Path) -> None:
    """All cells in order, as Jupyter runs them, without a warning; the page itself is run where the site is built."""
    book = nbformat.read(BOOK.NOTEBOOK, as_version=4)
    program = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    file = tmp_path / "cells.py"
    file.write_text(f"import matplotlib\nmatplotlib.use('agg')\n{program}", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", file],
        capture_output=True,
        text=True,
        cwd=EXAMPLES,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "intervals 7 km" in done.stdout
    assert "info 2027-04-18: 21.1 km is over 13.2 km" in done.stdout
    assert "plan.html plan.yaml" in done.stdout
