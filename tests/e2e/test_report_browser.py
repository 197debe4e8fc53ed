"""The report in a browser: it asks the network for nothing, sorts, and is open to everyone."""

import shutil
import sys
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from experiments.cli import main
from tests.e2e.call import without_figures

AXE = Path(sys.prefix) / "axe" / "axe_playwright_python" / "axe.min.js"
# A4 less the margins of page.css, at 96 pixels an inch.
PAPER = {"width": 695, "height": 1031, "deviceScaleFactor": 1, "mobile": False}
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
# A drawing is one image with words, and the rows of a table are alike; axe would walk all of them.
ALIKE = "for (const e of document.querySelectorAll('svg > *, tbody tr:nth-child(n+4)')) e.remove()"
AUDIT = "axe.run(document).then(arguments[0])"
NEEDED = "The browser tests need it: run 'make browser', as root on Debian, and try again."


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    words = ["compare", "baseline", "plan_175", "--replicates", "3", "--quiet"]
    with without_figures():
        assert main([*words, "--out", str(folder / "result")]) == 0
    words = ["report", folder / "result", "--lang", "both", "--out", folder / "report"]
    assert main([str(word) for word in words]) == 0
    return folder / "report"


@pytest.fixture(scope="module")
def browser():
    programs = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in programs:
        pytest.fail(f"Chromium and its driver are not installed. {NEEDED}")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"):
        options.add_argument(word)
    driver = webdriver.Chrome(options, webdriver.ChromeService(programs[1]))
    yield driver
    driver.quit()


@pytest.fixture(params=["en", "vi"])
def opened(request, browser, report):
    """Return the browser with a page open, everything unfolded, and its logs emptied before."""
    for kind in ("browser", "performance"):
        browser.get_log(kind)
    browser.get((report / f"report.{request.param}.html").as_uri())
    browser.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
    return browser


def test_no_request_leaves_the_page_and_the_console_stays_silent(opened):
    messages = [entry["message"] for entry in opened.get_log("performance")]
    asked = [text for text in messages if '"Network.requestWillBeSent"' in text]
    assert len([text for text in asked if '"url":"file://' in text]) >= 1  # the page itself
    assert not [text for text in asked if '"url":"file:' not in text and '"url":"data:' not in text]
    assert opened.get_log("browser") == []


def column(table, place):
    cells = table.find_elements(By.CSS_SELECTOR, f"tbody tr > :nth-child({place})")
    return [cell.get_attribute("data-value") or cell.text for cell in cells]


def test_a_table_sorts_by_value_and_by_word(opened):
    table = opened.find_element(By.CSS_SELECTOR, "[data-topic=headline] table")
    heads = table.find_elements(By.CSS_SELECTOR, "thead button")
    heads[4].click()  # difference
    values = [float(value) for value in column(table, 5)]
    assert values == sorted(values) and len(values) > 10
    heads[4].click()
    assert [float(value) for value in column(table, 5)] == sorted(values, reverse=True)
    state = heads[4].find_element(By.XPATH, "..").get_attribute("aria-sort")
    assert state == "descending"
    heads[1].click()  # unit
    units = column(table, 2)
    assert [unit for k, unit in enumerate(units) if unit not in units[:k]] == sorted(
        set(units), key=units.index
    )  # equal units stand together
    assert len(units) == len(values)


def test_axe_finds_nothing_to_mend(opened):
    if not AXE.is_file():
        pytest.fail(f"axe-core is not installed. {NEEDED}")
    opened.set_script_timeout(300)
    opened.execute_script(ALIKE)
    opened.execute_script(AXE.read_text(encoding="utf-8"))
    found = opened.execute_async_script(AUDIT)
    told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]
    assert not told
    assert len(found["passes"]) > 20  # it did look


def test_on_a_phone_only_tables_and_figures_scroll_sideways(opened):
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        width = opened.execute_script("return document.documentElement.scrollWidth")
        assert width == PHONE["width"]
        captions = "return [...document.querySelectorAll('caption')].map(c => c.offsetWidth)"
        assert max(opened.execute_script(captions)) <= PHONE["width"]
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_paper_nothing_is_wider_than_the_page_which_would_shrink_all_letters(opened):
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PAPER)
    try:
        width = opened.execute_script("return document.documentElement.scrollWidth")
        assert width <= PAPER["width"]
        with_head = "return getComputedStyle(document.querySelector('tbody tr')).breakBefore"
        assert opened.execute_script(with_head) == "avoid"
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_letters_are_drawn_in_the_font_of_the_page(opened):
    opened.execute_script("return document.fonts.ready")
    assert opened.execute_script("return document.fonts.check('16px \"Zonesim Report\"', 'ằỗ')")
    loaded = "return [...document.fonts].filter(f => f.status === 'loaded').length"
    assert opened.execute_script(loaded) == 2
