"""The words of both languages, as they are shipped."""

import pytest

from sidebar import paths
from sidebar.exports.report import Words
from sidebar.storage.report_words import load_report_words


@pytest.fixture
def chinese() -> Words:
    return load_report_words(paths.resources(), "zh_CN")


@pytest.fixture
def english() -> Words:
    return load_report_words(paths.resources(), "en_GB")
