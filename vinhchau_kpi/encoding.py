"""The encodings that text files are read in. Light: `--help` needs it too."""

from __future__ import annotations

from enum import StrEnum


class Encoding(StrEnum):
    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1258 = "windows-1258"
