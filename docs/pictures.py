"""Make the pictures of the README from the program itself: `make pictures`. It needs Chromium, LibreOffice and poppler.

The terminal is drawn by rich, the page photographed in Chromium, the workbook and the annex printed by LibreOffice; all from the sample
figures, which are made up and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console

from vinhchau_kpi.cli import main
from vinhchau_kpi.desk import Desk
from vinhchau_kpi.forms.terminal import draw
from vinhchau_kpi.messages import VI
from vinhchau_kpi.settings import Settings
from vinhchau_kpi.views import report as view

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLES = "data/samples/2019-*.csv"
PERIOD = "2019-06"
COLUMNS = 118
DOTS_PER_INCH = "72"


def pictures() -> None:
    """Write all four, over what is there."""
    sys.path.insert(0, str(ROOT / "tests"))
    from office import DOCUMENT_PDF, PDF, Office

    missing = [name for name in ("chromium", "soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.exit(
            f"Not here: {', '.join(missing)}. Debian's packages are chromium, libreoffice-calc-nogui, libreoffice-writer-nogui, poppler-utils."
        )
    os.chdir(ROOT)
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = Office(folder, "vi-VN")
        for form in ("html", "xlsx", "docx"):
            main(["report", PERIOD, "--actuals", SAMPLES, "--lang", "vi", "-o", str(folder / f"report.{form}")])
        photograph(folder / "report.html", PICTURES / "page.png")
        for form, filter_, picture in (("xlsx", PDF, "workbook"), ("docx", DOCUMENT_PDF, "annex")):
            (pdf,) = office.convert(filter_, folder / f"report.{form}")
            first = ("-f", "1", "-l", "1", "-singlefile")
            subprocess.run(["pdftoppm", "-png", "-r", DOTS_PER_INCH, *first, pdf, PICTURES / picture], check=True)


def terminal() -> str:
    """The first section of the report as a terminal shows it."""
    desk = Desk(VI, Settings(actuals=[SAMPLES]))
    known = desk.figures_on(None).known_on(None)
    report = desk.report(known, desk.period(PERIOD, known), ["KT"])
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, highlight=False, markup=False, emoji=False
    )
    draw(view.screen(report, report, VI), console)
    return console.export_svg(title=f"kpi report {PERIOD} --section KT")


def photograph(page: Path, picture: Path) -> None:
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,1000")
    subprocess.run(["chromium", *options, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    pictures()
