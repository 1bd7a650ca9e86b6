"""What a page may run: the book's own scripts and no other, from a server and from a disk alike."""

from __future__ import annotations

import functools
import re
import shutil
import threading
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from press.postprocess import csp
from tests.patience import wait_until
from tools import secret_scan

PAGE = """<!DOCTYPE html>
<html><head>
<meta charset="utf-8" />
<style>p { color: red }</style>
<script>let own = 1;</script>
<script type="application/json">{"no": "script"}</script>
<script defer src="x.js"></script>
</head><body><button onclick="window.print()">Print</button><p style="width: 1px">x</p></body></html>
"""
#: One page of each kind, and what there is to do on it.
KINDS = [
    "index.html", "genindex.html", "search.html?q=chongqing", "chapters/index.html",
    "chapters/gap-diagnosis.html", "chapters/catch-up-scenarios.html", "chapters/claim-ledger.html",
    "chapters/methods.html", "chapters/glossary.html", "chapters/data.html",
    "chapters/run-it-and-change-it.html", "data/index.html", "data/sources.html",
    "data/corrections.html", "data/headlines.html", "data/places/chongqing.html",
    "data/tables/observations.html", "data/indicators/ai_core_scale.html",
]  # fmt: skip
ATTACK = """<script>document.title = "hacked"</script>
<img src="nothing" onerror="document.title = 'hacked'">
<svg onload="document.title = 'hacked'"></svg>
<iframe srcdoc="<script>parent.document.title = 'hacked'</script>"></iframe>
<a id="bad" href="javascript:document.title='hacked'">x</a>
<script src="https://attack.example/x.js"></script>
<script src="../attack.js"></script>"""
#: A file of the site that tries what the policy forbids to every script.
EVAL = """try { document.body.dataset.eval = eval("'ran'"); }
catch (error) { document.body.dataset.eval = error.name; }
try { document.body.dataset.made = new Function("return 'ran'")(); }
catch (error) { document.body.dataset.made = error.name; }"""


class Elements(HTMLParser):
    """Policies of a page, and what stands ahead of the first."""

    def __init__(self, page: str):
        super().__init__()
        self.policies: list[str] = []
        self.before: list[str] = []  # elements ahead of the policy
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        elif not self.policies:
            self.before.append(tag)


# --------------------------------------------------------------------------------------- the parts


def test_a_policy_names_what_stands_in_the_page_and_nothing_else():
    made, faults = csp.with_policy(PAGE)
    (words,) = Elements(made).policies
    assert not faults and "onclick" not in made and 'data-does="print"' in made
    rules = dict(rule.split(" ", 1) for rule in words.split("; "))
    assert rules["default-src"] == "'none'" and rules["base-uri"] == "'none'"
    assert rules["script-src"].count("sha256-") == 2  # its own, and the one that prints
    assert rules["style-src"].count("sha256-") == 1
    assert rules["style-src-attr"].count("sha256-") == 1
    assert "unsafe-inline" not in words and "unsafe-eval" not in words and "http" not in words


def test_a_page_with_a_policy_stays_as_it_is_and_a_changed_one_gets_another():
    made, _ = csp.with_policy(PAGE)
    assert csp.with_policy(made) == (made, [])
    other, _ = csp.with_policy(made.replace("let own = 1", "let own = 2"))
    assert len(Elements(other).policies) == 1
    assert Elements(other).policies != Elements(made).policies


@pytest.mark.parametrize("tag", [
    '<p onmouseover="x()">', "<p\nonclick='x()'>", "<svg onload=x()>", '<a title=">" onfocus="x()">',
])  # fmt: skip
def test_an_attribute_that_would_not_run_is_a_fault(tag):
    _, (fault,) = csp.with_policy(PAGE.replace("<p ", f"{tag}</p><p ", 1))
    assert "would not run" in fault


def test_words_on_a_page_are_no_attributes():
    words = '<p>based on = "x" and onset="y"</p><script type="application/json">" onx="1"</script>'
    assert csp.with_policy(PAGE.replace("<p ", f"{words}<p ", 1))[1] == []


