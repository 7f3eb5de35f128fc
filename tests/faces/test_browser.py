"""Sheets, pages and cards in a real browser: widths, themes, paper, and nothing fetched or run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

import runstrong as rs
from runstrong.testing.hostile import HOSTILE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
    pytest.mark.xdist_group("browser"),
]
# A closed network refuses what a browser asks for in the background, many times over.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE, DESKTOP = 390, 1280
CONTRAST = """() => {
  const box = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const parse = text => {
    box.clearRect(0, 0, 1, 1); box.fillStyle = text; box.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = box.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const canvas = document.body.appendChild(document.createElement('i'));
  canvas.style.backgroundColor = 'Canvas';
  const base = parse(getComputedStyle(canvas).backgroundColor);
  const behind = el => {
    const layers = [];
    for (let at = el; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), base);
  };
  let worst = 21;
  for (const el of document.querySelectorAll('main *, .runstrong *')) {
    if (![...el.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || el.tagName === 'STYLE') continue;
    const under = behind(el), style = getComputedStyle(el);
    const color = over(parse(el.namespaceURI.endsWith('svg') ? style.fill : style.color), under);
    const [a, b] = [light(color), light(under)];
    worst = Math.min(worst, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
  }
  return worst;
}"""
"""The least contrast of any text with what lies behind it, by the formula of WCAG 2."""
READABLE = 4.5
"""Least contrast of text (WCAG 2.2, success criterion 1.4.3)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        opened = made.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def plan() -> rs.Plan:
    """The season of the example runner."""
    return rs.plan(rs.load("examples/runner.yaml", rs.Runner))


class Shown:
    """A page as a person sees it, and what it asked of the network."""

    def __init__(self, browser: Any, file: Path, text: str, *, width: int, theme: str) -> None:
        file.write_text(text, encoding="utf-8")
        self.asked: list[str] = []
        self.said: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    @property
    def too_wide(self) -> float:
        """Pixels by which something is wider than the screen."""
        return float(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_sheet_fits_the_screen(browser: Any, plan: rs.Plan, tmp_path: Path, width: int, theme: str) -> None:
    """On a phone and on a desktop, light and dark, nothing is cut off and every text can be read."""
    with Shown(browser, tmp_path / "sheet.html", rs.to_html(plan), width=width, theme=theme) as shown:
        assert shown.too_wide <= 0
        assert shown.page.evaluate(CONTRAST) >= READABLE
        dark = shown.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert dark is (theme == "dark")


def test_a_sheet_fetches_and_runs_nothing(browser: Any, plan: rs.Plan, tmp_path: Path) -> None:
    """The file alone is asked for, and boxes can be ticked all the same."""
    with Shown(browser, tmp_path / "sheet.html", rs.to_html(plan), width=PHONE, theme="light") as shown:
        box = shown.page.locator("input[type=checkbox]").first
        box.check()
        assert box.is_checked()
        assert len(shown.asked) == 1
        assert shown.said == []


@pytest.mark.parametrize(("name", "paper"), [("runner", "A4"), ("runner", "Letter"), ("marathoner", "Letter")])
def test_a_week_is_a_page(browser: Any, tmp_path: Path, name: str, paper: str) -> None:
    """Printed, the first page is whom it is for, then each week has one page, and then comes how it is done."""
    from pypdfium2 import PdfDocument

    plan = rs.plan(rs.load(f"examples/{name}.yaml", rs.Runner))
    with Shown(browser, tmp_path / "sheet.html", rs.to_html(plan), width=DESKTOP, theme="dark") as shown:
        document = PdfDocument(shown.page.pdf(format=paper))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    total = len(plan.weeks)
    assert plan.runner.name in pages[0]
    for week, text in zip(plan.weeks, pages[1:], strict=False):
        assert f"Week {week.number} of {total}" in text
    assert "How each exercise is done" in pages[total + 1]


@pytest.mark.parametrize(("background", "color"), [("#fff", "#1a1a1a"), ("#111", "#eee")], ids=["light", "dark"])
def test_cards_fit_a_notebook(browser: Any, plan: rs.Plan, tmp_path: Path, background: str, color: str) -> None:
    """In a light and in a dark notebook, whatever the system prefers, every text can be read."""
    log = rs.read_log("examples/activities.csv")
    catalog = rs.load_catalog()
    ladder = catalog.progressions["calf-raise-straight"]
    nouns = [
        plan.runner, plan, plan.weeks[0], plan.sessions[0], log, rs.audit(log, runner=plan.runner), ladder,
        catalog.exercises["single-leg-calf-raise"], rs.begin(ladder),
    ]  # fmt: skip
    cards = "".join(noun._repr_html_() or "" for noun in nouns)
    text = f'<!DOCTYPE html><meta charset="utf-8"><body style="background:{background};color:{color}">{cards}'
    with Shown(browser, tmp_path / "cards.html", text, width=DESKTOP, theme="light") as shown:
        assert shown.too_wide <= 0
        assert shown.page.evaluate(CONTRAST) >= READABLE
        assert len(shown.asked) == 1


def test_hostile_text_stays_text(browser: Any, plan: rs.Plan, tmp_path: Path) -> None:
    """Names and notes that try to run something are drawn as they are, and the browser is asked for nothing."""
    hostile = rs.evolve(plan, runner=rs.evolve(plan.runner, name=" ".join(HOSTILE)))
    for text in HOSTILE:
        hostile = hostile.note(plan.sessions[0].id, text)
    for made in (rs.to_html(hostile), hostile._repr_html_() or "", rs.to_html(hostile.runner)):
        with Shown(browser, tmp_path / "hostile.html", made, width=DESKTOP, theme="light") as shown:
            assert len(shown.asked) == 1
            assert shown.said == []
            assert shown.page.evaluate("document.querySelectorAll('script, img, iframe, a, svg[onload]').length") == 0
