"""Every rule an input can break: the one place where its code, severity and sentences are declared.

`kpi rule` and `docs/findings.md` are printed from here, in the order in which the rules stand: the file, its table, a row's
cells, figures held against each other, then the plan file. A new rule is a name and what `finding.Rule` asks for.
"""

from __future__ import annotations

import copyreg

from vinhchau_kpi.finding import Rule, Severity
from vinhchau_kpi.messages import N_

ERROR, WARNING = Severity.ERROR, Severity.WARNING

# The file

UNREADABLE_FILE = Rule(
    "unreadable-file", ERROR,
    title=N_("File cannot be read"),
    message=N_("The file cannot be read: {reason}."),
    fix=N_("Check that it is a file, that no other program has it open, and that you may open it."),
    about=N_("Nothing in the file was read. It may be a folder with the name of a file, a file you may not open, or a failing disk."),
    example="so-lieu.csv/", instead="so-lieu.csv",
)  # fmt: skip
TOO_LARGE = Rule(
    "too-large", ERROR,
    title=N_("File too large"),
    message=N_("The file has {size} bytes; at most {limit} are read."),
    fix=N_("Send it in parts, or check that it is the right file."),
    about=N_("A month of one town fits in a few hundred kilobytes. A file far larger is nearly always the wrong one."),
    example="600 MB", instead="60 KB",
)  # fmt: skip
SPREADSHEET_FILE = Rule(
    "spreadsheet-file", ERROR,
    title=N_("Workbook of a kind that is not read"),
    message=N_("This is {kind}; its figures were not read."),
    fix=N_("Open it in Excel, choose File > Save As > “Excel Workbook (.xlsx)” or “CSV UTF-8”, and put that file here."),
    to_sender=N_("Open it in Excel, choose File > Save As > “Excel Workbook (.xlsx)”, and send that file."),
    about=N_("Workbooks are read as .xlsx, .xls, .xlsb and .ods. Figures in a file of another kind would be missing from the report, so the report stops until the file is saved in one of these forms or removed from the folder."),
    example="kinh-te.xlsm", instead="kinh-te.xlsx",
)  # fmt: skip
ENCRYPTED_WORKBOOK = Rule(
    "encrypted-workbook", ERROR,
    title=N_("Workbook with a password"),
    message=N_("This workbook is locked by a password; its figures were not read."),
    fix=N_("Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, delete the password, and save."),
    about=N_("Only someone who knows the password can open the file; kpi does not ask for it."),
    example="kinh-te.xlsx (locked)", instead="kinh-te.xlsx",
)  # fmt: skip
BROKEN_WORKBOOK = Rule(
    "broken-workbook", ERROR,
    title=N_("Workbook damaged"),
    message=N_("This workbook cannot be opened: {reason}."),
    fix=N_("Open it in Excel; if Excel can repair it, save it again; if not, ask the sender for the file again."),
    to_sender=N_("Open it in Excel; if Excel can repair it, save it and send it again; if not, make the file anew."),
    about=N_("A file cut off in the mail or on a full disk may still show an icon and a size."),
    example="half of kinh-te.xlsx", instead="kinh-te.xlsx",
)  # fmt: skip
WORKBOOK_TOO_LARGE = Rule(
    "workbook-too-large", ERROR,
    title=N_("Workbook too large"),
    message=N_("This workbook is too large: more than {limit} {what}."),
    fix=N_("Delete sheets, rows and formats without figures and save the workbook again, or save the sheet of figures as CSV."),
    about=N_("A workbook is a compressed file: a few kilobytes can unpack to gigabytes, by mistake or on purpose. Its size is measured before it is opened."),
    example="1,048,576 rows of formats", instead="60 rows",
)  # fmt: skip
FILE_NOT_READ = Rule(
    "file-not-read", WARNING,
    title=N_("File in the folder not read"),
    message=N_("This file is {kind}, and was not read."),
    fix=N_("If it holds figures, ask the sender for them as Excel, Word (.docx) or CSV; if not, take it out of the folder."),
    to_sender=N_("If it holds figures, send them as Excel, Word (.docx) or CSV; if not, nothing needs doing."),
    about=N_("Every file in the folder of figures that is not read is named, so that nobody assumes that it was. Archives, messages and old Word documents stop the report instead: figures are sent in them."),
    example="bao-cao.pdf", instead="bao-cao.csv",
)  # fmt: skip
DOCUMENT_FILE = Rule(
    "document-file", ERROR,
    title=N_("Document in place of figures"),
    message=N_("This is {kind}, not a table of figures; nothing in it was read."),
    fix=N_("Ask the sender for the table itself, as Excel, Word (.docx) or CSV. {way}"),
    to_sender=N_("Send the table itself, as Excel, Word (.docx) or CSV."),
    about=N_("In a picture, a PDF or an archive the cells of a table cannot be read for certain. What a file is shows in its bytes, whatever its name ends in."),
    example="bao-cao.pdf", instead="bao-cao.xlsx",
)  # fmt: skip
EMPTY_FILE = Rule(
    "empty-file", ERROR,
    title=N_("Empty file"),
    message=N_("The file is empty."),
    fix=N_("Ask the sender for it again; the transfer may have failed."),
    to_sender=N_("Send the file again; the transfer may have failed."),
    about=N_("An empty file is not a report, and does not prove that there was nothing to report."),
    example="(0 bytes)", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
NOT_TEXT = Rule(
    "not-text", ERROR,
    title=N_("Not a text file"),
    message=N_("This is not a text file: byte {byte} never occurs in a CSV file."),
    fix=N_("Open the figures in Excel and save them with File > Save As > “CSV UTF-8 (Comma delimited)”."),
    about=N_("Pictures, documents renamed to .csv, and UTF-16 text without its byte-order mark contain such bytes."),
    example="\\x89PNG\\x00", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện",
)  # fmt: skip
ENCODING = Rule(
    "encoding", ERROR,
    title=N_("Letters in an encoding that cannot be proved"),
    message=N_("The letters from here on cannot be read: byte {byte} is not {encoding}, and it is uncertain which other encoding this is."),
    fix=N_("Open the file in Excel and save it again with File > Save As > “CSV UTF-8 (Comma delimited)”. If you know that it is windows-1258, say so: --encoding windows-1258."),
    to_sender=N_("Open the file in Excel, save it with File > Save As > “CSV UTF-8 (Comma delimited)” or as .xlsx, and send that file."),
    about=N_("Excel's plain “CSV” uses an old code page that loses Vietnamese letters. UTF-8, UTF-16 and windows-1258 with its tone marks can be recognised for certain; any other would be a guess, and could store wrong names."),
    example="S\\xf3c Tr\\xe3ng", instead="Sóc Trăng",
)  # fmt: skip
MIXED_ENCODINGS = Rule(
    "mixed-encodings", ERROR,
    title=N_("Two encodings in one file"),
    message=N_("From here on the letters are in another encoding than above: one part of the file is UTF-8, the other is not."),
    fix=N_("Send the parts as files of their own; or open each in Excel, put the rows together there, and save as .xlsx or “CSV UTF-8 (Comma delimited)”."),
    about=N_("Files were joined that different programs had saved. Read in one encoding, the letters of one part would be spoiled."),
    example="Sóc Trăng / S\\xf3c Tr\\xe3ng", instead="Sóc Trăng",
)  # fmt: skip
FILLED_WITH_NOTHING = Rule(
    "filled-with-nothing", ERROR,
    title=N_("File not copied whole"),
    message=N_("From here to its end the file holds nothing but zero bytes: it was not saved or copied whole, and rows may be missing."),
    fix=N_("Ask the sender for the file again."),
    to_sender=N_("Save the file anew and send it again."),
    about=N_("A memory stick pulled out too early, or a computer switched off while it saved, leaves a file of the right size without its contents."),
    example="KT-02;2019-01;1200 / \\x00\\x00\\x00", instead="KT-02;2019-01;1200 / KT-03;2019-01;3500",
)  # fmt: skip
JOINED_FILES = Rule(
    "joined-files", ERROR,
    title=N_("Another file begins within a row"),
    message=N_("Another file begins in the middle of this row: files were joined without a line break between them."),
    fix=N_("Put a line break before the header that begins here, or send the files one by one."),
    about=N_("The last number of one file and the first word of the next would stand in one cell."),
    example="KT-02;2019-01;1200\\ufeffmã;kỳ;thực hiện", instead="KT-02;2019-01;1200 / mã;kỳ;thực hiện",
)  # fmt: skip
MOJIBAKE = Rule(
    "mojibake", ERROR,
    title=N_("Letters read in the wrong encoding"),
    message=N_("“{value}” should be “{right}”: a program read UTF-8 in another encoding."),
    fix=N_("Ask for the original file. To open a CSV in Excel without spoiling its letters: Data > From Text/CSV, File Origin “65001: Unicode (UTF-8)”; then save it as “CSV UTF-8” or .xlsx."),
    to_sender=N_("Send the original file. To open a CSV in Excel without spoiling its letters: Data > From Text/CSV, File Origin “65001: Unicode (UTF-8)”; then save it as “CSV UTF-8” or .xlsx."),
    about=N_("A CSV opened by double click, without a byte-order mark, is read in the old code page, and saving it keeps the damage. Names would not match the plan, and notes would go into the report spoiled."),
    example="Tá»· lá»‡", instead="Tỷ lệ",
)  # fmt: skip
TCVN3_LETTERS = Rule(
    "tcvn3-letters", ERROR,
    title=N_("Letters of an old font (TCVN3, .VnTime)"),
    message=N_("“{value}” is “{right}” in the old TCVN3 code (fonts .VnTime, .VnArial)."),
    fix=N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from TCVN3 (ABC) to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    about=N_("Such letters are right only in the font they were typed in; in any other font they are wrong."),
    example="Côc thèng kª", instead="Cục thống kê",
)  # fmt: skip
VNI_LETTERS = Rule(
    "vni-letters", ERROR,
    title=N_("Letters of an old font (VNI)"),
    message=N_("“{value}” is “{right}” in the old VNI code (fonts VNI-Times, VNI-Helve)."),
    fix=N_("Convert the text to Unicode, for example with UniKey (Ctrl+Shift+F6: from VNI Windows to Unicode), and save the file as “CSV UTF-8” or .xlsx."),
    about=N_("Such letters are right only in the font they were typed in; in any other font they are wrong."),
    example="dieän tích tröïc tieáp", instead="diện tích trực tiếp",
)  # fmt: skip
LOST_LETTERS = Rule(
    "lost-letters", ERROR,
    title=N_("Letters lost, question marks in their place"),
    message=N_("“{value}” has lost letters: question marks replace them."),
    fix=N_("The letters cannot be recovered from this file. Open the original workbook in Excel and save it with File > Save As > “CSV UTF-8 (Comma delimited)”, not as plain “CSV”, or send the .xlsx itself."),
    about=N_("Excel's plain “CSV” writes question marks for letters that its old code page lacks. Two different names can become the same."),
    example="Di?n tích nuôi tr?ng th?y s?n", instead="Diện tích nuôi trồng thủy sản",
)  # fmt: skip
QUOTE_NOT_CLOSED = Rule(
    "quote-not-closed", ERROR,
    title=N_("Quotation marks that do not pair up"),
    message=N_("The quotation marks of this row do not pair up, so it is unclear where its cells end."),
    fix=N_('Close the quotation mark, or delete it. Inside a quoted cell write it twice: "".'),
    about=N_("Without the closing mark the rest of the file would silently become part of one note."),
    example='KT-02;2019-01;1200;"chưa xong', instead='KT-02;2019-01;1200;"chưa xong"',
)  # fmt: skip
CELL_TOO_LONG = Rule(
    "cell-too-long", ERROR,
    title=N_("Cell too long"),
    message=N_("A cell in this row is longer than {limit} characters."),
    fix=N_("Shorten the cell; a missing line break or quotation mark often joins many rows into one."),
    about=N_("No figure or note of a report is that long."),
    example="(a cell of more than 100000 characters)", instead="(a cell of at most 100000 characters)",
)  # fmt: skip

# The table

ROW_TOO_WIDE = Rule(
    "row-too-wide", ERROR,
    title=N_("Row too wide"),
    message=N_("The row has {found} cells; at most {limit} are read."),
    fix=N_("Check that it is the right file, and delete what stands far to the right of the figures."),
    about=N_("A table of figures has about a dozen columns. Thousands of cells in one row mean a file of another kind, or many rows joined into one."),
    example="(a row of 1001 cells)", instead="(a row of 3 cells)",
)  # fmt: skip
SEVERAL_SHEETS = Rule(
    "several-sheets", ERROR,
    title=N_("Several sheets hold figures"),
    message=N_("The sheets {sheets} all have a header of figures, and {why}."),
    fix=N_("Name each sheet after its period (T6, Quý II), or write the period above the table or in a column; or keep only the sheet that is meant. When checking a single file: --sheet NAME."),
    to_sender=N_("Name each sheet after its period (T6, Quý II), or write the period above the table or in a column; or keep only the sheet that is meant."),
    about=N_("A workbook with a sheet for each month is read where each sheet says its period. Reading the first alone would leave out the figures of the others unnoticed."),
    example="Kinh tế, Xã hội", instead="T5, T6",
)  # fmt: skip
NO_SUCH_SHEET = Rule(
    "no-such-sheet", ERROR,
    title=N_("No sheet of that name"),
    message=N_("There is no sheet “{value}”; there are {sheets}."),
    fix=N_("Give the name shown on the sheet's tab, or leave out --sheet."),
    about=N_("--sheet names the sheet in every workbook of the command."),
    example="--sheet T7", instead="--sheet T6",
)  # fmt: skip
SHEET_OF_OTHER_PERIOD = Rule(
    "sheet-of-other-period", WARNING, is_doubt=True,
    title=N_("Sheet named after another period"),
    message=N_("The sheet is called “{value}”, but its figures are of {period}."),
    fix=N_("Correct the period in the sheet, or the sheet's name."),
    about=N_("A sheet is often a copy of the one of the month before, with the period left as it was. The figures count for the period that stands in the sheet."),
    example="T6: mã;kỳ;thực hiện / KT-02;T5/2019;1200", instead="T6: mã;kỳ;thực hiện / KT-02;T6/2019;1200",
)  # fmt: skip
SHEET_NOT_READ = Rule(
    "sheet-not-read", WARNING,
    title=N_("Sheet not read"),
    message=N_("The sheet “{value}” was not read: it has no header of figures, but it has numbers."),
    fix=N_("If they are figures, put the header above them and use --sheet; if not, nothing needs doing."),
    to_sender=N_("If they are figures, put the header above them; if not, nothing needs doing."),
    about=N_("Every sheet with numbers that is not read is named, so that nobody assumes that it was."),
    example="a second sheet with notes and numbers", instead="one sheet",
)  # fmt: skip
TABLE_NOT_READ = Rule(
    "table-not-read", ERROR,
    title=N_("Another table of figures in a document"),
    message=N_("The document has more than one table of figures; this one, “{value}”, was not read."),
    fix=N_("Put all figures into one table, or send each table as a file of its own."),
    about=N_("Of a Word document the first table with a header of figures is read. The figures of another would be missing unnoticed."),
    example="two tables of figures", instead="one table",
)  # fmt: skip
MIXED_LAYOUT = Rule(
    "mixed-layout", ERROR,
    title=N_("Periods in a column and across"),
    message=N_("The column “{column}” gives each row a period, but other columns are periods themselves."),
    fix=N_("Keep one of the two: a row for each figure with its period, or a row for each indicator with a column for each month."),
    about=N_("It would be a guess which period a figure belongs to."),
    example="mã;kỳ;T1;T2 / KT-02;T1/2019;1200;1300", instead="mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
HEADING_OVER_SEVERAL = Rule(
    "heading-over-several", ERROR,
    title=N_("Period over several columns"),
    message=N_("The heading “{column}” covers several columns, so it is unclear which of them holds actual figures."),
    fix=N_("Give each column a heading of its own, or write TH, LK or KH below the period for each."),
    about=N_("Planned and actual figures often stand side by side under one month. Reading the first column would report the plan as the result."),
    example="mã;T1;;T2 / KT-02;1200;1100;1300", instead="mã;T1;T2 / KT-02;1100;1300",
)  # fmt: skip
UNCLEAR_GROUP = Rule(
    "unclear-group", ERROR,
    title=N_("Heading over a column not understood"),
    message=N_("The column “{column}” is under “{group}”, so it is unclear whether it holds actual figures."),
    fix=N_("Write Thực hiện or Lũy kế over the columns of figures, and delete columns of targets or of last year, or give them a heading of their own."),
    about=N_("Planned figures and last year's often stand beside this year's, under their own heading. Nobody would notice that the wrong one was read."),
    example="Mã;Chỉ tiêu;Dự báo;", instead="Mã;Chỉ tiêu;Thực hiện;",
)  # fmt: skip
SECOND_TABLE = Rule(
    "second-table", ERROR,
    title=N_("Another table below"),
    message=N_("There is another header here, and its columns differ from those on line {line}."),
    fix=N_("Put each table into a separate file or sheet, or give both the same columns in the same order."),
    about=N_("Under the first header, the figures of the second table would land in the wrong months or columns."),
    example="mã;T1;T2 / KT-02;1200;1300 / mã;T3;T4 / KT-02;1400;1500", instead="mã;T1;T2;T3;T4 / KT-02;1200;1300;1400;1500",
)  # fmt: skip
COLUMN_WITHOUT_PERIOD = Rule(
    "column-without-period", WARNING,
    title=N_("Column that belongs to no period"),
    message=N_("The column “{column}” belongs to none of the periods in the columns beside it, so nothing in it was read."),
    fix=N_("If it holds figures of a period, name the period in its heading; if it is a sum or a target, nothing needs doing."),
    about=N_("In a table with a column for each month, a column “lũy kế” or “kế hoạch tháng” does not say which month it is for."),
    example="mã;T1;T2;lũy kế / KT-02;1200;1300;2500", instead="mã;T1;T2 / KT-02;1200;1300",
)  # fmt: skip
NOT_ACTUAL = Rule(
    "not-actual", WARNING,
    title=N_("Columns that hold no figures of this year"),
    message=N_("Not read, because by their headings they hold targets, forecasts, comparisons or figures of another year: {columns}."),
    fix=N_("If one of them holds this year's figures, correct its heading; if not, nothing needs doing."),
    about=N_("The usual form has last year's figures, targets and percents beside what was achieved; only what was achieved is read."),
    example="mã;T6/2018;T6/2019;% so KH / KT-02;1100;1200;8,9", instead="mã;T6/2019 / KT-02;1200",
)  # fmt: skip
TOTAL_NOT_READ = Rule(
    "total-not-read", WARNING,
    title=N_("Total of only some of its months not read"),
    message=N_("{value} of “{period}” was not read: {reason}."),
    fix=N_("Fill in the months, or leave them all blank and keep the figure of the longer period."),
    about=N_("A spreadsheet adds whatever is there: a quarter with a blank month looks like a whole quarter, and a sum of blanks looks like 0."),
    example="mã;T1;T2;T3;quý I / KT-02;1200;1300;;2500", instead="mã;T1;T2;T3;quý I / KT-02;1200;1300;0;2500",
)  # fmt: skip

DELIMITER = Rule(
    "delimiter", ERROR,
    title=N_("Columns cannot be told apart"),
    message=N_("This is the header, but there is no comma, semicolon, tab or | between its columns: “{found}”."),
    fix=N_("Save the file as CSV with ; or , between the columns. In a workbook: select column A, then Data > Text to Columns."),
    about=N_("The header shows what separates the columns: only , ; | or tab."),
    example="mã chỉ tiêu:kỳ báo cáo:thực hiện / KT-02:2019-01:1200", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200",
)  # fmt: skip
MISSING_HEADER = Rule(
    "missing-header", ERROR,
    title=N_("No header row"),
    message=N_("No header was found in the first {rows} rows: expected columns such as indicator, period, value."),
    fix=N_("Put the header row above the figures; `kpi template` writes one."),
    to_sender=N_("Put the header row above the figures, as in the template."),
    about=N_("Columns are recognised by their names, in any order; without names nothing can be read."),
    example="KT-02;2019-01;1200 / KT-03;2019-01;3500", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200 / KT-03;2019-01;3500",
)  # fmt: skip
MISSING_COLUMN = Rule(
    "missing-column", ERROR,
    title=N_("Column missing"),
    message=N_("The column “{column}” is missing from the header."),
    fix=N_("Add the column. The period may be given once for the whole file instead: --period 2019-06."),
    to_sender=N_("Add the column."),
    about=N_("Each figure needs an indicator, a period, and a value (or a cumulative, or a numerator and denominator)."),
    example="mã chỉ tiêu;thực hiện / KT-02;1200", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;1200",
)  # fmt: skip
PERIOD_FROM_TITLE = Rule(
    "period-from-title", WARNING,
    title=N_("Period taken from the title"),
    message=N_("No column says the period; {where} says “{words}”, so all rows were taken as of {period}."),
    fix=N_("Check that all rows are of this period; a column kỳ báo cáo (period) makes it certain."),
    about=N_("A title is easily left over from the last report, and then every figure is under the wrong month."),
    example="BÁO CÁO THÁNG 7 NĂM 2019 / mã chỉ tiêu;thực hiện / KT-02;1200", instead="BÁO CÁO THÁNG 7 NĂM 2019 / mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;T7/2019;1200",
)  # fmt: skip
TITLE_UNCLEAR = Rule(
    "title-unclear", ERROR,
    title=N_("Period of the title unclear"),
    message=N_("No column says the period, and {where} does not say one clearly: {words}."),
    fix=N_("Add the column kỳ báo cáo (period) and write in each row its own; or give it once for the whole file: --period {example}."),
    to_sender=N_("Add the column kỳ báo cáo (period) and write in each row its own."),
    about=N_("A title that speaks of a month and of the months before it, or of a month's end, does not say which of them the figures are of."),
    example="BÁO CÁO THÁNG 7 VÀ 7 THÁNG ĐẦU NĂM 2019 / mã chỉ tiêu;thực hiện / KT-02;1200", instead="BÁO CÁO THÁNG 7 VÀ 7 THÁNG ĐẦU NĂM 2019 / mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;T7/2019;1200",
)  # fmt: skip
DOUBLED_HEADER = Rule(
    "doubled-header", ERROR,
    title=N_("Column given twice"),
    message=N_("Columns {first} and {second} are both “{column}”."),
    fix=N_("Delete or rename one of the two."),
    about=N_("It would be a guess which of the two holds the figure."),
    example="mã chỉ tiêu;kỳ báo cáo;thực hiện;thực hiện", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
CROSS_TABLE = Rule(
    "cross-table", ERROR,
    title=N_("Cross table: a column for each area"),
    message=N_("This is a cross table with a column for each area ({areas}); nothing in it was read."),
    fix=N_("Send a row for each figure: the code, the period, the value, and the area in a column địa bàn (area); a total goes into a row of its own that leaves the area blank."),
    about=N_("In a table of areas side by side it is easy to put a figure under the neighbour's name, and one column may be a sum of some of the others."),
    example="mã chỉ tiêu;kỳ báo cáo;Phường 1;Phường 2 / KT-02;2019-01;1200;1300", instead="mã chỉ tiêu;kỳ báo cáo;địa bàn;thực hiện / KT-02;2019-01;;2500 / KT-02;2019-01;Phường 1;1200 / KT-02;2019-01;Phường 2;1300",
)  # fmt: skip
UNKNOWN_COLUMN = Rule(
    "unknown-column", WARNING,
    title=N_("Column not known"),
    message=N_("Unknown column “{column}”: nothing in it was read.{suggestion}"),
    fix=N_("Correct the name if it holds figures; otherwise it can stay."),
    about=N_("A misspelt header would leave a whole column of figures out of the report."),
    example="mã chỉ tiêu;kỳ báo cáo;thực hiện;ly ke", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế",
)  # fmt: skip
RAGGED_ROW = Rule(
    "ragged-row", ERROR,
    title=N_("Row longer or shorter than the header"),
    message=N_("The row has {found} cells, the header has {expected}.{beyond}"),
    fix=N_('Put a cell under each heading, and a heading over each cell: Ghi chú (note) over remarks. A decimal comma in a file that separates by commas must stand in quotation marks: "9,08".'),
    about=N_("A missing or an extra separator shifts the cells, and the number lands in the wrong column."),
    example="YT-03,2019-06,9,08", instead='YT-03,2019-06,"9,08"',
)  # fmt: skip
NOTHING_REPORTED = Rule(
    "nothing-reported", WARNING,
    title=N_("Nothing reported"),
    message=N_("The file has no figures."),
    fix=N_("Fill in the figures, or take the file out; a blank cell means “not reported”, never 0."),
    to_sender=N_("Fill in the figures and send the file again; a blank cell means “not reported”, never 0."),
    about=N_("A template sent back by mistake is empty."),
    example="KT-02;2019-01;", instead="KT-02;2019-01;1200",
)  # fmt: skip

# A row's cells

HIDDEN_FIGURES = Rule(
    "hidden-figures", WARNING,
    title=N_("Figures in hidden rows or columns"),
    message=N_("The figure {value} is in a hidden row or column and was read; hidden figures in the sheet: {n}."),
    fix=N_("Unhide the rows and columns (Home > Format > Hide & Unhide) and see whether they belong in the report."),
    about=N_("Whoever opens the sheet does not see them; a filter left on hides rows that nobody meant to remove."),
    example="row 3 hidden", instead="row 3 shown",
)  # fmt: skip
STRUCK_FIGURE = Rule(
    "struck-figure", WARNING,
    title=N_("Figure struck out"),
    message=N_("“{value}” is struck out and was not read."),
    fix=N_("If the figure counts, take the line through it away; if not, clear the cell."),
    about=N_("A line through a number says that it no longer counts; a program would still find it in the cell."),
    example="C2 struck out", instead="C2 not struck out",
)  # fmt: skip
RAISED_DIGIT = Rule(
    "raised-digit", ERROR,
    title=N_("Raised digit in a code or period"),
    message=N_("Some of “{value}” is raised, lowered or struck out, so it cannot be told which digits belong to it."),
    fix=N_("Type the cell anew without the sign of the note, and put the note into the notes column."),
    about=N_("KT-1 with the sign of note 1 is stored as KT-11, which may be another indicator; T1 becomes T11."),
    example="A2: KT-02 with a raised 2", instead="A2: KT-02",
)  # fmt: skip
TOTAL_ROW = Rule(
    "total-row", WARNING,
    title=N_("Total row not read"),
    message=N_("The row “{value}” is a total of the sheet and was not read."),
    fix=N_("If it is a total, nothing needs doing; if it is an indicator, write its code."),
    about=N_("A total over rows of different units belongs to no indicator. Indicators that are totals have a code of their own."),
    example="Tổng cộng;;2019-01;1300", instead="",
)  # fmt: skip
CODE_FROM_NAME = Rule(
    "code-from-name", WARNING,
    title=N_("Code found by the name"),
    message=N_("The row has no code; its name is that of {code}, “{expected}”, so it was read as {code}."),
    fix=N_("Check that this is right; a code in the code cell makes the name unnecessary."),
    about=N_("A name replaces a missing code only if the plan gives that name to exactly one indicator; diacritics and case do not matter."),
    example=";Diện tích nuôi trồng thủy sản;2019-01;1200", instead="KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
AMBIGUOUS_NAME = Rule(
    "ambiguous-name", ERROR,
    title=N_("Name of several indicators"),
    message=N_("The row has no code, and “{value}” is the name of {codes}."),
    fix=N_("Write the code of the indicator that is meant."),
    about=N_("Two indicators may have the same name; only the code tells them apart."),
    example=";Diện tích;2019-01;1200", instead="KT-02;Diện tích;2019-01;1200",
)  # fmt: skip
MERGED_FIGURE = Rule(
    "merged-figure", ERROR,
    title=N_("Figure in a merged cell"),
    message=N_("The cell with “{value}” is merged with others, so it is unclear which row or period it belongs to."),
    fix=N_("Unmerge the cell (Home > Merge & Center) and write the figure in the row it belongs to."),
    about=N_("A person sees one number beside several rows; a program finds it in the first and the others blank."),
    example="C2:C3 merged", instead="C2",
)  # fmt: skip
MISSING_CODE = Rule(
    "missing-code", ERROR,
    title=N_("Figure without an indicator"),
    message=N_("The row has the figure “{value}” but no indicator code.{suggestion}"),
    fix=N_("Write the code as the template has it (`kpi plan` lists all). A total row does not belong in the file."),
    to_sender=N_("Write the code as the template has it. A total row does not belong in the file."),
    about=N_("A figure without an indicator would be lost."),
    example=";2019-01;3500", instead="KT-03;2019-01;3500",
)  # fmt: skip
UNKNOWN_INDICATOR = Rule(
    "unknown-indicator", ERROR,
    title=N_("Indicator not in the plan"),
    message=N_("The plan has no indicator “{value}”.{suggestion}"),
    fix=N_("Write the code as the template has it (`kpi plan` lists all). If this is a total row, delete it."),
    to_sender=N_("Write the code as the template has it. If this is a total row, delete it."),
    about=N_("Codes must match in full; case and the spaces around them do not matter."),
    example="KT-2;2019-01;1200", instead="KT-02;2019-01;1200",
)  # fmt: skip
HEADING_FIGURE = Rule(
    "heading-figure", ERROR,
    title=N_("A figure for a heading"),
    message=N_("“{value}” ({name}) is a heading of the plan and has no figures of its own; those below it have: {codes}."),
    fix=N_("Write the code of the line that the figure belongs to, or delete the figure."),
    about=N_("A line of the plan without target and unit is a heading: it is printed over the lines below it, and nothing is reported for it."),
    example="A;2019-01;150", instead="A1;2019-01;150",
)  # fmt: skip
MISSING_PERIOD = Rule(
    "missing-period", ERROR,
    title=N_("Period missing"),
    message=N_("The row does not say which period its figure is for."),
    fix=N_("Write the period, for example {example}, or give it once for the whole file: --period {example}."),
    to_sender=N_("Write the period, for example {example}."),
    about=N_("The same number means something else in another month."),
    example="KT-02;;1200", instead="KT-02;2019-01;1200",
)  # fmt: skip
BAD_PERIOD = Rule(
    "bad-period", ERROR,
    title=N_("Period not understood"),
    message=N_("“{value}” is not a period."),
    fix=N_("Write it as T6/{year}, quý II/{year}, 6 tháng đầu năm {year}, {year} or {example}, always with the year."),
    about=N_("A period is a month, quarter, half year, the first months of a year (2 to 11), a year, or a round of the plan."),
    example="KT-02;2019-13;1200", instead="KT-02;2019-12;1200",
)  # fmt: skip
PERIOD_IS_DATE = Rule(
    "period-is-date", ERROR,
    title=N_("Date in place of a period"),
    message=N_("The period is the date {value}; it is unclear which month is meant."),
    fix=N_("Format the column as Text, then write T6/{year}, quý II/{year} or {year}. Excel turns 2019-06 and 6/2019 into dates."),
    about=N_("A full date in a period cell may be a month that Excel turned into a date, or the day of the report."),
    example="KT-02;14/06/2019;1200", instead="KT-02;T6/2019;1200",
)  # fmt: skip
PERIOD_OUTSIDE_YEAR = Rule(
    "period-outside-year", ERROR,
    title=N_("Period outside the plan's year"),
    message=N_("The period “{value}” is not in {year}, the year of the plan."),
    fix=N_("Correct the year. If these are last year's figures, for comparison, send them in a separate file with the year in every period or heading (T6/2018). To report on that year, choose its plan with --plan."),
    to_sender=N_("Correct the year. If these are last year's figures, for comparison, send them in a separate file with the year in every period or heading (T6/2018)."),
    about=N_("A figure of another year would be measured against the wrong target."),
    example="KT-02;2091-01;1200", instead="KT-02;2019-01;1200",
)  # fmt: skip
OTHER_YEAR = Rule(
    "other-year", WARNING,
    title=N_("File of another year"),
    message=N_("All periods of this file are in {other}, so nothing of it is used for the plan of {year}."),
    fix=N_("If they are figures of {year}, correct the year. To report on {other}, choose its plan with --plan."),
    about=N_("A folder may hold the figures of several years: each plan takes those of its own year, and compares them with those of the year before. A file that is named by itself, or is more than five years off, is taken for one with a wrong year."),
    example="KT-02;T6/2021;1200", instead="KT-02;T6/2019;1200",
)  # fmt: skip
CODES_GONE = Rule(
    "codes-gone", WARNING,
    title=N_("Codes of last year that are gone"),
    message=N_("All periods of this file are in {before}, so its figures are used only for comparison; those of {codes} are not, for the plan no longer has these codes."),
    fix=N_("If an indicator goes on under another code, say so in the plan: was: OLD-CODE. If not, nothing needs doing."),
    about=N_("Figures of last year are there to compare with, so a code that is no longer used stops nothing."),
    example="KT-99;T6/2018;1200", instead="KT-02;T6/2018;1200",
)  # fmt: skip
LAST_YEAR = Rule(
    "last-year", WARNING,
    title=N_("File of the year before"),
    message=N_("All periods of this file are in {before}, so its figures are used only for comparison with {year}."),
    fix=N_("If they are figures of {year}, correct the year; if not, nothing needs doing."),
    about=N_("A file of last year's figures fills the column “% of last year”. A file with rows of both years is not used for it: there, a row of last year may be a typing mistake."),
    example="KT-02;T6/2018;1200", instead="KT-02;T6/2019;1200",
)  # fmt: skip
BAD_NUMBER = Rule(
    "bad-number", ERROR,
    title=N_("Not a number"),
    message=N_("“{value}” cannot be read as a number: {reason}."),
    fix=N_("Write digits alone, for example {example}; leave the cell blank if the figure is not known yet."),
    about=N_("Exponents, words, units, formulas, digits of other scripts and more than 18 digits are refused, never interpreted."),
    example="KT-07;2019-10;1.200 tấn", instead="KT-07;2019-10;1.200",
)  # fmt: skip
AMBIGUOUS_NUMBER = Rule(
    "ambiguous-number", ERROR,
    title=N_("Number with two readings"),
    message=N_("“{value}” can be {vi} or {en}, and nothing in the file shows which."),
    fix=N_("Say how the file writes numbers: --numbers vi (1.234,5) or --numbers en (1,234.5)."),
    to_sender=N_("Write whole numbers without a sign for thousands (5200), and say in your answer which sign stands before decimals; or send a workbook whose cells hold numbers, not text."),
    about=N_("28.500 is twenty-eight thousand five hundred to a Vietnamese reader and twenty-eight and a half to a program. The file itself must prove which, nothing is guessed: by a cell that can be read only one way (9,08), or by semicolons between its columns."),
    example="mã chỉ tiêu,kỳ báo cáo,thực hiện / KT-02,2019-01,28.500", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện / KT-02;2019-01;28.500",
)  # fmt: skip
ODD_NUMBER = Rule(
    "odd-number", ERROR,
    title=N_("One number written another way"),
    message=N_("“{value}” has a decimal {here}, but semicolons stand between the columns of this file, as where decimals have a {there}; no other cell proves either."),
    fix=N_("Correct the cell if it is a slip, or say how the file writes numbers: --numbers vi (1.234,5) or --numbers en (1,234.5)."),
    to_sender=N_("Correct the cell if it is a slip; if not, write the decimals of the whole file with one sign."),
    about=N_("One cell must not turn the others around: if it is the slip, every 28.500 of the file would become a thousandth."),
    example="KT-14;2019-06;3.9", instead="KT-14;2019-06;3,9",
)  # fmt: skip
MIXED_CONVENTIONS = Rule(
    "mixed-conventions", ERROR,
    title=N_("Two ways of writing numbers in one file"),
    message=N_("“{value}” {here}, but “{other}” at {place} {there}."),
    fix=N_("Write all numbers of the file the same way, or say which way is right: --numbers vi or --numbers en."),
    to_sender=N_("Write all numbers of the file the same way."),
    about=N_("When one file has cells of both kinds, a cell such as 28.500 cannot be read safely."),
    example="YT-03;2019-03;9,20 / YT-03;2019-06;9.08", instead="YT-03;2019-03;9,20 / YT-03;2019-06;9,08",
)  # fmt: skip
NEGATIVE = Rule(
    "negative", ERROR,
    title=N_("Negative number"),
    message=N_("{value} is below 0, which {unit} cannot be."),
    fix=N_("Check the sign. To correct an earlier figure, send it again with the right value and a later report date."),
    about=N_("Corrections replace a figure; they are not entered as differences."),
    example="KT-02;2019-01;-1200", instead="KT-02;2019-01;1200",
)  # fmt: skip
FRACTION_IN_WHOLE_UNIT = Rule(
    "fraction-in-whole-unit", ERROR,
    title=N_("Fraction of something whole"),
    message=N_("{value} is not a whole number, but {unit} are counted whole."),
    fix=N_("Check the number and its decimal sign."),
    about=N_("A fraction of a pupil or a household is nearly always a misread thousands separator."),
    example="LD-02;2019-01;215,5", instead="LD-02;2019-01;215",
)  # fmt: skip
OUT_OF_RANGE = Rule(
    "out-of-range", ERROR,
    title=N_("Outside the unit's range"),
    message=N_("{value} is outside {min} to {max} {unit}."),
    fix=N_("Check the number and its decimal sign."),
    about=N_("The plan says which values a unit allows: a percentage lies between 0 and 100."),
    example="YT-02;2019-01;980", instead="YT-02;2019-01;98",
)  # fmt: skip
OVER_OUT_OF = Rule(
    "over-out-of", ERROR,
    title=N_("More than the total"),
    message=N_("{value} is more than the total of {out_of}."),
    fix=N_("Check the number."),
    about=N_("A commune cannot meet 20 of 19 criteria."),
    example="NTM-03;2019-Q1;20", instead="NTM-03;2019-Q1;19",
)  # fmt: skip
BAD_YES_NO = Rule(
    "bad-yes-no", ERROR,
    title=N_("Neither yes nor no"),
    message=N_("“{value}” is neither yes nor no."),
    fix=N_("Write có or không (đạt or chưa đạt, yes or no, 1 or 0); leave blank if not known yet."),
    about=N_("This commitment is carried out or not; it has no number."),
    example="AN-01;2019-06;đang làm", instead="AN-01;2019-06;có",
)  # fmt: skip
UNKNOWN_AREA = Rule(
    "unknown-area", ERROR,
    title=N_("Area not known"),
    message=N_("“{value}” is not an area of the plan.{suggestion}"),
    fix=N_("Write the name of the ward or commune; leave blank for the whole town."),
    about=N_("An area that is not in the plan could be counted twice or not at all."),
    example="KT-02;2019-01;1200;xã Hòa Đôn", instead="KT-02;2019-01;1200;xã Hòa Đông",
)  # fmt: skip
AREA_OUTSIDE_ITS_TIME = Rule(
    "area-outside-its-time", ERROR,
    title=N_("Area that is not there in that month"),
    message=N_("There can be no figure of {period} here: {reason}."),
    fix=N_("Report each area up to the month in which it was merged, and the new one from then on; correct the period if that is wrong."),
    about=N_("Areas that were merged live for a time. What the old ones reported is in the sums of the new one already, and would count twice."),
    example="VL;2025-08;40;xã A", instead="VL;2025-08;70;xã AB",
)  # fmt: skip
AREA_UNCLEAR = Rule(
    "area-unclear", ERROR,
    title=N_("Not clear which area"),
    message=N_("It is not clear what area “{value}” is: {reason}."),
    fix=N_("Write the area with its kind (xã, phường …) and its marks; for the whole write toàn and the kind alone (“toàn xã”)."),
    about=N_("A total that is taken for an area is counted twice, and the figure of one area is no figure of another."),
    example="LUA;2019-01;100;toàn xã Hòa Đông", instead="LUA;2019-01;100;xã Hòa Đông",
)  # fmt: skip
AREA_LEFT_BLANK = Rule(
    "area-left-blank", WARNING,
    title=N_("Area left blank below an area"),
    message=N_("{code} {period} has no area here, and “{area}” stands above it, in line {line}; the figure is not taken for the whole."),
    fix=N_("Write the area in every row that is its own; in a row of the whole write “toàn xã”, “toàn huyện” and the like."),
    about=N_("An area that is written once for several rows, or in a row of its own above them, is in the next rows only for the eye: they would be the whole's figures."),
    example=";NGO;2019-01;35,5", instead="xã Hòa Đông;NGO;2019-01;35,5",
)  # fmt: skip
AREAS_ALIKE = Rule(
    "areas-alike", WARNING,
    title=N_("Two areas of nearly one name"),
    message=N_("“{value}” is taken for another area than “{other}”: their kinds or their marks differ."),
    fix=N_("If they are one, write it alike everywhere; if they are two, list them under areas in the plan."),
    to_sender=N_("If they are one, write it alike everywhere; if they are two, nothing needs doing."),
    about=N_("Phường 1 and xã 1, Tân Thành and Tân Thạnh are two; but a correction under another name adds to the figure that it should replace."),
    example="LUA;2019-01;50;xã 1", instead="LUA;2019-01;50;xã 2",
)  # fmt: skip
UNKNOWN_AGENCY = Rule(
    "unknown-agency", ERROR,
    title=N_("Agency not known"),
    message=N_("“{value}” is not an agency of the plan.{suggestion}"),
    fix=N_("Write the agency's name or code as the plan has it."),
    about=N_("Every figure needs an agency that can be asked about it."),
    example="KT-02;2019-01;1200;Phòng Kinh tê hạ tầng", instead="KT-02;2019-01;1200;Phòng Kinh tế",
)  # fmt: skip
WRONG_AGENCY = Rule(
    "wrong-agency", WARNING,
    title=N_("Another agency's indicator"),
    message=N_("{code} is reported by {lead}, not by {agency}."),
    fix=N_("Check the code and the agency; if both are right, the plan's lead agency may need changing."),
    to_sender=N_("Check the code and the agency; if both are right, nothing needs doing."),
    about=N_("A shifted row is often first noticed when an agency reports another agency's indicator."),
    example="KT-02;2019-01;1200;bhxh", instead="KT-02;2019-01;1200;kinh-te",
)  # fmt: skip
BAD_DATE = Rule(
    "bad-date", ERROR,
    title=N_("Date not understood"),
    message=N_("“{value}” is not a date."),
    fix=N_("Write day, month and the whole year: 05/07/2019, or 2019-07-05."),
    about=N_("The report date decides which of two figures is the correction. Dates are read day first."),
    example="KT-02;2019-06;1200;07/25/2019", instead="KT-02;2019-06;1200;25/07/2019",
)  # fmt: skip
BAD_KIND = Rule(
    "bad-kind", ERROR,
    title=N_("Neither estimate nor official"),
    message=N_("“{value}” is neither ước (estimate) nor chính thức (official)."),
    fix=N_("Write ước, chính thức, or rút to take the figure back; blank means chính thức."),
    about=N_("An estimate is marked in every report that uses it."),
    example="KT-02;2019-01;1200;dự kiến", instead="KT-02;2019-01;1200;ước",
)  # fmt: skip
WITHDRAWN_IN_NOTE = Rule(
    "withdrawn-in-note", WARNING, is_doubt=True,
    title=N_("Figure taken back in a note only"),
    message=N_("The note of {key} says “{words}”, but a note takes nothing back: what was sent of it stands."),
    fix=N_("To take a figure back, send its row again with rút (withdrawn) in the column loại số liệu (kind) and a later day in the column ngày báo cáo (reported_on)."),
    about=N_("Notes are for people: their words are shown, and change no figure. “Rút” in the column of the kind does."),
    example="LD-02;2019-06;;20/06/2019;;Đính chính: rút số liệu đã gửi", instead="LD-02;2019-06;210;20/06/2019;;Đính chính",
)  # fmt: skip
DATE_UNLIKELY = Rule(
    "date-unlikely", WARNING,
    title=N_("Report date that does not fit the period"),
    message=N_("The report date {day} does not fit the period {period}."),
    fix=N_("Check the period, and that the day comes before the month: 05/07/2019 is 5 July."),
    about=N_("A figure reported before its period begins belongs to another period, or its date is written month first. A wrong date would choose the wrong correction."),
    example="KT-02;2019-08;1200;16/07/2019", instead="KT-02;2019-07;1200;16/07/2019",
)  # fmt: skip
DATES_EITHER_WAY = Rule(
    "dates-either-way", ERROR,
    title=N_("Which figure is the later one cannot be told"),
    message=N_("{key} is {value} in the report of {day}, but {other} in that of {other_day} ({place}). If the month stands first in the dates of {files}, the other figure is the later one, and no day above 12 there tells."),
    fix=N_("Write the report dates of both figures as year-month-day, 2019-07-05 for 5 July."),
    about=N_("The later of two figures counts. 05/07/2019 is 5 July in Vietnam, but 7 May on a computer set up the American way; how the file writes numbers proves nothing of it."),
    example="KT-02;2019-05;2850;06/12/2019 / KT-02;2019-05;2900;07/08/2019", instead="KT-02;2019-05;2850;2019-06-12 / KT-02;2019-05;2900;2019-07-08",
)  # fmt: skip
MIXED_DATES = Rule(
    "mixed-dates", ERROR,
    title=N_("Report dates partly text, partly dates of the sheet"),
    message=N_("“{value}” is text, but {place} is a date of the sheet, {day}: Excel may have taken day and month for each other there."),
    fix=N_("Make the whole column text (Format Cells > Text) and write its dates anew, year-month-day: 2019-07-05 for 5 July."),
    about=N_("An Excel set up the American way makes 7 May of 05/07/2019 and leaves 16/06/2019 as text, for it knows no month 16. What it has turned round cannot be seen in the cell."),
    example="16/06/2019 (text), 2019-05-07 (date)", instead="2019-06-16 (text), 2019-07-05 (text)",
)  # fmt: skip
DATE_ORDER = Rule(
    "date-order", WARNING,
    title=N_("Date that may be month first"),
    message=N_("The date “{value}” was read as day {day} of month {month}; but this file writes numbers the English way, so its dates may be month first."),
    fix=N_("Write dates as 2019-07-06, which reads one way only; if the day comes first, nothing needs doing."),
    about=N_("A program that writes 1,234.5 often writes the month first, and no date of the file has a day above 12 to tell. The report date decides which of two figures is the correction."),
    example='KT-02,2019-06,"2,850.5",07/06/2019', instead='KT-02,2019-06,"2,850.5",2019-06-07',
)  # fmt: skip
DASH_AS_ZERO = Rule(
    "dash-as-zero", WARNING,
    title=N_("Dash read as 0"),
    message=N_("“{value}” was read as 0, as in statistical tables: nothing happened in the period."),
    fix=N_("Write 0 to make this clear, or leave the cell blank if the figure is not known."),
    about=N_("In statistical yearbooks a dash is “no such phenomenon” and “…” is “not collected”. Some people use the dash for both."),
    example="KT-07;2019-07;-", instead="KT-07;2019-07;0",
)  # fmt: skip
CUMULATIVE_ON_LEVEL = Rule(
    "cumulative-on-level", ERROR,
    title=N_("Cumulative of something that does not add up"),
    message=N_("{code} is measured at a moment and does not add up, but the cumulative cell has {value}."),
    fix=N_("Put the figure at the period's end in the value cell, and leave the cumulative blank."),
    about=N_("A herd, an enrolment or a rate has no sum since January."),
    example="mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;;21500", instead="mã chỉ tiêu;kỳ báo cáo;thực hiện;lũy kế / KT-08;2019-Q1;21500;",
)  # fmt: skip
INCOMPLETE_RATE = Rule(
    "incomplete-rate", ERROR,
    title=N_("No rate from numerator and denominator"),
    message=N_("No rate can be computed: {reason}."),
    fix=N_("Fill in both cells, or leave both blank and write the rate in the value cell."),
    about=N_("With numerator and denominator, rates of areas can be added up rightly; with only one of them, nothing can be computed."),
    example="YT-02;2019-01;;98;0", instead="YT-02;2019-01;;98;100",
)  # fmt: skip
RATE_DISAGREES = Rule(
    "rate-disagrees", ERROR,
    title=N_("Value is not numerator ÷ denominator"),
    message=N_("The value is {value}, but {numerator} ÷ {denominator} gives {computed}."),
    fix=N_("Correct the one that is wrong, or leave the value blank."),
    about=N_("The two must agree; one of them is wrong. Their last digit may differ by one, through rounding."),
    example="YT-02;2019-01;97;98;100", instead="YT-02;2019-01;98;98;100",
)  # fmt: skip
SHIFTED_ROW = Rule(
    "shifted-row", ERROR,
    title=N_("Name and code of different indicators"),
    message=N_("The code is {code}, but the name “{value}” belongs to {other}."),
    fix=N_("Check which is right, the code or the name: rows may have shifted when the sheet was sorted or filled."),
    about=N_("A number in the wrong row looks like any other number; only the name shows the mistake."),
    example="KT-02;Tổng sản lượng thủy hải sản;2019-01;1200", instead="KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
NAME_DIFFERS = Rule(
    "name-differs", WARNING,
    title=N_("Name not as in the plan"),
    message=N_("The name “{value}” differs from the plan's name for {code}, “{expected}”."),
    fix=N_("Check that the figure is in the right row; if so, the printed name can stay."),
    about=N_("Names are compared without case and diacritics, so a difference is one of words."),
    example="KT-02;Diện tích nuôi tôm và cá;2019-01;1200", instead="KT-02;Diện tích nuôi trồng thủy sản;2019-01;1200",
)  # fmt: skip
UNIT_DIFFERS = Rule(
    "unit-differs", ERROR,
    title=N_("Unit not as in the plan"),
    message=N_("The unit “{value}” differs from the plan's unit for {code}, “{expected}”{scale}."),
    fix=N_("Convert the figure to the plan's unit and write that unit."),
    about=N_("Tạ for tấn is a tenfold mistake, triệu đồng for tỷ đồng a thousandfold one. A unit stands in its column, once above the table, or in the format of a cell. How it is spelt (tỉ or tỷ, tr.đ) does not count."),
    example="KT-07;tạ;2019-10;12000", instead="KT-07;tấn;2019-10;1200",
)  # fmt: skip
UNIT_NOT_OF_ROW = Rule(
    "unit-not-of-row", WARNING,
    title=N_("Unit above the table that is not of every row"),
    message=N_("The unit above the table, “{value}”, cannot be that of {code}: this row, and others like it, were taken in the plan's unit, “{expected}”."),
    fix=N_("Write each row's own unit in a column ĐVT (unit); if these figures are what the unit above says, convert them."),
    about=N_("“(ĐVT: triệu đồng)” above a table of money and of hectares is meant for the rows of money. Where it fits no row of the table at all, it is an error."),
    example="thực hiện / KT-03;2019-06;5000 / KT-02;2019-06;1300", instead="thực hiện;ĐVT / KT-03;2019-06;5000;tấn / KT-02;2019-06;1300;ha",
)  # fmt: skip
TARGET_DIFFERS = Rule(
    "target-differs", ERROR,
    title=N_("Target not as in the plan"),
    message=N_("The target “{value}” differs from the plan's target for {code}, {expected}."),
    fix=N_("Check that the row is the right one, and that the template belongs to this plan."),
    about=N_("The printed target also shows which row a number belongs to."),
    example="KT-02;24000;2019-01;1200", instead="KT-02;28500;2019-01;1200",
)  # fmt: skip

# Figures held against each other

DOUBLED_FIGURE = Rule(
    "doubled-figure", WARNING,
    title=N_("Same figure twice"),
    message=N_("{key} is both here and at {place} with the same value; it is counted once."),
    fix=N_("Delete one of the two rows."),
    about=N_("Harmless in itself, but a sign that a file was sent or copied twice."),
    example="KT-02;2019-01;1200 / KT-02;2019-01;1200", instead="KT-02;2019-01;1200",
)  # fmt: skip
FILE_TWICE = Rule(
    "file-twice", WARNING,
    title=N_("Same figures in two files"),
    message=N_("{count} figures of this file are in another file too ({place}), with the same values; each is counted once."),
    fix=N_("Take one of the two files out of the folder."),
    to_sender=N_("If the file was sent a second time by mistake, nothing needs doing; if other figures were meant, send those."),
    about=N_("Harmless as it stands, but a sign that a file was sent or saved twice, perhaps with a change in one of them."),
    example="KT-12;2019-01;38 / LD-01;2019-01;52 / LD-02;2019-01;205", instead="KT-12;2019-02;41 / LD-01;2019-02;49 / LD-02;2019-02;220",
)  # fmt: skip
CONFLICTING_FIGURES = Rule(
    "conflicting-figures", ERROR,
    title=N_("Two values for one figure"),
    message=N_("{key} is {value} here and {other} at {place}, and neither has a later date."),
    fix=N_("Delete the wrong row, or give the right one a later date in the column ngày báo cáo (reported_on)."),
    about=N_("A correction is recognised by its later report date. Without one, any choice would be a guess."),
    example="KT-02;2019-01;1200 / KT-02;2019-01;1300", instead="KT-02;2019-01;1300",
)  # fmt: skip
UNDATED_DIFFERS = Rule(
    "undated-differs", WARNING,
    title=N_("Another value without a report date"),
    message=N_("{key} is {value} here without a report date, but {other} at {place}, dated {day}; the one with a date counts."),
    fix=N_("If this is the correction, give it a later date in the column ngày báo cáo (reported_on); if not, delete it."),
    about=N_("A correction is recognised by its later report date. A row without a date, such as any row of a sheet with a column for each month, corrects nothing."),
    example="KT-02;2019-01;1300;", instead="KT-02;2019-01;1300;20/02/2019",
)  # fmt: skip
OFFICIAL_COUNTS = Rule(
    "official-counts", WARNING,
    title=N_("Official figure counts before an estimate"),
    message=N_("{key} is {value} here by an estimate, and {other} officially ({places}); the official figure counts."),
    fix=N_("If the official figure is wrong, send it again as chính thức (official); else nothing need be done."),
    about=N_("An official figure counts before an estimate of the same stretch, whichever was sent later. The months of a stretch, all there and official, count before an estimate of the whole stretch that is not newer; an official figure of the whole counts before its months where some of these are estimates."),
    example="KT-02;2019-01;1300;ước;18/02/2019", instead="KT-02;2019-01;1300;chính thức;18/02/2019",
)  # fmt: skip
WITHDRAWN = Rule(
    "figure-withdrawn", WARNING,
    title=N_("Figure taken back"),
    message=N_("{key} is taken back: {other} at {place} is no longer counted."),
    fix=N_("If the right figure is known, send it with a later day in the column ngày báo cáo (reported_on); if not, nothing need be done."),
    about=N_("A row with rút (withdrawn) in the column of the kind takes back what was reported on earlier days: from its day on the figure is not reported. What is sent later counts again."),
    example="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;;20/06/2019;rút", instead="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;210;20/06/2019;",
)  # fmt: skip
WITHDRAWAL_DIFFERS = Rule(
    "withdrawal-differs", WARNING,
    title=N_("Another number taken back"),
    message=N_("{value} is to be taken back here, but {key} is {other} at {place}; that is what is no longer counted."),
    fix=N_("See whether code, period and area are those of the figure to be taken back. If the right figure is known, send it with a later day."),
    about=N_("A number beside rút (withdrawn) is the one that is taken back. Where it is another, the row may be about another figure."),
    example="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;125;20/06/2019;rút", instead="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;125;20/06/2019;",
)  # fmt: skip
WITHDRAWN_BY_OTHER = Rule(
    "withdrawn-by-other", WARNING, is_doubt=True,
    title=N_("Another agency's figure taken back"),
    message=N_("{key} is taken back here by another agency than the one that sent it: {other} at {place} is no longer counted."),
    fix=N_("See whose figure it is. If the withdrawal is a mistake, delete its row; if not, nothing need be done."),
    about=N_("A figure is taken back by whoever sent it; another agency may have meant a figure of its own."),
    example="KT-02;2019-06;;20/06/2019;rút;Phòng Y tế", instead="",
)  # fmt: skip
WITHDRAWAL_IDLE = Rule(
    "withdrawal-idle", WARNING, is_doubt=True,
    title=N_("Nothing to take back"),
    message=N_("{key} is to be taken back here, but nothing was reported of it on an earlier day; nothing is taken back."),
    fix=N_("Check code, period and area. The row needs a day in the column ngày báo cáo (reported_on), later than that of the figure."),
    about=N_("Only what was reported on an earlier day is taken back: of one day nobody can tell which row came last."),
    example="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;;16/06/2019;rút", instead="LD-02;2019-06;215;16/06/2019; / LD-02;2019-06;210;20/06/2019;",
)  # fmt: skip
LATER_BLANK = Rule(
    "later-blank", WARNING, is_doubt=True,
    title=N_("Left blank after a figure was sent"),
    message=N_("{key} is blank here, but {value} at {place}, sent before; that figure stands."),
    fix=N_("To take it back, send the row with rút (withdrawn) in the column loại số liệu (kind); if it is right, leave the blank row out."),
    about=N_("A blank means “not reported”, and takes nothing back: a template filled in half would delete what was sent before."),
    example="LD-02;2019-06;215;16/06/2019 / LD-02;2019-06;;20/06/2019", instead="LD-02;2019-06;215;16/06/2019",
)  # fmt: skip
CHILDREN_OVER_PARENT = Rule(
    "children-over-parent", ERROR,
    title=N_("Part larger than the whole"),
    message=N_("In {period}, the sum of {parts} is {value}, more than the {total} of {code}."),
    fix=N_("Correct the part or the whole."),
    about=N_("The parts are “of which” rows: they cannot exceed what they are part of."),
    example="KT-02;2019-01;1200 / KT-02.1;2019-01;1300", instead="KT-02;2019-01;1200 / KT-02.1;2019-01;1100",
)  # fmt: skip
MONTH_FOR_STRETCH = Rule(
    "month-for-stretch", WARNING,
    title=N_("Quarter given as its last month"),
    message=N_("{code} is due for {period} and is given for {value} alone; it is taken as the figure of {period}."),
    fix=N_("Write the period as {period}; if it is of the month alone, give the other months as well."),
    about=N_("What the plan wants by the quarter, half or year is often sent under the last month of it. It is taken as the whole where no other figure lies in the same quarter, half or year; a cumulative beside it makes that needless."),
    example="LD-04;2019-12;1500", instead="LD-04;2019;1500",
)  # fmt: skip
RATE_NOT_ADDED = Rule(
    "rate-not-added", WARNING,
    title=N_("Rate of the year without numerator and denominator"),
    message=N_("{code} is a rate over the whole year, but {periods} have no numerator and denominator, so they cannot be added to other periods."),
    fix=N_("Give the numerator and denominator of each period; if it is true at a moment, the plan should say measure: level."),
    to_sender=N_("Give the numerator and denominator of each period."),
    about=N_("70 % of 1,000 and 99 % of 100 make 72.6 % of 1,100, not 84.5 % and not 169 %. Where no period has a numerator and a denominator, the latest rate is shown with its period."),
    example="mã chỉ tiêu;kỳ báo cáo;thực hiện / HS;2019-01;70 / HS;2019-02;99", instead="mã chỉ tiêu;kỳ báo cáo;tử số;mẫu số / HS;2019-01;700;1000 / HS;2019-02;990;1000",
)  # fmt: skip
WHOLE_FROM_PARTS = Rule(
    "whole-from-parts", WARNING,
    title=N_("Whole taken from its parts"),
    message=N_("{code} is not reported for {periods}, but all of its parts are; the sum of {parts} counts as {code} there."),
    fix=N_("Report the whole as well, so that it can be held against its parts; if their sum is right, nothing need be done."),
    about=N_("Where the plan says that parts are complete (parts: complete), they make their whole. A month of which the parts alone are reported is no gap in it."),
    example="KT-02.1;2019-01;800 / KT-02.2;2019-01;400", instead="KT-02;2019-01;1200 / KT-02.1;2019-01;800 / KT-02.2;2019-01;400",
)  # fmt: skip
PARTS_DO_NOT_ADD = Rule(
    "parts-do-not-add", ERROR,
    title=N_("Parts do not add up to the whole"),
    message=N_("In {period}, the sum of {parts} is {value}, but {code} is {total}."),
    fix=N_("Correct the part or the whole; one unit of the last printed digit is allowed for rounding."),
    about=N_("The plan says that these parts make up the whole."),
    example="KT-02;2019-01;1200 / KT-02.1;2019-01;900 / KT-02.2;2019-01;200", instead="KT-02;2019-01;1200 / KT-02.1;2019-01;900 / KT-02.2;2019-01;300",
)  # fmt: skip
FALLING_CUMULATIVE = Rule(
    "falling-cumulative", ERROR,
    title=N_("Cumulative falls"),
    message=N_("The cumulative {value} of {code} is below the {earlier} of {period} at {place}."),
    fix=N_("Correct the wrong one of the two; put the period's own figure in the value cell."),
    about=N_("What has been done since January cannot become less. Often a month's figure was typed in the cumulative column."),
    example="KT-02;2019-01;;2400 / KT-02;2019-02;;1300", instead="KT-02;2019-01;;2400 / KT-02;2019-02;;3700",
)  # fmt: skip
MONTH_AS_TOTAL = Rule(
    "month-as-total", ERROR,
    title=N_("Period's own figure in place of the cumulative"),
    message=N_("The cumulative {value} of {code} is less than the {before} before it, and near the {usual} that is usual for the period alone; the cumulative would be {instead}."),
    fix=N_("If it is the period's own figure, give it in a column thực hiện (value), or write {instead} as the cumulative."),
    about=N_("The two columns stand side by side. What has been done since January cannot become less."),
    example="KT-12;2019-01;40;40 / KT-12;2019-02;38;78 / KT-12;2019-03;;41", instead="KT-12;2019-01;40;40 / KT-12;2019-02;38;78 / KT-12;2019-03;41;119",
)  # fmt: skip
CUMULATIVE_DISAGREES = Rule(
    "cumulative-disagrees", ERROR,
    title=N_("Cumulative is not the sum of the months"),
    message=N_("The cumulative of {code} is {value}, but the figures to {period} add up to {total}."),
    fix=N_("Correct the month or the cumulative; a correction of an earlier month must reach the cumulative too."),
    about=N_("The two must agree; one of them is wrong."),
    example="KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2600", instead="KT-02;2019-01;1200;1200 / KT-02;2019-02;1300;2500",
)  # fmt: skip
STRETCH_DISAGREES = Rule(
    "stretch-disagrees", ERROR,
    title=N_("Long period differs from its months"),
    message=N_("{code} is {value} for {period}, but the shorter periods give {other}."),
    fix=N_("Correct the month or the longer period's figure."),
    about=N_("A quarter's figure and the sum of its three months must agree; one of them is wrong."),
    example="KT-10;2019-H1;4900 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100", instead="KT-10;2019-H1;4800 / KT-10;2019-Q1;2700 / KT-10;2019-Q2;2100",
)  # fmt: skip
AREAS_DISAGREE = Rule(
    "areas-disagree", ERROR,
    title=N_("Areas do not add up to the town"),
    message=N_("The town's figure of {code} for {period} is {value}, but its areas give {total}."),
    fix=N_("Correct the town's figure or the area's."),
    about=N_("The areas may add up to less than the town only while some have not reported."),
    example="KT-02;2019-01;1200; / KT-02;2019-01;1300;xã Hòa Đông", instead="KT-02;2019-01;1300; / KT-02;2019-01;1300;xã Hòa Đông",
)  # fmt: skip
AREAS_INCOMPLETE = Rule(
    "areas-incomplete", WARNING,
    title=N_("Some areas have not reported"),
    message=N_("The figure of {code} for {period} is the sum of {reported} of {expected} areas; not reported: {missing}."),
    fix=N_("Ask the areas that are missing, or report the town's own figure; an area where nothing happened reports 0."),
    about=N_("The sum of only some areas is not the town's figure; the row is marked as incomplete."),
    example="KT-02;2019-01;1200;xã Hòa Đông", instead="KT-02;2019-01;9800;",
)  # fmt: skip
AREA_IS_SUM = Rule(
    "area-is-sum", WARNING, is_doubt=True,
    title=N_("Area that is the sum of the others"),
    message=N_("{code} for {period}: “{area}” has {value}, which is what all other areas make together; if it is the total, the figure is counted twice."),
    fix=N_("If it is the total, write “toàn xã”, “toàn huyện” and the like, or leave the area blank; if it is an area, list the areas in the plan."),
    to_sender=N_("If it is the total, write “toàn xã”, “toàn huyện” and the like, or leave the area blank; if it is an area, nothing needs doing."),
    about=N_("Where the plan lists no areas, whatever stands in the column is one, and a total under a name that nobody knows would be added to its own parts."),
    example="LUA;2019-01;57;Văn phòng", instead="LUA;2019-01;57;Toàn huyện",
)  # fmt: skip
AREAS_CANNOT_ADD = Rule(
    "areas-cannot-add", WARNING,
    title=N_("Areas that cannot be added up"),
    message=N_("{code} for {period} is reported by area only, and such figures cannot be added up; the town has no figure."),
    fix=N_("Give the numerator and denominator of each area, or the town's own figure."),
    about=N_("A mean of rates is wrong wherever the areas differ in size."),
    example="YT-02;2019-01;98;xã Hòa Đông", instead="YT-02;2019-01;98;",
)  # fmt: skip
MAGNITUDE = Rule(
    "magnitude", WARNING, is_doubt=True,
    title=N_("Number of another order"),
    message=N_("{value} is {times} the {usual} that {witness} would lead one to expect of {code}; with its decimal sign or unit put right it may be {instead}."),
    fix=N_("Check the decimal sign, the unit and the zeros; if the number is right, nothing needs doing."),
    about=N_("A lost decimal comma, a thousands point read as decimal, or triệu đồng for tỷ đồng moves a number by 10, 100 or 1000. A figure is doubted from 8 times what is usual for it on, and from an eighth down; where the others are near each other, from 5 times on."),
    example="KT-09;2019-Q1;148.000 / KT-09;2019-Q2;1.490.000 / KT-09;2019-Q3;150.000", instead="KT-09;2019-Q1;148.000 / KT-09;2019-Q2;149.000 / KT-09;2019-Q3;150.000",
)  # fmt: skip
RUNNING_TOTAL = Rule(
    "running-total", WARNING, is_doubt=True,
    title=N_("Running total in place of the period's own figure"),
    message=N_("{value} looks like the running total of {code}: {before} stands before it, and it would add {instead}, where {usual} is usual."),
    fix=N_("If it is the running total, write {instead}, or give the running total in a column lũy kế (cumulative) of its own; if it is the period's own figure, nothing needs doing."),
    about=N_("Many offices keep one sheet of running totals. Taken for months and added up, they make several times what was done."),
    example="LD-02;2019-01;210 / LD-02;2019-02;205 / LD-02;2019-03;640", instead="LD-02;2019-01;210 / LD-02;2019-02;205 / LD-02;2019-03;225",
)  # fmt: skip
PERCENT_AS_FRACTION = Rule(
    "percent-as-fraction", WARNING, is_doubt=True,
    title=N_("Percent written as a fraction"),
    message=N_("{value} of {code} may be a fraction of 1, for {other} % is what {witness} would lead one to expect; as a percent it would be {instead}."),
    fix=N_("Write the percent itself, for example 97 and not 0,97; if the number is right, nothing needs doing."),
    about=N_("A spreadsheet keeps 97 % as 0,97. Pasted as a plain number it is a hundredth of what was meant."),
    example="YT-02;2019-06;0,97", instead="YT-02;2019-06;97",
)  # fmt: skip
FILE_OF_TOTALS = Rule(
    "file-of-totals", WARNING, is_doubt=True,
    title=N_("File that may hold running totals"),
    message=N_("{count} of {rows} figures for {period} of which no other month is known are nearer to what the plan expects since January than to what it expects in the period: they may be running totals."),
    fix=N_("If they are, put them under lũy kế (cumulative), or write them for the months from January on; if not, confirm them."),
    about=N_("One number alone that is large may be a good month. All of a file's together hardly are: somebody has typed what was reached since January."),
    example="LD-01;2019-05;250 / LD-02;2019-05;1090 / KT-12;2019-05;190", instead="LD-01;2019-05;52 / LD-02;2019-05;210 / KT-12;2019-05;38",
)  # fmt: skip
MONTH_AGAIN = Rule(
    "month-again", WARNING, is_doubt=True,
    title=N_("The numbers of the period before"),
    message=N_("{count} of {rows} figures of {period} in this file are those of {before} ({place}), to the last digit."),
    fix=N_("Ask the sender for the figures of {period}: last month's file may have been sent under a new month. If they are right, nothing needs doing."),
    to_sender=N_("See whether these are the figures of {period}: last month's file may have been sent under a new month. If they are right, nothing needs doing."),
    about=N_("Months are seldom alike to the last digit in one row, and hardly ever in all."),
    example="KT-12;2019-02;38 / LD-01;2019-02;52 / LD-02;2019-02;205", instead="KT-12;2019-02;41 / LD-01;2019-02;49 / LD-02;2019-02;220",
)  # fmt: skip
MONTH_REPLACED = Rule(
    "month-replaced", WARNING, is_doubt=True,
    title=N_("Nearly all figures of a period replaced"),
    message=N_("{count} of {rows} figures of {period} in this file are others than those sent before ({place}), and nothing is reported for {next}."),
    fix=N_("Ask the sender whether these are the figures of {next}; if they are corrections, nothing needs doing."),
    to_sender=N_("See whether these are the figures of {next}; if they are corrections, nothing needs doing."),
    about=N_("A correction changes a row or two. A file that changes all is most often the next period's under an old label, and then two periods are wrong."),
    example="KT-12;2019-01;41;18/02/2019 / LD-01;2019-01;49;18/02/2019 / LD-02;2019-01;220;18/02/2019", instead="KT-12;2019-02;41;18/02/2019 / LD-01;2019-02;49;18/02/2019 / LD-02;2019-02;220;18/02/2019",
)  # fmt: skip
ONE_ROW_OFF = Rule(
    "one-row-off", WARNING, is_doubt=True,
    title=N_("Values one row off"),
    message=N_("The values of {codes} for {period} are far from what is usual there, and near what is usual in the row beside each: they may stand one row off."),
    fix=N_("Compare the rows with the sender's own table; if they are right, nothing needs doing."),
    to_sender=N_("Compare the rows with your own table; if they are right, nothing needs doing."),
    about=N_("A row left out or pasted one too low moves every number into its neighbour's row."),
    example="LD-02;2019-03;20 / LD-03;2019-03;72", instead="LD-02;2019-03;72 / LD-03;2019-03;30",
)  # fmt: skip
OTHER_SENDER = Rule(
    "other-sender", WARNING, is_doubt=True,
    title=N_("Another sender's figure replaced"),
    message=N_("{key} is {value} here and {other} at {place}, from another sender. This one counts; left aside: {count}.{right}"),
    fix=N_("See whose figure it is. Figures of communes need their area in every row; a correction comes from the same agency, in its name."),
    about=N_("Two communes that both leave out their area, or two agencies that both report a figure, do not correct each other: the sum or one of the two is right."),
    example="LD-02;2019-06;210;18/06/2019", instead="LD-02;2019-05;210;18/06/2019",
)  # fmt: skip
ZERO_RATE = Rule(
    "zero-rate", WARNING, is_doubt=True,
    title=N_("Rate at 0 after high values"),
    message=N_("{code} is 0 here, after {other} in {period}."),
    fix=N_("Leave the cell blank if the figure is not known; 0 means none at all."),
    about=N_("A coverage of 90 % does not fall to nothing; a 0 is usually a blank that was filled."),
    example="YT-02;2019-01;95 / YT-02;2019-02;0", instead="YT-02;2019-01;95 / YT-02;2019-02;…",
)  # fmt: skip

# What a person has confirmed

CONFIRMATION_COLUMN = Rule(
    "confirmation-column", ERROR,
    title=N_("Column missing from the confirmations"),
    message=N_("The column “{column}” is missing from the header of the confirmations."),
    fix=N_("The first row of confirmed.csv is: mã;kỳ;địa bàn;giá trị;người xác nhận;ngày;lý do."),
    about=N_("A confirmation says which figure of which period and area is right, with which value, and who says so."),
    example="mã;kỳ;giá trị / KT-09;2019-Q2;149.000", instead="mã;kỳ;giá trị;người xác nhận / KT-09;2019-Q2;149.000;Trần Thị Hoa",
)  # fmt: skip
CONFIRMATION_UNSIGNED = Rule(
    "confirmation-unsigned", ERROR,
    title=N_("Confirmation without a name"),
    message=N_("Nobody's name stands beside the confirmation of {code}."),
    fix=N_("Write who has checked the figure in the column người xác nhận (who)."),
    about=N_("A confirmed number goes into a signed report; somebody answers for it."),
    example="KT-09;2019-Q2;;149.000;;05/07/2019;", instead="KT-09;2019-Q2;;149.000;Trần Thị Hoa;05/07/2019;",
)  # fmt: skip
CONFIRMATION_IDLE = Rule(
    "confirmation-idle", WARNING,
    title=N_("Confirmation of a figure that is not there"),
    message=N_("{value} is confirmed for {code}, {period}, but {there}."),
    fix=N_("If the figure was corrected, check it and write its new value here; if not, delete the row."),
    about=N_("A confirmation holds for one figure with exactly one value; where another number is reported later, that has to be looked at anew."),
    example="KT-09;2019-Q2;;1.490.000;Trần Thị Hoa", instead="KT-09;2019-Q2;;149.000;Trần Thị Hoa",
)  # fmt: skip

# The plan file

PLAN_YAML = Rule(
    "plan-yaml", ERROR,
    title=N_("Not readable as YAML"),
    message=N_("The file cannot be read as YAML here: {reason}."),
    fix=N_("Check the indentation and the quotation marks around this line."),
    about=N_("Plans and scales are written in YAML: a name, a colon, a value; lower levels are indented by two spaces."),
    example="name: {vi: Diện tích, en: Area", instead="name: {vi: Diện tích, en: Area}",
)  # fmt: skip
PLAN_DUPLICATE_KEY = Rule(
    "plan-duplicate-key", ERROR,
    title=N_("Key written twice"),
    message=N_("“{key}” is given twice in one place; the first is on line {line}."),
    fix=N_("Delete one of the two."),
    about=N_("YAML readers silently keep the last of the two, so the first target would vanish."),
    example="unit: ha / unit: tonne", instead="unit: ha",
)  # fmt: skip
PLAN_YAML_SURPRISE = Rule(
    "plan-yaml-surprise", ERROR,
    title=N_("Text that YAML changes"),
    message=N_("YAML does not read “{value}” as it is written, but as {reading}."),
    fix=N_("Write a number plainly (28500, 9.08), yes or no as true or false, and any other text in quotation marks."),
    about=N_("In YAML 1.1, no is a boolean, 010 is 8 and 12:30 is 750. Other programs would read something else than what is written."),
    example="at_least: 010", instead="at_least: 10",
)  # fmt: skip
PLAN_QUOTES = Rule(
    "plan-quotes", ERROR,
    title=N_("Text that needs quotation marks"),
    message=N_("“{value}” stands without quotation marks, and means something else to YAML."),
    fix=N_("Put it in quotation marks: {quoted}. If it is a number, write its decimals behind a point: 1.5."),
    about=N_("A colon with a space behind it, a comma in braces and signs such as % - > * [ at the beginning have a meaning of their own in YAML."),
    example="name: Nông, lâm, ngư nghiệp,", instead='name: "Nông, lâm, ngư nghiệp",',
)  # fmt: skip
PLAN_ALIAS = Rule(
    "plan-alias", ERROR,
    title=N_("YAML alias or tag"),
    message=N_("“{value}” is a YAML alias, merge or tag; here everything is written out in full."),
    fix=N_("Write the value itself here."),
    about=N_("Aliases can swell a small file to gigabytes, and hide what a target is from the person who reads it."),
    example="target: &other {at_least: 28500} / target: *other", instead="target: {at_least: 28500} / target: {at_least: 28500}",
)  # fmt: skip
PLAN_MISSING_KEY = Rule(
    "plan-missing-key", ERROR,
    title=N_("Key missing"),
    message=N_("“{key}” is missing here."),
    fix=N_("Add it; an indicator needs code, name, unit and target, a criterion of a scale code and points."),
    about=N_("Without it the file does not say what is to be measured."),
    example="{code: KT-02, name: Diện tích, unit: ha}", instead="{code: KT-02, name: Diện tích, unit: ha, target: {at_least: 28500}}",
)  # fmt: skip
PLAN_UNKNOWN_KEY = Rule(
    "plan-unknown-key", ERROR,
    title=N_("Key not known"),
    message=N_("“{key}” is not a key allowed here.{suggestion}"),
    fix=N_("Correct the spelling, or delete it; `docs/plan-format.md` lists the keys of a plan, `docs/scoring.md` those of a scale."),
    about=N_("A misspelt key would be a silently ignored target or rule."),
    example="at_leat: 28500", instead="at_least: 28500",
)  # fmt: skip
PLAN_BAD_VALUE = Rule(
    "plan-bad-value", ERROR,
    title=N_("Value that is not allowed"),
    message=N_("“{value}” is not allowed here: {reason}."),
    fix=N_("Correct the value; `docs/plan-format.md` says what each key of a plan takes, `docs/scoring.md` those of a scale."),
    about=N_("Everything else is measured by a plan or a scale, so nothing in it is guessed."),
    example="at_least: 28.500,5", instead="at_least: 28500.5",
)  # fmt: skip
PLAN_TWO_READINGS = Rule(
    "plan-two-readings", ERROR,
    title=N_("Number of a plan or scale with two readings"),
    message=N_("“{value}” can be {whole} or {fraction}, and nothing shows which."),
    fix=N_("Write {whole} if the dot stands for thousands, or {fraction} if it stands before decimals."),
    about=N_("28.500 is twenty-eight thousand five hundred to a Vietnamese reader and twenty-eight and a half to a program. In a plan or a scale, write every number so that it can be read only one way."),
    example="target: {at_least: 28.500}", instead="target: {at_least: 28500}",
)  # fmt: skip
PLAN_UNKNOWN_REFERENCE = Rule(
    "plan-unknown-reference", ERROR,
    title=N_("Name the plan does not define"),
    message=N_("“{value}” is not among the plan's {kind}.{suggestion}"),
    fix=N_("Define it, or correct the spelling."),
    about=N_("Units, agencies and profiles are defined once, and referred to by name elsewhere."),
    example="unit: hecta", instead="unit: ha",
)  # fmt: skip
PLAN_DOUBLED_CODE = Rule(
    "plan-doubled-code", ERROR,
    title=N_("Code given to two things"),
    message=N_("The code “{value}” is already that of “{other}”."),
    fix=N_("Give each indicator, commitment or criterion a code of its own."),
    about=N_("A submitted figure or score is identified by its code alone."),
    example="code: KT-02 / code: KT-02", instead="code: KT-02 / code: KT-03",
)  # fmt: skip
PLAN_CODE_CHANGES = Rule(
    "plan-code-changes", ERROR,
    title=N_("Code that Excel changes"),
    message=N_("In Excel the code “{value}” becomes {made}."),
    fix=N_("Use letters and a dash that Excel does not take for a date, such as KT-01, here and in the templates."),
    about=N_("1.10 and 1.1, 01 and 1 become one code, and 1-2 becomes a day. The figures would then be lost, or land on another indicator."),
    example='code: "1.10"', instead="code: KT-10",
)  # fmt: skip
PLAN_UNIT_PER = Rule(
    "plan-unit-per", WARNING,
    title=N_("Average not marked as a rate"),
    message=N_("The unit “{value}” of {code} is an average, so the figures of areas are not added up; but the plan does not say that it is a rate."),
    fix=N_("Write rate: true beside the name of the unit, or rate: false if its areas do add up."),
    about=N_("Incomes per head of 40 and 44 do not make one of 84. Report the average of the whole town itself, or its numerator and denominator."),
    example="trd: {name: triệu đồng/người}", instead="trd: {name: triệu đồng/người, rate: true}",
)  # fmt: skip
PLAN_OPEN_READING = Rule(
    "plan-open-reading", WARNING,
    title=N_("Reading to be confirmed"),
    message=N_("{code}, {name}: {value}"),
    fix=N_("Correct the target if it is not meant so, then delete the review line."),
    about=N_("What is made of the words of a table, and not proved by them, is open until a person has looked at it. Reports say how many such readings their plan has."),
    example='review: "10 - 12: đạt 10 hay đạt 12?"', instead="",
)  # fmt: skip
PLAN_PARTS = Rule(
    "plan-parts", ERROR,
    title=N_("Targets of parts and whole disagree"),
    message=N_("The targets of the parts of {code} add up to {value}, but the whole target is {total}."),
    fix=N_("Correct the target, or say parts: partial if they are not all of it."),
    about=N_("With parts: complete, the targets of the parts must add up to the whole; parts must never exceed the whole."),
    example="target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4000}", instead="target: {at_least: 28500} / parts: complete / target: {at_least: 24000} / target: {at_least: 4500}",
)  # fmt: skip
PLAN_ALLOCATIONS = Rule(
    "plan-allocations", ERROR,
    title=N_("Targets of areas do not make the target"),
    message=N_("The targets of the areas of {code} add up to {value}, but the whole target is {total}."),
    fix=N_("Correct the numbers, or say allocated: partial if not all of the target is given to areas."),
    about=N_("If an indicator adds up, the targets given to areas must add up to the whole target; with allocated: partial they must not exceed it."),
    example="target: {at_least: 28500} / allocations: {hoa-dong: 12000, lai-hoa: 16000}", instead="target: {at_least: 28500} / allocations: {hoa-dong: 12500, lai-hoa: 16000}",
)  # fmt: skip

# The scale of points

SCALE_POINTS = Rule(
    "scale-points", ERROR,
    title=N_("Criteria do not make the points of the scale"),
    message=N_("The criteria add up to {value} points, but the scale has {total}."),
    fix=N_("Correct the points of a criterion, or those of the scale. Bonuses are items, and a criterion for them alone has 0 points."),
    about=N_("What a unit can reach, its percent and its class rest on this sum; one criterion left out or typed wrong would shift every unit."),
    example="points: 100 / points: 60 / points: 30", instead="points: 100 / points: 60 / points: 40",
)  # fmt: skip
SCALE_BANDS = Rule(
    "scale-bands", ERROR,
    title=N_("Bands with a hole or an overlap"),
    message=N_("The bands of {code} do not give every value exactly one number of points: {reason}."),
    fix=N_("Write each edge once, as at_least where the number itself belongs to the band and above where it does not, and end with otherwise."),
    about=N_("“above 98: 5 points; from 97 to under 98: 4 points” says nothing about exactly 98, and the units will argue about it when it comes."),
    example="{above: 98, points: 5} / {at_least: 97, below: 98, points: 4}", instead="{above: 98, points: 5} / {at_least: 97, points: 4}",
)  # fmt: skip
SCALE_BAND_OVER = Rule(
    "scale-band-over", WARNING,
    title=N_("Band above the criterion's points"),
    message=N_("A band of {code} gives {value} points, more than the {points} of the criterion."),
    fix=N_("If what is over is meant as a bonus, say how much with most_added; if not, correct the band."),
    about=N_("Such a unit can come to more than all points of the scale. That may be intended, and then it should be written down."),
    example="points: 3, bands: [{at_least: 120, points: 5}, {otherwise: 0}]", instead="points: 3, most_added: 2, bands: [{at_least: 120, points: 5}, {otherwise: 0}]",
)  # fmt: skip
SCALE_UNIT_TWICE = Rule(
    "scale-unit-twice", ERROR,
    title=N_("Unit in two clusters"),
    message=N_("“{value}” is already a member of the cluster {other}."),
    fix=N_("Leave it in one cluster."),
    about=N_("Ranks are given within a cluster, so a unit belongs to exactly one."),
    example="cum-1: {members: [hoa-dong, lai-hoa]} / cum-2: {members: [lai-hoa, vinh-hai]}", instead="cum-1: {members: [hoa-dong, lai-hoa]} / cum-2: {members: [vinh-hai]}",
)  # fmt: skip
SCALE_NOT_MEASURABLE = Rule(
    "scale-not-measurable", ERROR,
    title=N_("Criterion that can never be measured"),
    message=N_("{code} cannot be measured by {indicator}: {reason}."),
    fix=N_("Use met: true, or of: value with bands; or leave the indicator out and have the points entered."),
    about=N_("A percent exists only of a target that is to be reached from below, or of a planned reduction with a baseline; and of an area only where it has its own part of the target. Nobody could ever earn these points."),
    example="indicator: YT-03, proportion: true}", instead="indicator: YT-03, met: true}",
)  # fmt: skip

# Entered scores

SCORE_UNKNOWN_CODE = Rule(
    "score-unknown-code", ERROR,
    title=N_("Criterion not in the scale"),
    message=N_("The scale has no criterion “{value}”.{suggestion}"),
    fix=N_("Write the code of the criterion or item as the scale has it. If this is a total row, delete it."),
    about=N_("Points are added to a criterion by its code alone; a row with another code would be lost."),
    example="TC-44;hoa-dong;3;tự chấm", instead="TC-4;hoa-dong;3;tự chấm",
)  # fmt: skip
SCORE_UNKNOWN_UNIT = Rule(
    "score-unknown-unit", ERROR,
    title=N_("Unit not scored by the scale"),
    message=N_("“{value}” is not a unit that the scale scores.{suggestion}"),
    fix=N_("Write the unit's name or id as the plan has it; the clusters of the scale say who is scored."),
    about=N_("Points for a unit that is not in the scale would be lost."),
    example="TC-4;hoa-dog;3;tự chấm", instead="TC-4;hoa-dong;3;tự chấm",
)  # fmt: skip
SCORE_NOT_POSSIBLE = Rule(
    "score-not-possible", ERROR,
    title=N_("Score that the scale does not allow"),
    message=N_("{value} cannot be entered for {code}: {reason}."),
    fix=N_("Check the number and the code: of a criterion its points are entered, of an item how many cases there were."),
    about=N_("What is over the most, or below the least, is a slip of typing or a misreading of the scale; neither may decide a rank."),
    example="TC-4;hoa-dong;30;tự chấm", instead="TC-4;hoa-dong;3;tự chấm",
)  # fmt: skip
SCORE_STAGE = Rule(
    "score-stage", ERROR,
    title=N_("Stage of a score not understood"),
    message=N_("“{value}” is not a stage of scoring."),
    fix=N_("Write tự chấm (self), thẩm định (appraised) or duyệt (approved)."),
    about=N_("The highest stage counts, so each score must say whose it is."),
    example="TC-4;hoa-dong;3;sở chấm", instead="TC-4;hoa-dong;3;thẩm định",
)  # fmt: skip
SCORE_TWICE = Rule(
    "score-twice", ERROR,
    title=N_("Two scores for one criterion"),
    message=N_("{code} of {unit} is {value} here and {other} at {place}, at the same stage and on the same day."),
    fix=N_("Delete the wrong row, or give the right one its later day in ngày chấm (scored_on)."),
    about=N_("Which of the two counts cannot be told, and nothing is guessed."),
    example="TC-4;hoa-dong;3;thẩm định / TC-4;hoa-dong;2;thẩm định", instead="TC-4;hoa-dong;2;thẩm định",
)  # fmt: skip
SCORE_TOTAL = Rule(
    "score-total-differs", ERROR,
    title=N_("Score and cases that make it disagree"),
    message=N_("{code} of {unit} is {value} here, but the cases entered at the same stage make {made} ({places})."),
    fix=N_("Correct the score or the number of cases, or delete the score: it is made from the cases."),
    about=N_("One of the two is a slip, and nobody can tell which of them was meant to count."),
    example="TC-1;hoa-dong;8;thẩm định / TC-1a;hoa-dong;3;thẩm định", instead="TC-1a;hoa-dong;3;thẩm định",
)  # fmt: skip
SCORE_WITHOUT_REASON = Rule(
    "score-without-reason", ERROR,
    title=N_("Computed points replaced without a reason"),
    message=N_("The points of {code} are computed from figures; the score entered here gives no reason for another number."),
    fix=N_("Say why in ghi chú (note), or delete the row; both numbers will be shown."),
    about=N_("Points that follow from reported figures can be overruled by an appraisal, but never without a word."),
    example="TC-1;hoa-dong;4;thẩm định;", instead="TC-1;hoa-dong;4;thẩm định;theo biên bản ngày 05/12",
)  # fmt: skip

ALL: tuple[Rule, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
"""All of them, in the order in which they stand above."""


def by_code(code: str) -> Rule | None:
    return next((rule for rule in ALL if rule.code == code.lower()), None)


# There is one of each, also where a finding was put aside in a file or comes from another process.
copyreg.pickle(Rule, lambda rule: (by_code, (rule.code,)))  # type: ignore[arg-type, return-value]
