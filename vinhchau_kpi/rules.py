"""Every rule an input can break: the one place where its code, severity and sentences are declared.

`kpi rule` and `docs/findings.md` are printed from here. `ALL` lists them in the order of the flow: the file, its
table, a row's cells, figures held against each other, then the plan file.
"""

from __future__ import annotations

import copyreg

from vinhchau_kpi.finding import Rule, Severity
from vinhchau_kpi.messages import N_

ALL: list[Rule] = []


def _rule(
    severity: Severity, code: str, title: str, message: str, fix: str, about: str, example: str, instead: str
) -> Rule:
    rule = Rule(code, severity, title, message, fix, about, example, instead)
    ALL.append(rule)
    return rule


def _doubt(code: str, title: str, message: str, fix: str, about: str, example: str, instead: str) -> Rule:
    """A warning that a number may be wrong though it is well formed; its findings say `about` which figures it is."""
    rule = Rule(code, Severity.WARNING, title, message, fix, about, example, instead, is_doubt=True)
    ALL.append(rule)
    return rule


def by_code(code: str) -> Rule | None:
    return next((rule for rule in ALL if rule.code == code.lower()), None)


# There is one of each, also where a finding comes from another process.
copyreg.pickle(Rule, lambda rule: (by_code, (rule.code,)))  # type: ignore[arg-type, return-value]


E_, W_ = Severity.ERROR, Severity.WARNING

# The file