def test_protecting_goes_through_folders(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.html").write_text(PAGE)
    (tmp_path / "c.html").write_text("<html><head></head></html>")
    assert csp.protect(tmp_path, sorted(tmp_path.rglob("*.html"))) == [
        ("c.html", "no <meta charset>, after which the policy has to stand")
    ]
    assert "Content-Security-Policy" in (tmp_path / "a" / "b.html").read_text()


# ------------------------------------------------------------------------------- the built book


@pytest.mark.book
def test_every_page_has_its_policy_ahead_of_all_that_it_rules(html):
    for path in html.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        seen = Elements(text[: text.index("</head>")])
        assert len(seen.policies) == 1 and "onclick" not in text, path
        assert set(seen.before) <= {"html", "head", "meta"}, path
        assert "unsafe-inline" not in seen.policies[0] and "unsafe-eval" not in seen.policies[0]
        assert csp.with_policy(text) == (text, []), path


@pytest.fixture(scope="module")
def served(html):
    """Addresses of the book: from a server and from the disk."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(html))) as run:
        threading.Thread(target=run.serve_forever, daemon=True).start()
        yield {"http": f"http://127.0.0.1:{run.server_port}", "file": html.as_uri()}
        run.shutdown()


def watched(chromium):
    """A page that keeps what the console says and what goes wrong."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.said = []
    page.on("console", lambda m: page.said.append(m.text)
            if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page


@pytest.mark.book
@pytest.mark.slow
@pytest.mark.parametrize("way", ["http", "file"])
def test_no_kind_of_page_breaks_its_policy(chromium, served, way):
    page = watched(chromium)
    for name in KINDS:
        page.goto(f"{served[way]}/{name}", wait_until="load")
        if name == "index.html":
            page.wait_for_url("**/chapters/index.html")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
    assert page.said == []
    page.context.close()


@pytest.mark.book
@pytest.mark.parametrize("way", ["http", pytest.param("file", marks=pytest.mark.slow)])
def test_all_that_pages_do_works_under_the_policy(chromium, served, way):
    page = watched(chromium)
    page.goto(f"{served[way]}/chapters/catch-up-scenarios.html")
    page.locator("data.quantity").first.click()
    page.wait_for_selector(".quantity-card:visible, [role=dialog]:visible, [popover]:visible")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.evaluate("document.querySelector('[data-does=print]').click()")
    assert page.title() == "printed"
    page.evaluate("window.toggleFullScreen = () => { document.title = 'full' }")
    page.evaluate("document.querySelector('[data-does=full-screen]').click()")
    assert page.title() == "full"
    page.goto(f"{served[way]}/search.html?q=chongqing")
    page.wait_for_selector("#search-results li a")
    page.goto(f"{served[way]}/search.html")
    page.locator("input[name=q]:visible").first.fill("chengdu")
    page.locator("input[name=q]:visible").first.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert page.said == []
    page.context.close()


def refusals(page) -> int:
    return sum("Content Security Policy" in said for said in page.said)


@pytest.mark.book
@pytest.mark.parametrize("way", ["http", "file"])
def test_what_was_put_into_a_page_does_not_run(chromium, html, tmp_path, way):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_static").symlink_to(html / "_static")
    (tmp_path / "attack.js").write_text(EVAL)
    text = (html / "chapters" / "glossary.html").read_text(encoding="utf-8")
    attacked = re.sub(r"(<article\b[^>]*>)", lambda m: m[1] + ATTACK, text, count=1)
    assert ATTACK in attacked
    (tmp_path / "chapters" / "glossary.html").write_text(attacked, encoding="utf-8")
    served = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as run:
        threading.Thread(target=run.serve_forever, daemon=True).start()
        address = {"http": f"http://127.0.0.1:{run.server_port}", "file": tmp_path.as_uri()}[way]
        page = watched(chromium)
        page.goto(f"{address}/chapters/glossary.html")
        page.evaluate("document.getElementById('bad').click()")
        wait_until(lambda: refusals(page) >= 5, "what the policy refuses", page)
        assert "hacked" not in page.title()
        assert page.evaluate("({...document.body.dataset})")["eval"] == "EvalError"
        assert page.evaluate("document.body.dataset.made") == "EvalError"
        page.context.close()
        run.shutdown()


# ------------------------------------------------------------------------------ what leaks out


@pytest.mark.slow
@pytest.mark.book
def test_no_output_holds_a_path_a_name_or_a_secret(html, root):
    for folder in (html, root / "_build" / "pdf", root / "_build" / "epub"):
        if folder.is_dir():
            assert secret_scan.leaks(folder, root) == []


PLANTED = {
    "a path": (b"see /home/somebody/book/x.py", "a path of a machine"),
    "a path of Windows": (rb'"C:\\Users\\somebody\\x"', "a path of a machine"),
    "a key": (b"-----BEGIN RSA PRIVATE KEY-----", "a private key"),
    "a token": (b"ghp_" + b"a" * 36, "a key of a service"),
    "a password": (b"https://me:secret@example.org/", "a password in an address"),
    "the repository": (b"{root}", "a path of this machine"),
    "a variable": (b"dont-tell-anybody", "a secret of this machine"),
}


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_leak_is_found_even_in_a_zip_in_a_zip(tmp_path, monkeypatch, root, plant):
    words, what = PLANTED[plant]
    monkeypatch.setenv("MY_TOKEN", "dont-tell-anybody")
    inner, site = tmp_path / "inner", tmp_path / "site"
    inner.mkdir()
    (inner / "x.txt").write_bytes(words.replace(b"{root}", str(root).encode()))
    shutil.make_archive(str(tmp_path / "packed" / "x"), "zip", inner)
    shutil.make_archive(str(site / "outer"), "zip", tmp_path / "packed")
    assert any(f"outer.zip/x.zip/x.txt: {what}: " in found for found in secret_scan.leaks(site, root))


def test_a_leak_in_the_metadata_of_a_pdf_is_found(tmp_path, root):
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = "/home/somebody/x"
        pdf.save(tmp_path / "x.pdf")
    assert secret_scan.leaks(tmp_path, root)
