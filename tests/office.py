"""LibreOffice as a person's program: under a locale of its own, with a profile that nobody has used before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here: no soffice on the PATH")
UNO_PYTHON = "/usr/bin/python3"
"""The system's own Python, for which Debian's python3-uno is made."""


PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

UTF_8, UTF_16 = 76, 65535


def text_filter(delimiter: str, charset: int = UTF_8, *, sheet: int = 0) -> str:
    """What `soffice` calls text with these separators, its cells written as they are shown (the ninth token).

    `sheet`: 0 the first sheet, -1 each into a file of its own.
    """
    return f"Text - txt - csv (StarCalc):{ord(delimiter)},34,{charset},1,,0,false,true,true,false,false,{sheet}"


SEMICOLONS = f"csv:{text_filter(';')}"
EVERY_SHEET = f"csv:{text_filter(';', sheet=-1)}"
XLSX, ODS, PDF = "xlsx:Calc MS Excel 2007 XML", "ods:calc8", "pdf:calc_pdf_Export"
DOCUMENT_PDF = "pdf:writer_pdf_Export"
FORMS = {
    "semicolons.csv": SEMICOLONS,
    "commas.csv": f"csv:{text_filter(',')}",
    "unicode.txt": f"txt:{text_filter(chr(9), UTF_16)}",
    "workbook.xlsx": XLSX,
    "workbook.ods": ODS,
}
"""The files that an office may send, and what `soffice` calls their forms."""


@dataclass(frozen=True)
class Office:
    """LibreOffice under one locale, with a profile that nobody has used before."""

    folder: Path
    locale: str

    def _command(self) -> tuple[str, ...]:
        user = self.folder / f"profile-{self.locale}" / "user"
        if not user.exists():
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(PROFILE.format(locale=self.locale), encoding="utf-8")
        return str(SOFFICE), f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore"

    @property
    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def type_into(self, source: Path, cells: Mapping[str, str], target: Path) -> dict[str, str]:
        """Type texts into cells of the first sheet of `source` as a person does, and save it as the workbook `target`; returns
        what the cells show then."""
        pipe = f"kpi-{os.getpid()}-{source.stem}"
        office = subprocess.Popen((*self._command(), f"--accept=pipe,name={pipe};urp"), env=self._environment)
        try:
            clerk = (UNO_PYTHON, str(Path(__file__).with_name("clerk.py")), pipe, source.as_uri(), target.as_uri())
            run = subprocess.run(
                (*clerk, json.dumps(cells)),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
                env=self._environment,
            )
            assert run.returncode == 0, run.stderr
            shown: dict[str, str] = json.loads(run.stdout)
            return shown
        finally:
            office.terminate()
            office.wait(30)

    def convert(self, form: str, *sources: Path) -> list[Path]:
        """The files that come of saving `sources` in another form, in a folder of their own."""
        out = Path(tempfile.mkdtemp(prefix=f"{self.locale}-", dir=self.folder))
        run = subprocess.run(
            (*self._command(), "--convert-to", form, "--outdir", str(out), *map(str, sources)),
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        made = sorted(out.iterdir())
        # A conversion that fails ends with 0 all the same.
        assert len(made) >= len(sources), f"soffice made {made} (exit {run.returncode}): {run.stdout}{run.stderr}"
        return made