UNREADABLE_FILE = _rule(
    E_, "unreadable-file",
    N_("File cannot be read"),
    N_("The file cannot be read: {reason}."),
    N_("Check that it is a file, that no other program holds it, and that you may open it."),
    N_("Nothing in the file was taken. A folder named like a file, a file you may not open and a disk that fails all end here."),
    "so-lieu.csv/", "so-lieu.csv",
)  # fmt: skip
TOO_LARGE = _rule(
    E_, "too-large",
    N_("File too large"),
    N_("The file has {size} bytes; at most {limit} are read."),
    N_("Send it in parts, or check that it is the right file."),
    N_("A month of one town fits in a few hundred kilobytes. A file far larger is nearly always the wrong one."),
    "600 MB", "60 KB",
)  # fmt: skip
SPREADSHEET_FILE = _rule(
    E_, "spreadsheet-file",
    N_("Workbook of a kind that is not read"),
    N_("This is {kind}; its figures were not read."),
    N_("Open it in Excel, choose File > Save As > “Excel Workbook (.xlsx)” or “CSV UTF-8”, and put that file here."),
    N_("Workbooks are read as .xlsx and .ods. A file left in the folder of figures would be figures left out of the report, so it stops the report until it is saved in one of these forms or taken away."),
    "kinh-te.xls", "kinh-te.xlsx",
)  # fmt: skip
ENCRYPTED_WORKBOOK = _rule(
    E_, "encrypted-workbook",
    N_("Workbook with a password"),
    N_("This workbook is locked by a password; its figures were not read."),
    N_("Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, delete the password, and save."),
    N_("Only who knows the password can open the file; kpi does not ask for it."),
    "kinh-te.xlsx (locked)", "kinh-te.xlsx",
)  # fmt: skip
BROKEN_WORKBOOK = _rule(
    E_, "broken-workbook",
    N_("Workbook damaged"),
    N_("This workbook cannot be opened: {reason}."),
    N_("Open it in Excel; if Excel can mend it, save it anew, else ask for the file again."),
    N_("A file cut off in the mail or on a full disk may still show an icon and a size."),
    "half of kinh-te.xlsx", "kinh-te.xlsx",
)  # fmt: skip
WORKBOOK_TOO_LARGE = _rule(
    E_, "workbook-too-large",
    N_("Workbook too large"),
    N_("This workbook holds more than is read: {what} over {limit}."),
    N_("Delete sheets, rows and formats that hold no figures and save it anew, or save the sheet of figures as CSV."),
    N_("A workbook is packed: a few kilobytes can unpack to gigabytes, by mistake or on purpose. It is measured before it is opened."),
    "1,048,576 rows of formats", "60 rows",
)  # fmt: skip
FILE_NOT_READ = _rule(
    W_, "file-not-read",
    N_("File in the folder not read"),
    N_("This file was not read: only .csv, .tsv, .txt, .xlsx and .ods files are taken from a folder."),
    N_("If it holds figures, save them as .xlsx or CSV; if not, take it out of the folder."),
    N_("Whatever lies in the folder of figures and is not read is named, so that nobody believes it was."),
    "bao-cao.pdf", "bao-cao.csv",
)  # fmt: skip
DOCUMENT_FILE = _rule(
    E_, "document-file",
    N_("Document in place of figures"),
    N_("This is {kind}, not a table of figures; nothing in it was read."),
    N_("Copy the table into the template and send that, as .xlsx or CSV."),
    N_("A table in a document has no cells that can be told apart for sure."),
    "bao-cao.pdf", "bao-cao.xlsx",
)  # fmt: skip
EMPTY_FILE = _rule(
    E_, "empty-file",
    N_("Empty file"),
    N_("The file is empty: it has nothing in it at all."),
    N_("Ask for it again; the sending may have failed."),
    N_("An empty file is no report, and no proof that there was nothing to report."),
    "(0 bytes)", "mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
NOT_TEXT = _rule(
    E_, "not-text",
    N_("Not a text file"),
    N_("This is not a text file: byte {byte} is one that no CSV file holds."),
    N_("Open the figures in Excel and save them with File > Save As > “CSV UTF-8 (Comma delimited)”."),
    N_("Pictures, documents renamed to .csv, and UTF-16 text without its byte-order mark contain such bytes."),
    "\\x89PNG\\x00", "mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
ENCODING = _rule(
    E_, "encoding",
    N_("Letters in an encoding that cannot be proved"),
    N_("The letters from here on cannot be read: byte {byte} is not {encoding}, and nothing proves another encoding."),
    N_("Open the file in Excel and save it again with File > Save As > “CSV UTF-8 (Comma delimited)”. If you know that it is windows-1258, say so: --encoding windows-1258."),
    N_("Excel's plain “CSV” uses an old code page that loses Vietnamese letters. UTF-8, UTF-16 and windows-1258 with its tone marks prove themselves; guessing among the others would store wrong names."),
    "S\\xf3c Tr\\xe3ng", "Sóc Trăng",
)  # fmt: skip
MOJIBAKE = _rule(
    E_, "mojibake",
    N_("Letters read in the wrong encoding"),
    N_("“{value}” is “{right}” after a program took UTF-8 for another encoding."),
    N_("Ask for the file as it was. To open a CSV in Excel with its letters whole: Data > From Text/CSV, File Origin “65001: Unicode (UTF-8)”; then save it as “CSV UTF-8” or .xlsx."),
    N_("A CSV opened by double click, without a byte-order mark, is read in the old code page, and saving it keeps the damage. Names would not match the plan, and notes would go into the report spoiled."),
    "Tá»· lá»‡", "Tỷ lệ",
)  # fmt: skip
TCVN3_LETTERS = _rule(
    E_, "tcvn3-letters",
    N_("Letters of an old font (TCVN3, .VnTime)"),
    N_("“{value}” is “{right}” in the old TCVN3 code (fonts .VnTime, .VnArial)."),
    N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from TCVN3 (ABC) to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    N_("Such letters are right only under the font they were typed with; everywhere else they are other letters."),
    "Côc thèng kª", "Cục thống kê",
)  # fmt: skip
VNI_LETTERS = _rule(
    E_, "vni-letters",
    N_("Letters of an old font (VNI)"),
    N_("“{value}” is “{right}” in the old VNI code (fonts VNI-Times, VNI-Helve)."),
    N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from VNI Windows to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    N_("Such letters are right only under the font they were typed with; everywhere else they are other letters."),
    "dieän tích tröïc tieáp", "diện tích trực tiếp",
)  # fmt: skip
LOST_LETTERS = _rule(
    E_, "lost-letters",
    N_("Letters lost, question marks in their place"),
    N_("“{value}” has lost letters: a question mark stands in their place."),
    N_("The letters are gone from this file. Open the original workbook in Excel and save it with File > Save As > “CSV UTF-8 (Comma delimited)”, not as plain “CSV”, or send the .xlsx itself."),
    N_("Excel's plain “CSV” writes the letters that its old code page lacks as question marks. Two names can become one."),
    "Di?n tích nuôi tr?ng th?y s?n", "Diện tích nuôi trồng thủy sản",
)  # fmt: skip
QUOTE_NOT_CLOSED = _rule(
    E_, "quote-not-closed",
    N_("Quotation marks that do not pair up"),
    N_("The quotation marks of this row do not pair up, so where its cells end cannot be told."),
    N_('Close the quotation mark, or delete it. Inside a quoted cell write it twice: "".'),
    N_("Without the closing mark the rest of the file would silently become part of one note."),
    'KT-02;2019-01;1200;"chưa xong', 'KT-02;2019-01;1200;"chưa xong"',
)  # fmt: skip
CELL_TOO_LONG = _rule(
    E_, "cell-too-long",
    N_("Cell too long"),
    N_("A cell in this row is longer than {limit} characters."),
    N_("Shorten the cell; a missing line break or quotation mark often joins many rows into one."),
    N_("No figure or note of a report is that long."),
    "(a cell of more than 100000 characters)", "(a cell of at most 100000 characters)",
)  # fmt: skip

# The table

ROW_TOO_WIDE = _rule(
    E_, "row-too-wide",
    N_("Row too wide"),
    N_("The row has {found} cells; at most {limit} are read."),
    N_("Check that it is the right file, and delete what stands far to the right of the figures."),
    N_("A table of figures has some dozen columns. A row of thousands is a file of another kind, or many rows run into one."),
    "(a row of 1001 cells)", "(a row of 3 cells)",
)  # fmt: skip
SEVERAL_SHEETS = _rule(
    E_, "several-sheets",
    N_("Several sheets hold figures"),
    N_("The sheets {sheets} all have a header of figures; which one is meant is not said."),
    N_("Keep one sheet of figures in the workbook, or copy the one that is meant into a file of its own. For one file alone: --sheet NAME."),
    N_("Taking the first would drop the others' figures without a word; taking all could count one twice."),
    "T5, T6", "T6",
)  # fmt: skip
NO_SUCH_SHEET = _rule(
    E_, "no-such-sheet",
    N_("No sheet of that name"),
    N_("There is no sheet “{value}”; there are {sheets}."),
    N_("Give the name as it stands on the sheet's tab, or leave --sheet out."),
    N_("--sheet names the sheet in every workbook of the command."),
    "--sheet T7", "--sheet T6",
)  # fmt: skip
SHEET_NOT_READ = _rule(
    W_, "sheet-not-read",
    N_("Sheet not read"),
    N_("The sheet “{value}” was not read: it has no header of figures, but it has numbers."),
    N_("If they are figures, put the header above them and say --sheet; if not, nothing needs doing."),
    N_("Whatever holds numbers and is not read is named, so that nobody believes it was."),
    "a second sheet with notes and numbers", "one sheet",
)  # fmt: skip
MIXED_LAYOUT = _rule(
    E_, "mixed-layout",
    N_("Periods in a column and across"),
    N_("The column “{column}” gives each row a period, and other columns are periods themselves."),
    N_("Keep one of the two: a row for each figure with its period, or a row for each indicator with a column for each month."),
    N_("Which period a figure belongs to would be a guess."),
    "mã;kỳ;T1;T2 / KT-02;T1/2019;1200;1300", "mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
HEADING_OVER_SEVERAL = _rule(
    E_, "heading-over-several",
    N_("Period over several columns"),
    N_("The heading “{column}” stands over several columns, and which of them holds what was done is not said."),
    N_("Give each column a heading of its own, or write TH, LK or KH below the period for each."),
    N_("A plan and what was done often stand side by side under one month. Taking the first would report the plan as the result."),
    "mã;T1;;T2 / KT-02;1200;1100;1300", "mã;T1;T2 / KT-02;1100;1300",
)  # fmt: skip
UNCLEAR_GROUP = _rule(
    E_, "unclear-group",
    N_("Heading over a column not understood"),
    N_("The column “{column}” stands under “{group}”, so whether it holds what was done is not said."),
    N_("Write Thực hiện or Lũy kế over the columns of figures, and delete columns of targets or of last year, or give them a heading of their own."),
    N_("Planned figures and last year's often stand beside this year's under a heading of their own. Taking one for the other would go unnoticed."),
    "Mã;Chỉ tiêu;Dự báo;", "Mã;Chỉ tiêu;Thực hiện;",
)  # fmt: skip
SECOND_TABLE = _rule(
    E_, "second-table",
    N_("Another table below"),
    N_("Another header stands here, with other columns than the one on line {line}."),
    N_("Put each table into a file or a sheet of its own, or give both the same columns in the same order."),
    N_("Read under the first header, the figures of the second table would land in the wrong months or columns."),
    "mã;T1;T2 / KT-02;1200;1300 / mã;T3;T4 / KT-02;1400;1500", "mã;T1;T2;T3;T4 / KT-02;1200;1300;1400;1500",
)  # fmt: skip
COLUMN_WITHOUT_PERIOD = _rule(
    W_, "column-without-period",
    N_("Column that belongs to no period"),
    N_("The column “{column}” stands beside columns of periods and belongs to none of them, so nothing in it was read."),
    N_("If it holds figures of a period, name the period in its heading; if it is a sum or a target, nothing needs doing."),
    N_("In a table with a column for each month, a column “lũy kế” or “kế hoạch tháng” says nothing of which month is meant."),
    "mã;T1;T2;lũy kế / KT-02;1200;1300;2500", "mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
TOTAL_NOT_READ = _rule(
    W_, "total-not-read",
    N_("Total over blank months not read"),
    N_("{value} of {period} was not read: months within it are blank, so it may be the sum of only the others."),
    N_("Fill in the months, or leave them all blank and keep the figure of the longer period."),
    N_("A sheet adds what there is: the sum of a quarter with a blank month looks like a whole quarter, and the sum of nothing like 0."),
    "mã;T1;T2;T3;quý I / KT-02;1200;1300;;2500", "mã;T1;T2;T3;quý I / KT-02;1200;1300;0;2500",
)  # fmt: skip

DELIMITER = _rule(
    E_, "delimiter",
    N_("Columns cannot be told apart"),
    N_("The header is here, but no comma, semicolon, tab or | stands between its columns: “{found}”."),
    N_("Save the file as CSV with ; or , between the columns. In a workbook: select column A, then Data > Text to Columns."),
    N_("The header decides what separates the columns; only , ; | and tab do."),
    "mã chỉ tiêu:kỳ báo cáo:thực hiện / KT-02:2019-01:1200", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200",
)  # fmt: skip
MISSING_HEADER = _rule(
    E_, "missing-header",
    N_("No header row"),
    N_("No header was found in the first {rows} rows: expected columns such as indicator, period, value."),
    N_("Put the header row above the figures; `kpi template` writes one."),
    N_("Columns are known by their names and may stand in any order, so without names nothing can be read."),
    "KT-02;2019-01;1200 / KT-03;2019-01;3500", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200 / KT-03;2019-01;3500",
)  # fmt: skip
MISSING_COLUMN = _rule(
    E_, "missing-column",
    N_("Column missing"),
    N_("The column “{column}” is missing from the header."),
    N_("Add the column. The period may be given once for the whole file instead: --period 2019-06."),
    N_("Each figure needs an indicator, a period, and a value (or a cumulative, or a numerator and denominator)."),
    "mã chỉ tiêu;thực hiện / KT-02;1200", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200",
)  # fmt: skip
DOUBLED_HEADER = _rule(
    E_, "doubled-header",
    N_("Column given twice"),
    N_("Columns {first} and {second} are both “{column}”."),
    N_("Delete or rename one of the two."),
    N_("Which of the two holds the figure would be a guess."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;thực hiện", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
UNKNOWN_COLUMN = _rule(
    W_, "unknown-column",
    N_("Column not known"),
    N_("The column “{column}” is not known, so nothing in it was read.{suggestion}"),
    N_("Correct the name if it holds figures; otherwise it can stay."),
    N_("A misspelt header would leave a whole column of figures out of the report."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;luy ke nam", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
RAGGED_ROW = _rule(
    E_, "ragged-row",
    N_("Row longer or shorter than the header"),
    N_("The row has {found} cells, the header {expected}."),
    N_('Put a cell under each heading. A decimal comma in a file that separates by commas must stand in quotation marks: "9,08".'),
    N_("A missing or an extra separator shifts the cells, and the number lands in the wrong column."),
    "YT-03,2019-06,9,08", 'YT-03,2019-06,"9,08"',
)  # fmt: skip
NOTHING_REPORTED = _rule(
    W_, "nothing-reported",
    N_("Nothing reported"),
    N_("The file holds no figure."),
    N_("Fill in the figures, or take the file out; a blank cell means “not reported”, never 0."),
    N_("An empty template sent back by mistake looks like a report and is none."),
    "KT-02;2019-01;", "KT-02;2019-01;1200",
)  # fmt: skip

# A row's cells

HIDDEN_FIGURES = _rule(
    W_, "hidden-figures",
    N_("Figures in hidden rows or columns"),
    N_("The figure {value} stands in a hidden row or column and was read; hidden figures in the sheet: {n}."),
    N_("Unhide the rows and columns (Home > Format > Hide & Unhide) and see whether they belong in the report."),
    N_("Who looks at the sheet does not see them, and a filter left on hides rows that nobody meant to delete."),
    "row 3 hidden", "row 3 shown",
)  # fmt: skip
TOTAL_ROW = _rule(
    W_, "total-row",
    N_("Total row not read"),
    N_("The row “{value}” is a total of the sheet and was not read."),
    N_("Nothing needs doing if it is one; if it is an indicator, write its code."),
    N_("A total over rows of different units belongs to no indicator. Indicators that are totals have a code of their own."),
    "Tổng cộng;;2019-01;1300", "",
)  # fmt: skip
CODE_FROM_NAME = _rule(
    W_, "code-from-name",
    N_("Code found by the name"),
    N_("The row has no code; by its name it was taken for {code}, “{expected}”."),
    N_("Check that it is; with the code in its cell the name need not be compared."),
    N_("A name is taken for a code only where it is the plan's name of exactly one indicator, diacritics and case aside."),
    ";Diện tích nuôi trồng thủy sản;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
AMBIGUOUS_NAME = _rule(
    E_, "ambiguous-name",
    N_("Name of several indicators"),
    N_("The row has no code, and “{value}” is the name of {codes}."),
    N_("Write the code of the one that is meant."),
    N_("Two indicators may have one name; only the code tells them apart."),
    ";Diện tích;2019-01;1200", "KT-02;Diện tích;2019-01;1200",
)  # fmt: skip
MERGED_FIGURE = _rule(
    E_, "merged-figure",
    N_("Figure in a merged cell"),
    N_("The cell of “{value}” is merged with others, so which row or period it belongs to is not said."),
    N_("Unmerge the cell (Home > Merge & Center) and write the figure in the row it belongs to."),
    N_("A person sees one number beside several rows; a program finds it in the first and the others blank."),
    "C2:C3 merged", "C2",
)  # fmt: skip
MISSING_CODE = _rule(
    E_, "missing-code",
    N_("Figure without an indicator"),
    N_("The row has the figure “{value}” but no indicator code.{suggestion}"),
    N_("Write the code as the template has it (`kpi plan` lists all). A total row does not belong in the file."),
    N_("A figure that belongs to nothing would be dropped."),
    ";2019-01;3500", "KT-03;2019-01;3500",
)  # fmt: skip
UNKNOWN_INDICATOR = _rule(
    E_, "unknown-indicator",
    N_("Indicator not in the plan"),
    N_("The plan has no indicator “{value}”.{suggestion}"),
    N_("Write the code as the template has it (`kpi plan` lists all). If this is a total row, delete it."),
    N_("Codes are compared whole; case and spaces around them do not count."),
    "KT-2;2019-01;1200", "KT-02;2019-01;1200",
)  # fmt: skip
MISSING_PERIOD = _rule(
    E_, "missing-period",
    N_("Period missing"),
    N_("The row does not say which period its figure is for."),
    N_("Write the period, for example {example}, or give it once for the whole file: --period {example}."),
    N_("The same number means something else in another month."),
    "KT-02;;1200", "KT-02;2019-01;1200",
)  # fmt: skip
BAD_PERIOD = _rule(
    E_, "bad-period",
    N_("Period not understood"),
    N_("“{value}” is not a period."),
    N_("Write it as T6/{year}, quý II/{year}, 6 tháng đầu năm {year}, {year} or {example}, always with the year."),
    N_("A period is a month, quarter, half year, nine months, a year, or a round of the plan."),
    "KT-02;2019-13;1200", "KT-02;2019-12;1200",
)  # fmt: skip
PERIOD_IS_DATE = _rule(
    E_, "period-is-date",
    N_("Date in place of a period"),
    N_("The period is the date {value}; which month is meant is not said."),
    N_("Format the column as Text, then write T6/{year}, quý II/{year} or {year}. Excel makes dates of 2019-06 and 6/2019."),
    N_("A date of a cell shown with its day may be the month that Excel made a date of, or the day of the report."),
    "KT-02;14/06/2019;1200", "KT-02;T6/2019;1200",
)  # fmt: skip
PERIOD_OUTSIDE_YEAR = _rule(
    E_, "period-outside-year",
    N_("Period outside the plan's year"),
    N_("The period “{value}” is not in {year}, the year of the plan."),
    N_("Correct the year; send last year's figures, to be compared with, in a file of their own that says the year in every period or heading (T6/2018); or choose the plan of that year with --plan."),
    N_("A figure of another year would be measured against the wrong target."),
    "KT-02;2091-01;1200", "KT-02;2019-01;1200",
)  # fmt: skip
LAST_YEAR = _rule(
    W_, "last-year",
    N_("File of the year before"),
    N_("All periods of this file are of {before}, so its figures serve only to be compared with those of {year}."),
    N_("If they are figures of {year}, correct the year; if not, nothing is to be done."),
    N_("A file of last year gives the column “% of last year”. One with rows of both years is not taken: a row of last year may then be a slip of the pen."),
    "KT-02;T6/2018;1200", "KT-02;T6/2019;1200",
)  # fmt: skip
BAD_NUMBER = _rule(
    E_, "bad-number",
    N_("Not a number"),
    N_("“{value}” cannot be taken as a number: {reason}."),
    N_("Write digits alone, for example {example}; leave the cell blank if the figure is not known yet."),
    N_("Exponents, words, units, formulas, other scripts' digits and more than 18 digits are never interpreted."),
    "KT-07;2019-10;1.200 tấn", "KT-07;2019-10;1.200",
)  # fmt: skip
AMBIGUOUS_NUMBER = _rule(
    E_, "ambiguous-number",
    N_("Number with two readings"),
    N_("“{value}” can be {vi} or {en}, and nothing in the file tells which."),
    N_("Say how the file writes numbers: --numbers vi (1.234,5) or --numbers en (1,234.5)."),
    N_("28.500 is twenty-eight thousand five hundred to a Vietnamese reader and twenty-eight and a half to a program. The file is proved, never guessed: by a cell that reads only one way (9,08), or by semicolons between its columns."),
    "mã chỉ tiêu,kỳ báo cáo,thực hiện / KT-02,2019-01,28.500", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;28.500",
)  # fmt: skip
MIXED_CONVENTIONS = _rule(
    E_, "mixed-conventions",
    N_("Two ways of writing numbers in one file"),
    N_("“{value}” has a decimal {here}, but “{other}” at {place} has a decimal {there}."),
    N_("Write all numbers of the file the same way, or say which way is right: --numbers vi or --numbers en."),
    N_("Where cells of both kinds stand in one file, a cell such as 28.500 cannot be read safely."),
    "YT-03;2019-03;9,20 / YT-03;2019-06;9.08", "YT-03;2019-03;9,20 / YT-03;2019-06;9,08",
)  # fmt: skip
NEGATIVE = _rule(
    E_, "negative",
    N_("Negative number"),
    N_("{value} is below 0, which {unit} cannot be."),
    N_("Check the sign. To correct an earlier figure, send it again with the right value and a later report date."),
    N_("Corrections replace a figure; they are not entered as differences."),
    "KT-02;2019-01;-1200", "KT-02;2019-01;1200",
)  # fmt: skip
FRACTION_IN_WHOLE_UNIT = _rule(
    E_, "fraction-in-whole-unit",
    N_("Fraction of something whole"),
    N_("{value} is not a whole number, but {unit} are counted whole."),
    N_("Check the number and its decimal sign."),
    N_("A fraction of a pupil or a household is nearly always a misread thousands separator."),
    "LD-02;2019-01;215,5", "LD-02;2019-01;215",
)  # fmt: skip
OUT_OF_RANGE = _rule(
    E_, "out-of-range",
    N_("Outside the unit's range"),
    N_("{value} is outside {min} to {max} {unit}."),
    N_("Check the number and its decimal sign."),
    N_("The plan says what its units can hold: a share lies between 0 and 100."),
    "YT-02;2019-01;980", "YT-02;2019-01;98",
)  # fmt: skip
OVER_OUT_OF = _rule(
    E_, "over-out-of",
    N_("More than there are"),
    N_("{value} is more than the {out_of} there are."),
    N_("Check the number."),
    N_("A commune cannot meet 20 of 19 criteria."),
    "NTM-03;2019-Q1;20", "NTM-03;2019-Q1;19",
)  # fmt: skip
BAD_YES_NO = _rule(
    E_, "bad-yes-no",
    N_("Neither yes nor no"),
    N_("“{value}” is neither yes nor no."),
    N_("Write có or không (đạt or chưa đạt, yes or no, 1 or 0); leave blank if not known yet."),
    N_("This promise is kept or not kept; it has no number."),
    "AN-01;2019-06;đang làm", "AN-01;2019-06;có",
)  # fmt: skip
UNKNOWN_AREA = _rule(
    E_, "unknown-area",
    N_("Area not known"),
    N_("“{value}” is not an area of the plan.{suggestion}"),
    N_("Write the name of the ward or commune; leave blank for the whole town."),
    N_("An area the plan does not know could be counted twice or not at all."),
    "KT-02;2019-01;1200;xã Hòa Đôn", "KT-02;2019-01;1200;xã Hòa Đông",
)  # fmt: skip
UNKNOWN_AGENCY = _rule(
    E_, "unknown-agency",
    N_("Agency not known"),
    N_("“{value}” is not an agency of the plan.{suggestion}"),
    N_("Write the agency's name or code as the plan has it."),
    N_("Who reported a figure must be someone who can be asked about it."),
    "KT-02;2019-01;1200;Phòng Kinh tê hạ tầng", "KT-02;2019-01;1200;Phòng Kinh tế",
)  # fmt: skip
WRONG_AGENCY = _rule(
    W_, "wrong-agency",
    N_("Another agency's indicator"),
    N_("{code} is reported by {lead}, not by {agency}."),
    N_("Check the code and the agency; if both are right, the plan's lead agency may need changing."),
    N_("A shifted row often shows first as an agency reporting what is not its own."),
    "KT-02;2019-01;1200;bhxh", "KT-02;2019-01;1200;kinh-te",
)  # fmt: skip
BAD_DATE = _rule(
    E_, "bad-date",
    N_("Date not understood"),
    N_("“{value}” is not a date."),
    N_("Write day/month/year: 05/07/2019, or 2019-07-05."),
    N_("The report date decides which of two figures is the correction. Dates are read day first."),
    "KT-02;2019-06;1200;07/25/2019", "KT-02;2019-06;1200;25/07/2019",
)  # fmt: skip
BAD_KIND = _rule(
    E_, "bad-kind",
    N_("Neither estimate nor official"),
    N_("“{value}” is neither ước (estimate) nor chính thức (official)."),
    N_("Write ước or chính thức; blank means chính thức."),
    N_("An estimate is marked in every report that uses it."),
    "KT-02;2019-01;1200;tạm tính", "KT-02;2019-01;1200;ước",
)  # fmt: skip
DATE_UNLIKELY = _rule(
    W_, "date-unlikely",
    N_("Report date that does not fit the period"),
    N_("The report date {day} does not fit the period {period}."),
    N_("Check the period, and that the day comes before the month: 05/07/2019 is 5 July."),
    N_("A figure reported before its period begins is of another period, or its date is written month first; the wrong date would decide which figure is the correction."),
    "KT-02;2019-08;1200;16/07/2019", "KT-02;2019-07;1200;16/07/2019",
)  # fmt: skip
DATE_ORDER = _rule(
    W_, "date-order",
    N_("Date that may be month first"),
    N_("The date “{value}” was read as day {day} of month {month}; but this file writes numbers the English way, so its dates may be month first."),
    N_("Write dates as 2019-07-06, which reads one way only; if the day comes first, nothing needs doing."),
    N_("A program that writes 1,234.5 often writes the month first, and no date of the file has a day above 12 to tell. The report date decides which of two figures is the correction."),
    'KT-02,2019-06,"28,500.5",07/06/2019', 'KT-02,2019-06,"28,500.5",2019-06-07',
)  # fmt: skip
DASH_AS_ZERO = _rule(
    W_, "dash-as-zero",
    N_("Dash taken as 0"),
    N_("“{value}” was taken as 0, as in statistical tables: nothing happened in the period."),
    N_("Write 0 to make it plain, or leave the cell blank if the figure is not known."),
    N_("In statistical yearbooks a dash is “no such phenomenon” and “…” is “not collected”. Some people use the dash for both."),
    "KT-07;2019-07;-", "KT-07;2019-07;0",
)  # fmt: skip
CUMULATIVE_ON_LEVEL = _rule(
    E_, "cumulative-on-level",
    N_("Cumulative of something that does not add up"),
    N_("{code} is true at a moment and does not add up, but the cumulative cell says {value}."),
    N_("Put the figure at the period's end in the value cell, and leave the cumulative blank."),
    N_("A herd, an enrolment or a rate has no sum since January."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;;21500", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;21500;",
)  # fmt: skip
INCOMPLETE_RATE = _rule(
    E_, "incomplete-rate",
    N_("Numerator and denominator do not make a rate"),
    N_("A rate needs a numerator and a denominator above 0, for an indicator that is a level: {reason}."),
    N_("Fill in both cells, or leave both blank and write the rate in the value cell."),
    N_("With numerator and denominator, rates of areas can be added up rightly; with only one of them, nothing can be computed."),
    "YT-02;2019-01;;98;0", "YT-02;2019-01;;98;100",
)  # fmt: skip
RATE_DISAGREES = _rule(
    E_, "rate-disagrees",
    N_("Value is not numerator ÷ denominator"),
    N_("The value is {value}, but {numerator} ÷ {denominator} gives {computed}."),
    N_("Correct the one that is wrong, or leave the value blank."),
    N_("Two numbers for one thing: one of them is wrong. The last printed digit may differ by one."),
    "YT-02;2019-01;97;98;100", "YT-02;2019-01;98;98;100",
)  # fmt: skip
SHIFTED_ROW = _rule(
    E_, "shifted-row",
    N_("Name and code of different indicators"),
    N_("The code is {code}, but the name “{value}” belongs to {other}."),
    N_("See which of the two is right: rows may have slipped when the sheet was sorted or filled."),
    N_("A number in the neighbour's row looks like any other number; only the name gives it away."),
    "KT-02;Tổng sản lượng thủy hải sản;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
NAME_DIFFERS = _rule(
    W_, "name-differs",
    N_("Name not as in the plan"),
    N_("The name “{value}” is not the plan's for {code}: “{expected}”."),
    N_("Check that the row is the right one; the template's name can stay as it was printed."),
    N_("Names are compared without case and diacritics, so a difference is one of words."),
    "KT-02;Diện tích nuôi tôm và cá;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
UNIT_DIFFERS = _rule(
    E_, "unit-differs",
    N_("Unit not as in the plan"),
    N_("The unit “{value}” is not the plan's for {code}: “{expected}”."),
    N_("Convert the figure to the plan's unit and write that unit."),
    N_("Tạ for tấn is a tenfold mistake."),
    "KT-07;tạ;2019-10;12000", "KT-07;tấn;2019-10;1200",
)  # fmt: skip
TARGET_DIFFERS = _rule(
    E_, "target-differs",
    N_("Target not as in the plan"),
    N_("The target “{value}” is not the plan's for {code}: {expected}."),
    N_("Check that the row is the right one, and that the template belongs to this plan."),
    N_("The printed target is a second witness to which row a number belongs to."),
    "KT-02;24000;2019-01;1200", "KT-02;28500;2019-01;1200",
)  # fmt: skip

# Figures held against each other

DOUBLED_FIGURE = _rule(
    W_, "doubled-figure",
    N_("Same figure twice"),
    N_("{key} stands here and at {place} with the same value; it is counted once."),
    N_("Delete one of the two rows."),
    N_("Harmless as it stands, but a sign that a file was sent or copied twice."),
    "KT-02;2019-01;1200 / KT-02;2019-01;1200", "KT-02;2019-01;1200",
)  # fmt: skip
CONFLICTING_FIGURES = _rule(
    E_, "conflicting-figures",
    N_("Two values for one figure"),
    N_("{key} is {value} here and {other} at {place}, and neither is dated later."),
    N_("Delete the wrong row, or date the right one later in the column ngày báo cáo (reported_on)."),
    N_("A correction is known by its later date. Without one, choosing would be guessing."),
    "KT-02;2019-01;1200 / KT-02;2019-01;1300", "KT-02;2019-01;1300",
)  # fmt: skip
UNDATED_DIFFERS = _rule(
    W_, "undated-differs",
    N_("Another value without a report date"),
    N_("{key} is {value} here without a report date, but {other}, dated {day}, at {place}; the dated one counts."),
    N_("If this is the correction, date it later in the column ngày báo cáo (reported_on); if not, delete it."),
    N_("A correction is known by its later date. A row without a date, such as each of a wide sheet, corrects nothing."),
    "KT-02;2019-01;1300;", "KT-02;2019-01;1300;20/02/2019",
)  # fmt: skip
CHILDREN_OVER_PARENT = _rule(
    E_, "children-over-parent",
    N_("Part larger than the whole"),
    N_("In {period}, {parts} make {value}, more than the {total} of {code}."),
    N_("Correct the part or the whole."),
    N_("The parts are “of which” rows: they cannot exceed what they are part of."),
    "KT-02;2019-01;1200 / KT-02.1;2019-01;1300", "KT-02;2019-01;1200 / KT-02.1;2019-01;1100",
)  # fmt: skip
PARTS_DO_NOT_ADD = _rule(
    E_, "parts-do-not-add",
    N_("Parts do not add up to the whole"),
    N_("In {period}, {parts} make {value}, but {code} is {total}."),
    N_("Correct the part or the whole; one unit of the last printed digit is allowed for rounding."),
    N_("The plan says that these parts are all there is."),
    "KT-02;2019-01;1200 / KT-02.1;2019-01;900 / KT-02.2;2019-01;200", "KT-02;2019-01;1200 / KT-02.1;2019-01;900 / KT-02.2;2019-01;300",
)  # fmt: skip
FALLING_CUMULATIVE = _rule(
    E_, "falling-cumulative",
    N_("Cumulative falls"),
    N_("The cumulative {value} of {code} is below the {earlier} of {period} at {place}."),
    N_("Correct the wrong one of the two; put the period's own figure in the value cell."),
    N_("What has been done since January cannot become less. Often a month's figure was typed in the cumulative column."),
    "KT-02;2019-01;;2400 / KT-02;2019-02;;1300", "KT-02;2019-01;;2400 / KT-02;2019-02;;3700",
)  # fmt: skip
CUMULATIVE_DISAGREES = _rule(
    E_, "cumulative-disagrees",
    N_("Cumulative is not the sum of the months"),
    N_("The cumulative of {code} is {value}, but the figures to {period} add up to {total}."),
    N_("Correct the month or the cumulative; a correction of an earlier month must reach the cumulative too."),
    N_("Two numbers for one thing: one of them is wrong."),
    "KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2600", "KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2500",
)  # fmt: skip
STRETCH_DISAGREES = _rule(
    E_, "stretch-disagrees",
    N_("Long period is not its months"),
    N_("{code} is {value} for {period}, but {other} by the figures of the shorter periods."),
    N_("Correct the month or the longer period's figure."),
    N_("A quarter's figure and its three months are two numbers for one thing: one of them is wrong."),
    "KT-10;2019-H1;4900 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100", "KT-10;2019-H1;4800 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100",
)  # fmt: skip
AREAS_DISAGREE = _rule(
    E_, "areas-disagree",
    N_("Areas do not add up to the town"),
    N_("The town's {code} of {period} is {value}, but its areas make {total}."),
    N_("Correct the town's figure or the area's."),
    N_("The areas can be less than the town only while some have not reported."),
    "KT-02;2019-01;1200; / KT-02;2019-01;1300;xã Hòa Đông", "KT-02;2019-01;1300; / KT-02;2019-01;1300;xã Hòa Đông",
)  # fmt: skip
AREAS_INCOMPLETE = _rule(
    W_, "areas-incomplete",
    N_("Some areas have not reported"),
    N_("The {code} of {period} adds up {reported} of {expected} areas; not reported: {missing}."),
    N_("Ask the areas that are missing, or report the town's own figure; an area where nothing happened reports 0."),
    N_("A sum over some of the areas is not the town's figure; the row is marked partial."),
    "KT-02;2019-01;1200;xã Hòa Đông", "KT-02;2019-01;9800;",
)  # fmt: skip
AREAS_CANNOT_ADD = _rule(
    W_, "areas-cannot-add",
    N_("Areas that cannot be added up"),
    N_("{code} of {period} is given for areas only, and such figures cannot be added up; the town has no figure."),
    N_("Give the numerator and denominator of each area, or the town's own figure."),
    N_("A mean of rates is wrong wherever the areas differ in size; a yes or no of one area says nothing of the town."),
    "YT-02;2019-01;98;xã Hòa Đông", "YT-02;2019-01;98;",
)  # fmt: skip
MAGNITUDE = _doubt(
    "magnitude",
    N_("Number of another order"),
    N_("{value} is {times} the {usual} that {witness} would lead one to expect of {code}; with its decimal sign or unit put right it may be {instead}."),
    N_("Check the decimal sign, the unit and the zeros; if the number is right, nothing needs doing."),
    N_("A lost decimal comma, a thousands point read as decimal, or triệu đồng for tỷ đồng moves a number by 10, 100 or 1000. A figure is doubted from 8 times what is usual for it on, and from an eighth down."),
    "KT-09;2019-Q1;148.000 / KT-09;2019-Q2;1.490.000 / KT-09;2019-Q3;150.000", "KT-09;2019-Q1;148.000 / KT-09;2019-Q2;149.000 / KT-09;2019-Q3;150.000",
)  # fmt: skip
RUNNING_TOTAL = _doubt(
    "running-total",
    N_("Running total in place of the period's own figure"),
    N_("{value} looks like the running total of {code} since January: {before} stands before it, and it would add {instead}, where {usual} is usual."),
    N_("If it is the running total, write {instead}, or move the number to the column lũy kế (cumulative); if it is the period's own figure, nothing needs doing."),
    N_("Many offices keep one sheet of running totals. Taken for months and added up, they make several times what was done."),
    "LD-02;2019-01;210 / LD-02;2019-02;205 / LD-02;2019-03;220 / LD-02;2019-04;850", "LD-02;2019-01;210 / LD-02;2019-02;205 / LD-02;2019-03;220 / LD-02;2019-04;215",
)  # fmt: skip
MONTH_AS_TOTAL = _doubt(
    "month-as-total",
    N_("Period's own figure in place of the cumulative"),
    N_("The cumulative {value} of {code} is less than the {before} before it and near the {usual} that is usual for the period alone; the cumulative would be {instead}."),
    N_("If it is the period's own figure, move it to the column thực hiện (value), or write {instead} as the cumulative."),
    N_("The two columns stand side by side, and a month typed under lũy kế makes the sum fall."),
    "KT-02;2019-01;;1200 / KT-02;2019-02;;2400 / KT-02;2019-03;;1100", "KT-02;2019-01;;1200 / KT-02;2019-02;;2400 / KT-02;2019-03;;3500",
)  # fmt: skip
PERCENT_AS_FRACTION = _doubt(
    "percent-as-fraction",
    N_("Percent written as a fraction"),
    N_("{value} of {code} may be a fraction of 1: {other} is what it is held against. As a percent it would be {instead}."),
    N_("Write the percent itself, for example 97 and not 0,97; if the number is right, nothing needs doing."),
    N_("A spreadsheet keeps 97 % as 0,97. Pasted as a plain number it is a hundredth of what was meant."),
    "YT-02;2019-06;0,97", "YT-02;2019-06;97",
)  # fmt: skip
ZERO_RATE = _doubt(
    "zero-rate",
    N_("Rate at 0 after high values"),
    N_("{code} is 0 here, after {other} in {period}."),
    N_("Leave the cell blank if the figure is not known; 0 means none at all."),
    N_("A coverage of 90 % does not fall to nothing; a 0 is usually a blank that was filled."),
    "YT-02;2019-01;95 / YT-02;2019-02;0", "YT-02;2019-01;95 / YT-02;2019-02;…",
)  # fmt: skip

# The plan file

PLAN_YAML = _rule(
    E_, "plan-yaml",
    N_("Plan is not readable YAML"),
    N_("The plan cannot be read as YAML here: {reason}."),
    N_("Check the indentation and the quotation marks around this line."),
    N_("A plan is written in YAML: names, a colon, a value; deeper things indented by two spaces."),
    "name: {vi: Diện tích, en: Area", "name: {vi: Diện tích, en: Area}",
)  # fmt: skip
PLAN_DUPLICATE_KEY = _rule(
    E_, "plan-duplicate-key",
    N_("Key written twice"),
    N_("“{key}” is given twice in one place; the first is on line {line}."),
    N_("Delete one of the two."),
    N_("YAML readers silently keep the last of the two, so the first target would vanish."),
    "unit: ha / unit: tonne", "unit: ha",
)  # fmt: skip
PLAN_YAML_SURPRISE = _rule(
    E_, "plan-yaml-surprise",
    N_("Text that YAML changes"),
    N_("“{value}” is not read as written: YAML takes it for {reading}."),
    N_("Write a number plainly (28500, 9.08), yes or no as true or false, and any other text in quotation marks."),
    N_("In YAML 1.1, no is a boolean, 010 is 8 and 12:30 is 750. Other programs would read another plan."),
    "at_least: 010", "at_least: 10",
)  # fmt: skip
PLAN_ALIAS = _rule(
    E_, "plan-alias",
    N_("YAML alias or tag"),
    N_("“{value}” is a YAML alias, merge or tag; a plan is written out in full."),
    N_("Write the value itself in its place."),
    N_("Aliases can swell a small file to gigabytes, and hide what a target is from the person who reads it."),
    "target: &other {at_least: 28500} / target: *other", "target: {at_least: 28500} / target: {at_least: 28500}",
)  # fmt: skip
PLAN_MISSING_KEY = _rule(
    E_, "plan-missing-key",
    N_("Key missing in the plan"),
    N_("“{key}” is missing here."),
    N_("Add it; an indicator needs code, name, unit and target."),
    N_("Without it the plan does not say what is to be measured."),
    "{code: KT-02, name: Diện tích, unit: ha}", "{code: KT-02, name: Diện tích, unit: ha, target: {at_least: 28500}}",
)  # fmt: skip
PLAN_UNKNOWN_KEY = _rule(
    E_, "plan-unknown-key",
    N_("Key not known in a plan"),
    N_("“{key}” is not a key that can stand here.{suggestion}"),
    N_("Correct the spelling, or delete it; `docs/plan-format.md` lists the keys."),
    N_("A misspelt key would be a silently ignored target."),
    "at_leat: 28500", "at_least: 28500",
)  # fmt: skip
PLAN_BAD_VALUE = _rule(
    E_, "plan-bad-value",
    N_("Value not right in a plan"),
    N_("“{value}” cannot stand here: {reason}."),
    N_("Correct the value; `docs/plan-format.md` says what each key takes."),
    N_("The plan is the measure of everything else, so nothing in it is guessed."),
    "at_least: 28.500,5", "at_least: 28500.5",
)  # fmt: skip
PLAN_TWO_READINGS = _rule(
    E_, "plan-two-readings",
    N_("Number of a plan with two readings"),
    N_("“{value}” can be {whole} or {fraction}, and nothing tells which."),
    N_("Write {whole} if the dot stands for thousands, or {fraction} if it stands before decimals."),
    N_("28.500 is twenty-eight thousand five hundred to a Vietnamese reader and twenty-eight and a half to a program. A plan says every number so that it reads one way."),
    "target: {at_least: 28.500}", "target: {at_least: 28500}",
)  # fmt: skip
PLAN_UNKNOWN_REFERENCE = _rule(
    E_, "plan-unknown-reference",
    N_("Name the plan does not define"),
    N_("“{value}” is not among the plan's {kind}.{suggestion}"),
    N_("Define it, or correct the spelling."),
    N_("Units, agencies and profiles are defined once and named elsewhere."),
    "unit: hecta", "unit: ha",
)  # fmt: skip
PLAN_DOUBLED_CODE = _rule(
    E_, "plan-doubled-code",
    N_("Code given to two things"),
    N_("The code “{value}” is already that of “{other}”."),
    N_("Give each indicator and commitment a code of its own."),
    N_("A submitted figure is known by its code alone."),
    "code: KT-02 / code: KT-02", "code: KT-02 / code: KT-03",
)  # fmt: skip
PLAN_CODE_CHANGES = _rule(
    E_, "plan-code-changes",
    N_("Code that Excel changes"),
    N_("In Excel the code “{value}” becomes {made}."),
    N_("Give the code letters and a dash that make no date, such as KT-01, in the plan and in the templates."),
    N_("1.10 and 1.1, 01 and 1 become one code, and 1-2 becomes a day. The figures would then be lost, or land on another indicator."),
    'code: "1.10"', "code: KT-10",
)  # fmt: skip
PLAN_UNIT_PER = _rule(
    W_, "plan-unit-per",
    N_("Unit per something that is not said to be a rate"),
    N_("The unit “{value}” of {code} is an average, so the figures of areas are not added up; but the plan does not say that it is a rate."),
    N_("Write rate: true beside the name of the unit, or rate: false if its areas do add up."),
    N_("An income per head of 40 and one of 44 are no income of 84. A rate of the whole is reported for the whole, or as numerator and denominator."),
    "trd: {name: triệu đồng/người}", "trd: {name: triệu đồng/người, rate: true}",
)  # fmt: skip
PLAN_PARTS = _rule(
    E_, "plan-parts",
    N_("Targets of parts and whole disagree"),
    N_("The parts of {code} have targets of {value} together, but the whole has {total}."),
    N_("Correct the target, or say parts: partial if they are not all of it."),
    N_("Where the plan says parts: complete, the targets add up exactly; parts never exceed the whole."),
    "target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4000}", "target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4500}",
)  # fmt: skip
PLAN_ALLOCATIONS = _rule(
    E_, "plan-allocations",
    N_("Targets of areas do not make the target"),
    N_("The areas of {code} have targets of {value} together, but the whole has {total}."),
    N_("Correct the numbers, or say allocated: partial if not all of the target is given to areas."),
    N_("The areas' targets of something that adds up make the whole target exactly; those said to be partial never exceed it."),
    "target: {at_least: 28500} / allocations: {hoa-dong: 12000, lai-hoa: 16000}", "target: {at_least: 28500} / allocations: {hoa-dong: 12500, lai-hoa: 16000}",
)  # fmt: skip
