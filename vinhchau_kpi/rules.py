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
    N_("Check that it is a file, that no other program has it open, and that you may open it."),
    N_("Nothing in the file was read. It may be a folder with the name of a file, a file you may not open, or a failing disk."),
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
    N_("Workbooks are read as .xlsx and .ods. Figures in a file of another kind would be missing from the report, so the report stops until the file is saved in one of these forms or removed from the folder."),
    "kinh-te.xls", "kinh-te.xlsx",
)  # fmt: skip
ENCRYPTED_WORKBOOK = _rule(
    E_, "encrypted-workbook",
    N_("Workbook with a password"),
    N_("This workbook is locked by a password; its figures were not read."),
    N_("Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, delete the password, and save."),
    N_("Only someone who knows the password can open the file; kpi does not ask for it."),
    "kinh-te.xlsx (locked)", "kinh-te.xlsx",
)  # fmt: skip
BROKEN_WORKBOOK = _rule(
    E_, "broken-workbook",
    N_("Workbook damaged"),
    N_("This workbook cannot be opened: {reason}."),
    N_("Open it in Excel; if Excel can repair it, save it again; if not, ask the sender for the file again."),
    N_("A file cut off in the mail or on a full disk may still show an icon and a size."),
    "half of kinh-te.xlsx", "kinh-te.xlsx",
)  # fmt: skip
WORKBOOK_TOO_LARGE = _rule(
    E_, "workbook-too-large",
    N_("Workbook too large"),
    N_("This workbook is too large: more than {limit} {what}."),
    N_("Delete sheets, rows and formats without figures and save the workbook again, or save the sheet of figures as CSV."),
    N_("A workbook is a compressed file: a few kilobytes can unpack to gigabytes, by mistake or on purpose. Its size is measured before it is opened."),
    "1,048,576 rows of formats", "60 rows",
)  # fmt: skip
FILE_NOT_READ = _rule(
    W_, "file-not-read",
    N_("File in the folder not read"),
    N_("This file was not read: only .csv, .tsv, .txt, .xlsx and .ods files in a folder are."),
    N_("If it holds figures, save them as .xlsx or CSV; if not, take it out of the folder."),
    N_("Every file in the folder of figures that is not read is named, so that nobody assumes that it was."),
    "bao-cao.pdf", "bao-cao.csv",
)  # fmt: skip
DOCUMENT_FILE = _rule(
    E_, "document-file",
    N_("Document in place of figures"),
    N_("This is {kind}, not a table of figures; nothing in it was read."),
    N_("Copy the table into the template and send that, as .xlsx or CSV."),
    N_("The cells of a table in a document cannot be separated reliably."),
    "bao-cao.pdf", "bao-cao.xlsx",
)  # fmt: skip
EMPTY_FILE = _rule(
    E_, "empty-file",
    N_("Empty file"),
    N_("The file is empty."),
    N_("Ask the sender for it again; the transfer may have failed."),
    N_("An empty file is not a report, and does not prove that there was nothing to report."),
    "(0 bytes)", "mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
NOT_TEXT = _rule(
    E_, "not-text",
    N_("Not a text file"),
    N_("This is not a text file: byte {byte} never occurs in a CSV file."),
    N_("Open the figures in Excel and save them with File > Save As > “CSV UTF-8 (Comma delimited)”."),
    N_("Pictures, documents renamed to .csv, and UTF-16 text without its byte-order mark contain such bytes."),
    "\\x89PNG\\x00", "mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
ENCODING = _rule(
    E_, "encoding",
    N_("Letters in an encoding that cannot be proved"),
    N_("The letters from here on cannot be read: byte {byte} is not {encoding}, and it is uncertain which other encoding this is."),
    N_("Open the file in Excel and save it again with File > Save As > “CSV UTF-8 (Comma delimited)”. If you know that it is windows-1258, say so: --encoding windows-1258."),
    N_("Excel's plain “CSV” uses an old code page that loses Vietnamese letters. UTF-8, UTF-16 and windows-1258 with its tone marks can be recognised for certain; any other would be a guess, and could store wrong names."),
    "S\\xf3c Tr\\xe3ng", "Sóc Trăng",
)  # fmt: skip
MOJIBAKE = _rule(
    E_, "mojibake",
    N_("Letters read in the wrong encoding"),
    N_("“{value}” should be “{right}”: a program read UTF-8 in another encoding."),
    N_("Ask for the original file. To open a CSV in Excel without spoiling its letters: Data > From Text/CSV, File Origin “65001: Unicode (UTF-8)”; then save it as “CSV UTF-8” or .xlsx."),
    N_("A CSV opened by double click, without a byte-order mark, is read in the old code page, and saving it keeps the damage. Names would not match the plan, and notes would go into the report spoiled."),
    "Tá»· lá»‡", "Tỷ lệ",
)  # fmt: skip
TCVN3_LETTERS = _rule(
    E_, "tcvn3-letters",
    N_("Letters of an old font (TCVN3, .VnTime)"),
    N_("“{value}” is “{right}” in the old TCVN3 code (fonts .VnTime, .VnArial)."),
    N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from TCVN3 (ABC) to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    N_("Such letters are right only in the font they were typed in; in any other font they are wrong."),
    "Côc thèng kª", "Cục thống kê",
)  # fmt: skip
VNI_LETTERS = _rule(
    E_, "vni-letters",
    N_("Letters of an old font (VNI)"),
    N_("“{value}” is “{right}” in the old VNI code (fonts VNI-Times, VNI-Helve)."),
    N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from VNI Windows to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    N_("Such letters are right only in the font they were typed in; in any other font they are wrong."),
    "dieän tích tröïc tieáp", "diện tích trực tiếp",
)  # fmt: skip
LOST_LETTERS = _rule(
    E_, "lost-letters",
    N_("Letters lost, question marks in their place"),
    N_("“{value}” has lost letters: question marks replace them."),
    N_("The letters cannot be recovered from this file. Open the original workbook in Excel and save it with File > Save As > “CSV UTF-8 (Comma delimited)”, not as plain “CSV”, or send the .xlsx itself."),
    N_("Excel's plain “CSV” writes question marks for letters that its old code page lacks. Two different names can become the same."),
    "Di?n tích nuôi tr?ng th?y s?n", "Diện tích nuôi trồng thủy sản",
)  # fmt: skip
QUOTE_NOT_CLOSED = _rule(
    E_, "quote-not-closed",
    N_("Quotation marks that do not pair up"),
    N_("The quotation marks of this row do not pair up, so it is unclear where its cells end."),
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
    N_("A table of figures has about a dozen columns. Thousands of cells in one row mean a file of another kind, or many rows joined into one."),
    "(a row of 1001 cells)", "(a row of 3 cells)",
)  # fmt: skip
SEVERAL_SHEETS = _rule(
    E_, "several-sheets",
    N_("Several sheets hold figures"),
    N_("The sheets {sheets} all have a header of figures, so it is unclear which one is meant."),
    N_("Keep one sheet of figures in the workbook, or copy the right one into a separate file. When checking a single file: --sheet NAME."),
    N_("Reading the first alone would leave out the figures of the others unnoticed; reading all could count a figure twice."),
    "T5, T6", "T6",
)  # fmt: skip
NO_SUCH_SHEET = _rule(
    E_, "no-such-sheet",
    N_("No sheet of that name"),
    N_("There is no sheet “{value}”; there are {sheets}."),
    N_("Give the name shown on the sheet's tab, or leave out --sheet."),
    N_("--sheet names the sheet in every workbook of the command."),
    "--sheet T7", "--sheet T6",
)  # fmt: skip
SHEET_NOT_READ = _rule(
    W_, "sheet-not-read",
    N_("Sheet not read"),
    N_("The sheet “{value}” was not read: it has no header of figures, but it has numbers."),
    N_("If they are figures, put the header above them and use --sheet; if not, nothing needs doing."),
    N_("Every sheet with numbers that is not read is named, so that nobody assumes that it was."),
    "a second sheet with notes and numbers", "one sheet",
)  # fmt: skip
MIXED_LAYOUT = _rule(
    E_, "mixed-layout",
    N_("Periods in a column and across"),
    N_("The column “{column}” gives each row a period, but other columns are periods themselves."),
    N_("Keep one of the two: a row for each figure with its period, or a row for each indicator with a column for each month."),
    N_("It would be a guess which period a figure belongs to."),
    "mã;kỳ;T1;T2 / KT-02;T1/2019;1200;1300", "mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
HEADING_OVER_SEVERAL = _rule(
    E_, "heading-over-several",
    N_("Period over several columns"),
    N_("The heading “{column}” covers several columns, so it is unclear which of them holds actual figures."),
    N_("Give each column a heading of its own, or write TH, LK or KH below the period for each."),
    N_("Planned and actual figures often stand side by side under one month. Reading the first column would report the plan as the result."),
    "mã;T1;;T2 / KT-02;1200;1100;1300", "mã;T1;T2 / KT-02;1100;1300",
)  # fmt: skip
UNCLEAR_GROUP = _rule(
    E_, "unclear-group",
    N_("Heading over a column not understood"),
    N_("The column “{column}” is under “{group}”, so it is unclear whether it holds actual figures."),
    N_("Write Thực hiện or Lũy kế over the columns of figures, and delete columns of targets or of last year, or give them a heading of their own."),
    N_("Planned figures and last year's often stand beside this year's, under their own heading. Nobody would notice that the wrong one was read."),
    "Mã;Chỉ tiêu;Dự báo;", "Mã;Chỉ tiêu;Thực hiện;",
)  # fmt: skip
SECOND_TABLE = _rule(
    E_, "second-table",
    N_("Another table below"),
    N_("There is another header here, and its columns differ from those on line {line}."),
    N_("Put each table into a separate file or sheet, or give both the same columns in the same order."),
    N_("Under the first header, the figures of the second table would land in the wrong months or columns."),
    "mã;T1;T2 / KT-02;1200;1300 / mã;T3;T4 / KT-02;1400;1500", "mã;T1;T2;T3;T4 / KT-02;1200;1300;1400;1500",
)  # fmt: skip
COLUMN_WITHOUT_PERIOD = _rule(
    W_, "column-without-period",
    N_("Column that belongs to no period"),
    N_("The column “{column}” belongs to none of the periods in the columns beside it, so nothing in it was read."),
    N_("If it holds figures of a period, name the period in its heading; if it is a sum or a target, nothing needs doing."),
    N_("In a table with a column for each month, a column “lũy kế” or “kế hoạch tháng” does not say which month it is for."),
    "mã;T1;T2;lũy kế / KT-02;1200;1300;2500", "mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
TOTAL_NOT_READ = _rule(
    W_, "total-not-read",
    N_("Total over blank months not read"),
    N_("{value} of {period} was not read: some of its months are blank, so it may be the sum of only the others."),
    N_("Fill in the months, or leave them all blank and keep the figure of the longer period."),
    N_("A spreadsheet adds whatever is there: a quarter with a blank month looks like a whole quarter, and a sum of blanks looks like 0."),
    "mã;T1;T2;T3;quý I / KT-02;1200;1300;;2500", "mã;T1;T2;T3;quý I / KT-02;1200;1300;0;2500",
)  # fmt: skip

DELIMITER = _rule(
    E_, "delimiter",
    N_("Columns cannot be told apart"),
    N_("This is the header, but there is no comma, semicolon, tab or | between its columns: “{found}”."),
    N_("Save the file as CSV with ; or , between the columns. In a workbook: select column A, then Data > Text to Columns."),
    N_("The header shows what separates the columns: only , ; | or tab."),
    "mã chỉ tiêu:kỳ báo cáo:thực hiện / KT-02:2019-01:1200", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200",
)  # fmt: skip
MISSING_HEADER = _rule(
    E_, "missing-header",
    N_("No header row"),
    N_("No header was found in the first {rows} rows: expected columns such as indicator, period, value."),
    N_("Put the header row above the figures; `kpi template` writes one."),
    N_("Columns are recognised by their names, in any order; without names nothing can be read."),
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
    N_("It would be a guess which of the two holds the figure."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;thực hiện", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
UNKNOWN_COLUMN = _rule(
    W_, "unknown-column",
    N_("Column not known"),
    N_("Unknown column “{column}”: nothing in it was read.{suggestion}"),
    N_("Correct the name if it holds figures; otherwise it can stay."),
    N_("A misspelt header would leave a whole column of figures out of the report."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;luy ke nam", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
RAGGED_ROW = _rule(
    E_, "ragged-row",
    N_("Row longer or shorter than the header"),
    N_("The row has {found} cells, the header has {expected}."),
    N_('Put a cell under each heading. A decimal comma in a file that separates by commas must stand in quotation marks: "9,08".'),
    N_("A missing or an extra separator shifts the cells, and the number lands in the wrong column."),
    "YT-03,2019-06,9,08", 'YT-03,2019-06,"9,08"',
)  # fmt: skip
NOTHING_REPORTED = _rule(
    W_, "nothing-reported",
    N_("Nothing reported"),
    N_("The file has no figures."),
    N_("Fill in the figures, or take the file out; a blank cell means “not reported”, never 0."),
    N_("A template sent back by mistake is empty."),
    "KT-02;2019-01;", "KT-02;2019-01;1200",
)  # fmt: skip

# A row's cells

HIDDEN_FIGURES = _rule(
    W_, "hidden-figures",
    N_("Figures in hidden rows or columns"),
    N_("The figure {value} is in a hidden row or column and was read; hidden figures in the sheet: {n}."),
    N_("Unhide the rows and columns (Home > Format > Hide & Unhide) and see whether they belong in the report."),
    N_("Whoever opens the sheet does not see them; a filter left on hides rows that nobody meant to remove."),
    "row 3 hidden", "row 3 shown",
)  # fmt: skip
TOTAL_ROW = _rule(
    W_, "total-row",
    N_("Total row not read"),
    N_("The row “{value}” is a total of the sheet and was not read."),
    N_("If it is a total, nothing needs doing; if it is an indicator, write its code."),
    N_("A total over rows of different units belongs to no indicator. Indicators that are totals have a code of their own."),
    "Tổng cộng;;2019-01;1300", "",
)  # fmt: skip
CODE_FROM_NAME = _rule(
    W_, "code-from-name",
    N_("Code found by the name"),
    N_("The row has no code; its name is that of {code}, “{expected}”, so it was read as {code}."),
    N_("Check that this is right; a code in the code cell makes the name unnecessary."),
    N_("A name replaces a missing code only if the plan gives that name to exactly one indicator; diacritics and case do not matter."),
    ";Diện tích nuôi trồng thủy sản;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
AMBIGUOUS_NAME = _rule(
    E_, "ambiguous-name",
    N_("Name of several indicators"),
    N_("The row has no code, and “{value}” is the name of {codes}."),
    N_("Write the code of the indicator that is meant."),
    N_("Two indicators may have the same name; only the code tells them apart."),
    ";Diện tích;2019-01;1200", "KT-02;Diện tích;2019-01;1200",
)  # fmt: skip
MERGED_FIGURE = _rule(
    E_, "merged-figure",
    N_("Figure in a merged cell"),
    N_("The cell with “{value}” is merged with others, so it is unclear which row or period it belongs to."),
    N_("Unmerge the cell (Home > Merge & Center) and write the figure in the row it belongs to."),
    N_("A person sees one number beside several rows; a program finds it in the first and the others blank."),
    "C2:C3 merged", "C2",
)  # fmt: skip
MISSING_CODE = _rule(
    E_, "missing-code",
    N_("Figure without an indicator"),
    N_("The row has the figure “{value}” but no indicator code.{suggestion}"),
    N_("Write the code as the template has it (`kpi plan` lists all). A total row does not belong in the file."),
    N_("A figure without an indicator would be lost."),
    ";2019-01;3500", "KT-03;2019-01;3500",
)  # fmt: skip
UNKNOWN_INDICATOR = _rule(
    E_, "unknown-indicator",
    N_("Indicator not in the plan"),
    N_("The plan has no indicator “{value}”.{suggestion}"),
    N_("Write the code as the template has it (`kpi plan` lists all). If this is a total row, delete it."),
    N_("Codes must match in full; case and the spaces around them do not matter."),
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
    N_("The period is the date {value}; it is unclear which month is meant."),
    N_("Format the column as Text, then write T6/{year}, quý II/{year} or {year}. Excel turns 2019-06 and 6/2019 into dates."),
    N_("A full date in a period cell may be a month that Excel turned into a date, or the day of the report."),
    "KT-02;14/06/2019;1200", "KT-02;T6/2019;1200",
)  # fmt: skip
PERIOD_OUTSIDE_YEAR = _rule(
    E_, "period-outside-year",
    N_("Period outside the plan's year"),
    N_("The period “{value}” is not in {year}, the year of the plan."),
    N_("Correct the year. If these are last year's figures, for comparison, send them in a separate file with the year in every period or heading (T6/2018). To report on that year, choose its plan with --plan."),
    N_("A figure of another year would be measured against the wrong target."),
    "KT-02;2091-01;1200", "KT-02;2019-01;1200",
)  # fmt: skip
LAST_YEAR = _rule(
    W_, "last-year",
    N_("File of the year before"),
    N_("All periods of this file are in {before}, so its figures are used only for comparison with {year}."),
    N_("If they are figures of {year}, correct the year; if not, nothing needs doing."),
    N_("A file of last year's figures fills the column “% of last year”. A file with rows of both years is not used for it: there, a row of last year may be a typing mistake."),
    "KT-02;T6/2018;1200", "KT-02;T6/2019;1200",
)  # fmt: skip
BAD_NUMBER = _rule(
    E_, "bad-number",
    N_("Not a number"),
    N_("“{value}” cannot be read as a number: {reason}."),
    N_("Write digits alone, for example {example}; leave the cell blank if the figure is not known yet."),
    N_("Exponents, words, units, formulas, digits of other scripts and more than 18 digits are refused, never interpreted."),
    "KT-07;2019-10;1.200 tấn", "KT-07;2019-10;1.200",
)  # fmt: skip
AMBIGUOUS_NUMBER = _rule(
    E_, "ambiguous-number",
    N_("Number with two readings"),
    N_("“{value}” can be {vi} or {en}, and nothing in the file shows which."),
    N_("Say how the file writes numbers: --numbers vi (1.234,5) or --numbers en (1,234.5)."),
    N_("28.500 is twenty-eight thousand five hundred to a Vietnamese reader and twenty-eight and a half to a program. The file itself must prove which, nothing is guessed: by a cell that can be read only one way (9,08), or by semicolons between its columns."),
    "mã chỉ tiêu,kỳ báo cáo,thực hiện / KT-02,2019-01,28.500", "mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;28.500",
)  # fmt: skip
MIXED_CONVENTIONS = _rule(
    E_, "mixed-conventions",
    N_("Two ways of writing numbers in one file"),
    N_("“{value}” has a decimal {here}, but “{other}” at {place} has a decimal {there}."),
    N_("Write all numbers of the file the same way, or say which way is right: --numbers vi or --numbers en."),
    N_("When one file has cells of both kinds, a cell such as 28.500 cannot be read safely."),
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
    N_("The plan says which values a unit allows: a percentage lies between 0 and 100."),
    "YT-02;2019-01;980", "YT-02;2019-01;98",
)  # fmt: skip
OVER_OUT_OF = _rule(
    E_, "over-out-of",
    N_("More than the total"),
    N_("{value} is more than the total of {out_of}."),
    N_("Check the number."),
    N_("A commune cannot meet 20 of 19 criteria."),
    "NTM-03;2019-Q1;20", "NTM-03;2019-Q1;19",
)  # fmt: skip
BAD_YES_NO = _rule(
    E_, "bad-yes-no",
    N_("Neither yes nor no"),
    N_("“{value}” is neither yes nor no."),
    N_("Write có or không (đạt or chưa đạt, yes or no, 1 or 0); leave blank if not known yet."),
    N_("This commitment is carried out or not; it has no number."),
    "AN-01;2019-06;đang làm", "AN-01;2019-06;có",
)  # fmt: skip
UNKNOWN_AREA = _rule(
    E_, "unknown-area",
    N_("Area not known"),
    N_("“{value}” is not an area of the plan.{suggestion}"),
    N_("Write the name of the ward or commune; leave blank for the whole town."),
    N_("An area that is not in the plan could be counted twice or not at all."),
    "KT-02;2019-01;1200;xã Hòa Đôn", "KT-02;2019-01;1200;xã Hòa Đông",
)  # fmt: skip
UNKNOWN_AGENCY = _rule(
    E_, "unknown-agency",
    N_("Agency not known"),
    N_("“{value}” is not an agency of the plan.{suggestion}"),
    N_("Write the agency's name or code as the plan has it."),
    N_("Every figure needs an agency that can be asked about it."),
    "KT-02;2019-01;1200;Phòng Kinh tê hạ tầng", "KT-02;2019-01;1200;Phòng Kinh tế",
)  # fmt: skip
WRONG_AGENCY = _rule(
    W_, "wrong-agency",
    N_("Another agency's indicator"),
    N_("{code} is reported by {lead}, not by {agency}."),
    N_("Check the code and the agency; if both are right, the plan's lead agency may need changing."),
    N_("A shifted row is often first noticed when an agency reports another agency's indicator."),
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
    N_("A figure reported before its period begins belongs to another period, or its date is written month first. A wrong date would choose the wrong correction."),
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
    N_("Dash read as 0"),
    N_("“{value}” was read as 0, as in statistical tables: nothing happened in the period."),
    N_("Write 0 to make this clear, or leave the cell blank if the figure is not known."),
    N_("In statistical yearbooks a dash is “no such phenomenon” and “…” is “not collected”. Some people use the dash for both."),
    "KT-07;2019-07;-", "KT-07;2019-07;0",
)  # fmt: skip
CUMULATIVE_ON_LEVEL = _rule(
    E_, "cumulative-on-level",
    N_("Cumulative of something that does not add up"),
    N_("{code} is measured at a moment and does not add up, but the cumulative cell has {value}."),
    N_("Put the figure at the period's end in the value cell, and leave the cumulative blank."),
    N_("A herd, an enrolment or a rate has no sum since January."),
    "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;;21500", "mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;21500;",
)  # fmt: skip
INCOMPLETE_RATE = _rule(
    E_, "incomplete-rate",
    N_("No rate from numerator and denominator"),
    N_("No rate can be computed: {reason}."),
    N_("Fill in both cells, or leave both blank and write the rate in the value cell."),
    N_("With numerator and denominator, rates of areas can be added up rightly; with only one of them, nothing can be computed."),
    "YT-02;2019-01;;98;0", "YT-02;2019-01;;98;100",
)  # fmt: skip
RATE_DISAGREES = _rule(
    E_, "rate-disagrees",
    N_("Value is not numerator ÷ denominator"),
    N_("The value is {value}, but {numerator} ÷ {denominator} gives {computed}."),
    N_("Correct the one that is wrong, or leave the value blank."),
    N_("The two must agree; one of them is wrong. Their last digit may differ by one, through rounding."),
    "YT-02;2019-01;97;98;100", "YT-02;2019-01;98;98;100",
)  # fmt: skip
SHIFTED_ROW = _rule(
    E_, "shifted-row",
    N_("Name and code of different indicators"),
    N_("The code is {code}, but the name “{value}” belongs to {other}."),
    N_("Check which is right, the code or the name: rows may have shifted when the sheet was sorted or filled."),
    N_("A number in the wrong row looks like any other number; only the name shows the mistake."),
    "KT-02;Tổng sản lượng thủy hải sản;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
NAME_DIFFERS = _rule(
    W_, "name-differs",
    N_("Name not as in the plan"),
    N_("The name “{value}” differs from the plan's name for {code}, “{expected}”."),
    N_("Check that the figure is in the right row; if so, the printed name can stay."),
    N_("Names are compared without case and diacritics, so a difference is one of words."),
    "KT-02;Diện tích nuôi tôm và cá;2019-01;1200", "KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
UNIT_DIFFERS = _rule(
    E_, "unit-differs",
    N_("Unit not as in the plan"),
    N_("The unit “{value}” differs from the plan's unit for {code}, “{expected}”."),
    N_("Convert the figure to the plan's unit and write that unit."),
    N_("Writing tạ for tấn is a tenfold mistake."),
    "KT-07;tạ;2019-10;12000", "KT-07;tấn;2019-10;1200",
)  # fmt: skip
TARGET_DIFFERS = _rule(
    E_, "target-differs",
    N_("Target not as in the plan"),
    N_("The target “{value}” differs from the plan's target for {code}, {expected}."),
    N_("Check that the row is the right one, and that the template belongs to this plan."),
    N_("The printed target also shows which row a number belongs to."),
    "KT-02;24000;2019-01;1200", "KT-02;28500;2019-01;1200",
)  # fmt: skip

# Figures held against each other

DOUBLED_FIGURE = _rule(
    W_, "doubled-figure",
    N_("Same figure twice"),
    N_("{key} is both here and at {place} with the same value; it is counted once."),
    N_("Delete one of the two rows."),
    N_("Harmless in itself, but a sign that a file was sent or copied twice."),
    "KT-02;2019-01;1200 / KT-02;2019-01;1200", "KT-02;2019-01;1200",
)  # fmt: skip
CONFLICTING_FIGURES = _rule(
    E_, "conflicting-figures",
    N_("Two values for one figure"),
    N_("{key} is {value} here and {other} at {place}, and neither has a later date."),
    N_("Delete the wrong row, or give the right one a later date in the column ngày báo cáo (reported_on)."),
    N_("A correction is recognised by its later report date. Without one, any choice would be a guess."),
    "KT-02;2019-01;1200 / KT-02;2019-01;1300", "KT-02;2019-01;1300",
)  # fmt: skip
UNDATED_DIFFERS = _rule(
    W_, "undated-differs",
    N_("Another value without a report date"),
    N_("{key} is {value} here without a report date, but {other} at {place}, dated {day}; the one with a date counts."),
    N_("If this is the correction, give it a later date in the column ngày báo cáo (reported_on); if not, delete it."),
    N_("A correction is recognised by its later report date. A row without a date, such as any row of a sheet with a column for each month, corrects nothing."),
    "KT-02;2019-01;1300;", "KT-02;2019-01;1300;20/02/2019",
)  # fmt: skip
CHILDREN_OVER_PARENT = _rule(
    E_, "children-over-parent",
    N_("Part larger than the whole"),
    N_("In {period}, the sum of {parts} is {value}, more than the {total} of {code}."),
    N_("Correct the part or the whole."),
    N_("The parts are “of which” rows: they cannot exceed what they are part of."),
    "KT-02;2019-01;1200 / KT-02.1;2019-01;1300", "KT-02;2019-01;1200 / KT-02.1;2019-01;1100",
)  # fmt: skip
PARTS_DO_NOT_ADD = _rule(
    E_, "parts-do-not-add",
    N_("Parts do not add up to the whole"),
    N_("In {period}, the sum of {parts} is {value}, but {code} is {total}."),
    N_("Correct the part or the whole; one unit of the last printed digit is allowed for rounding."),
    N_("The plan says that these parts make up the whole."),
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
    N_("The two must agree; one of them is wrong."),
    "KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2600", "KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2500",
)  # fmt: skip
STRETCH_DISAGREES = _rule(
    E_, "stretch-disagrees",
    N_("Long period differs from its months"),
    N_("{code} is {value} for {period}, but the shorter periods give {other}."),
    N_("Correct the month or the longer period's figure."),
    N_("A quarter's figure and the sum of its three months must agree; one of them is wrong."),
    "KT-10;2019-H1;4900 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100", "KT-10;2019-H1;4800 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100",
)  # fmt: skip
AREAS_DISAGREE = _rule(
    E_, "areas-disagree",
    N_("Areas do not add up to the town"),
    N_("The town's figure of {code} for {period} is {value}, but its areas give {total}."),
    N_("Correct the town's figure or the area's."),
    N_("The areas may add up to less than the town only while some have not reported."),
    "KT-02;2019-01;1200; / KT-02;2019-01;1300;xã Hòa Đông", "KT-02;2019-01;1300; / KT-02;2019-01;1300;xã Hòa Đông",
)  # fmt: skip
AREAS_INCOMPLETE = _rule(
    W_, "areas-incomplete",
    N_("Some areas have not reported"),
    N_("The figure of {code} for {period} is the sum of {reported} of {expected} areas; not reported: {missing}."),
    N_("Ask the areas that are missing, or report the town's own figure; an area where nothing happened reports 0."),
    N_("The sum of only some areas is not the town's figure; the row is marked as incomplete."),
    "KT-02;2019-01;1200;xã Hòa Đông", "KT-02;2019-01;9800;",
)  # fmt: skip
AREAS_CANNOT_ADD = _rule(
    W_, "areas-cannot-add",
    N_("Areas that cannot be added up"),
    N_("{code} for {period} is reported by area only, and such figures cannot be added up; the town has no figure."),
    N_("Give the numerator and denominator of each area, or the town's own figure."),
    N_("A mean of rates is wrong wherever the areas differ in size; a yes or no of one area says nothing about the town."),
    "YT-02;2019-01;98;xã Hòa Đông", "YT-02;2019-01;98;",
)  # fmt: skip
JUMP = _rule(
    W_, "jump",
    N_("Far from the other periods"),
    N_("{value} is about {factor} times {other}, which is usual in the other periods of {code}."),
    N_("Check the decimal sign and the unit; if the number is right, nothing needs doing."),
    N_("A lost decimal comma, or a thousands point read as decimal, makes a number 10, 100 or 1000 times too large or too small."),
    "KT-09;2019-Q1;148.000 / KT-09;2019-Q2;1.490.000 / KT-09;2019-Q3;150.000", "KT-09;2019-Q1;148.000 / KT-09;2019-Q2;149.000 / KT-09;2019-Q3;150.000",
)  # fmt: skip
FAR_FROM_TARGET = _rule(
    W_, "far-from-target",
    N_("Far from the year's target"),
    N_("{value} is {factor} times the year's target {target} of {code}."),
    N_("Check the decimal sign and the unit; if the number is right, nothing needs doing."),
    N_("One month seldom achieves the plan of several years. A decimal point read as thousands, or triệu đồng for tỷ đồng, makes a number a thousand times too large; a percent typed as a fraction is a hundred times too small."),
    "KT-14;2019-01;4.125", "KT-14;2019-01;4,125",
)  # fmt: skip
ZERO_RATE = _rule(
    W_, "zero-rate",
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
    N_("A plan is written in YAML: a name, a colon, a value; lower levels are indented by two spaces."),
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
    N_("YAML does not read “{value}” as it is written, but as {reading}."),
    N_("Write a number plainly (28500, 9.08), yes or no as true or false, and any other text in quotation marks."),
    N_("In YAML 1.1, no is a boolean, 010 is 8 and 12:30 is 750. Other programs would read another plan."),
    "at_least: 010", "at_least: 10",
)  # fmt: skip
PLAN_ALIAS = _rule(
    E_, "plan-alias",
    N_("YAML alias or tag"),
    N_("“{value}” is a YAML alias, merge or tag; a plan is written out in full."),
    N_("Write the value itself here."),
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
    N_("“{key}” is not a key allowed here.{suggestion}"),
    N_("Correct the spelling, or delete it; `docs/plan-format.md` lists the keys."),
    N_("A misspelt key would be a silently ignored target."),
    "at_leat: 28500", "at_least: 28500",
)  # fmt: skip
PLAN_BAD_VALUE = _rule(
    E_, "plan-bad-value",
    N_("Wrong value in the plan"),
    N_("“{value}” is not allowed here: {reason}."),
    N_("Correct the value; `docs/plan-format.md` says what each key takes."),
    N_("The plan is the measure of everything else, so nothing in it is guessed."),
    "at_least: 28.500,5", "at_least: 28500.5",
)  # fmt: skip
PLAN_UNKNOWN_REFERENCE = _rule(
    E_, "plan-unknown-reference",
    N_("Name the plan does not define"),
    N_("“{value}” is not among the plan's {kind}.{suggestion}"),
    N_("Define it, or correct the spelling."),
    N_("Units, agencies and profiles are defined once, and referred to by name elsewhere."),
    "unit: hecta", "unit: ha",
)  # fmt: skip
PLAN_DOUBLED_CODE = _rule(
    E_, "plan-doubled-code",
    N_("Code given to two things"),
    N_("The code “{value}” is already that of “{other}”."),
    N_("Give each indicator and commitment a code of its own."),
    N_("A submitted figure is identified by its code alone."),
    "code: KT-02 / code: KT-02", "code: KT-02 / code: KT-03",
)  # fmt: skip
PLAN_PARTS = _rule(
    E_, "plan-parts",
    N_("Targets of parts and whole disagree"),
    N_("The targets of the parts of {code} add up to {value}, but the whole target is {total}."),
    N_("Correct the target, or say parts: partial if they are not all of it."),
    N_("With parts: complete, the targets of the parts must add up to the whole; parts must never exceed the whole."),
    "target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4000}", "target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4500}",
)  # fmt: skip
PLAN_ALLOCATIONS = _rule(
    E_, "plan-allocations",
    N_("Targets of areas do not make the target"),
    N_("The targets of the areas of {code} add up to {value}, but the whole target is {total}."),
    N_("Correct the numbers, or say allocated: partial if not all of the target is given to areas."),
    N_("If an indicator adds up, the targets given to areas must add up to the whole target; with allocated: partial they must not exceed it."),
    "target: {at_least: 28500} / allocations: {hoa-dong: 12000, lai-hoa: 16000}", "target: {at_least: 28500} / allocations: {hoa-dong: 12500, lai-hoa: 16000}",
)  # fmt: skip
