"""Types into a sheet that LibreOffice holds open; run by the system's Python, which has UNO.

Arguments: the pipe LibreOffice listens on, the file to open and the one to save, and a JSON object of cell names and what is typed into
them. Prints a JSON object of what each cell shows afterwards.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WAITS = 300


def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop_of(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(WAITS):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit(f"nobody listens on {pipe}")


def main(pipe, source, target, cells):
    document = desktop_of(pipe).loadComponentFromURL(source, "_blank", 0, (named("Hidden", True),))
    sheet = document.Sheets.getByIndex(0)
    shown = {}
    for name, text in json.loads(cells).items():
        cell = sheet.getCellRangeByName(name)
        cell.FormulaLocal = text
        shown[name] = cell.String
    document.storeToURL(target, (named("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    json.dump(shown, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
