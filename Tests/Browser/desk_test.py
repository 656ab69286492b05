"""The desk in a real browser: starts the program on a temporary ledger and uses the page as a duty officer does.

Usage: desk_test.py PROGRAM [--shots FOLDER] [-- ARGUMENTS]

PROGRAM is the built truce. Needs Debian's chromium and chromium-driver. Exit code 0 means that everything was found as it should be.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from webdriver import Browser, free_port  # noqa: E402

# Sentences of this test's own; the facts are those of the built-in case.
REPORTS = [
    ("Valley Wire", "2020-11-15",
     "YEREVAN, November 15. /Valley Wire/. The deadline for the handover of the Kalbajar district was extended from November 15 to November 25, "
     "the press service of the Azerbaijani president said.\n"),
    ("Valley Wire", "2020-11-25",
     "BAKU, November 25. /Valley Wire/. Armenia handed over the Kalbajar district to Azerbaijan on November 25, "
     "the Azerbaijani Defense Ministry said.\n"),
]
LATE = ("Valley Wire", "2020-12-01",
        "BAKU, December 1. /Valley Wire/. Units of the Azerbaijani army entered the Lachin district on December 1, "
        "the Azerbaijani Defense Ministry reported.\n")


def post(base, source, published, text):
    """Sends a report in as another program would."""
    query = urllib.parse.urlencode({"source": source, "published": published})
    request = urllib.request.Request(
        f"{base}/api/reports?{query}", data=text.encode(), method="POST", headers={"content-type": "text/plain"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def get(base, path):
    with urllib.request.urlopen(base + path, timeout=60) as response:
        return json.load(response)


class Program:
    """The program under test, on a port of its own and a ledger that is thrown away."""

    def __init__(self, command, folder):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.log = open(os.path.join(folder, "desk.log"), "w+")
        self.command = [part.replace("{port}", str(self.port)).replace("{folder}", folder) for part in command]
        self.ledger = self.command[self.command.index("--ledger") + 1] if "--ledger" in self.command else None
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        deadline = time.time() + 60
        while time.time() < deadline:
            if self.process.poll() is not None:
                break
            try:
                get(self.base, "/healthz")
                return
            except OSError:
                time.sleep(0.1)
        self.log.seek(0)
        raise AssertionError(f"the desk did not start: {' '.join(self.command)}\n{self.log.read()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the desk did not stop within 20 s of SIGTERM") from None


def move(browser, selector, *keys):
    browser.script("document.querySelector(arguments[0]).focus()", selector)
    browser.press(selector, *keys)


def check_empty(browser, program):
    browser.open(program.base + "/")
    browser.wait_text("#sentence", "no report in the ledger")
    browser.wait("the state of an empty ledger", lambda: browser.script("return document.body.dataset.state") == "empty")
    browser.wait("the map of an empty ledger", lambda: browser.script("return document.querySelectorAll('#map [data-place]').length") >= 7)


def check_growth_from_empty(browser, program):
    for source, published, text in REPORTS:
        post(program.base, source, published, text)
    browser.wait_text("#sentence", "1 of 3 districts handed over")
    browser.wait_text("#notice", "Came in")


def check_sliders(browser, program):
    browser.open(program.base + "/?on=2020-11-25")
    browser.wait_text("#sentence", "1 of 3 districts handed over")
    move(browser, "#on", "Left")
    browser.wait_text("#sentence", "On 24 November 2020")
    browser.wait_text("#sentence", "0 of 3 districts handed over")
    browser.wait("the day in the address", lambda: "on=2020-11-24" in browser.script("return location.search"))
    move(browser, "#on", "Right")
    browser.wait_text("#sentence", "1 of 3 districts handed over")
    # Back to the ledger before the second report: the handover is not known.
    move(browser, "#known", "Left")
    browser.wait_text("#sentence", "0 of 3 districts handed over")
    browser.wait_text("#known-words", "1 of 2")
    browser.wait("one report in the wire", lambda: browser.script("return document.querySelectorAll('#wire .report').length") == 1)
    move(browser, "#known", "Home")
    browser.wait_text("#sentence", "no report in the ledger")
    move(browser, "#known", "End")
    browser.wait_text("#sentence", "1 of 3 districts handed over")
    browser.wait_text("#known-words", "now")


def check_evidence(browser, program):
    browser.open(program.base + "/?on=2020-11-25")
    browser.wait("Kalbajar on the map", lambda: browser.script(
        "return document.querySelector('#map [data-place=\"kalbajar-district\"]')?.dataset.holder") == "AZE")
    # A real click on the district's own area, not on a label over it.
    browser.script("document.querySelector('#map [data-place=\"kalbajar-district\"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    browser.wait_text("#evidence", "Kalbajar district")
    browser.wait_text("#evidence mark", "handed over the Kalbajar district to Azerbaijan on November 25")
    browser.wait_text("#evidence .chain", "Azerbaijani Defense Ministry")
    shared = browser.script("return location.href")
    assert "show=place" in shared, shared
    # From the quote to its report, where the same passage is marked.
    browser.click("#evidence .source button")
    browser.wait("the passage in its report", lambda: browser.script(
        "return [...document.querySelectorAll('#wire .prose mark')].some((mark) => mark.textContent.includes('handed over the Kalbajar'))"))
    # The link alone shows the same to somebody else.
    browser.open(shared)
    browser.wait_text("#evidence mark", "handed over the Kalbajar district")
    # The commitment leads there too, and tells its deadline and how late it was kept.
    browser.script("[...document.querySelectorAll('#commitments .open')].find((button) => /Kalbajar/.test(button.textContent)).click()")
    browser.wait_text("#evidence .deadlines", "15 Nov 2020")
    browser.wait_text("#evidence .verdict", "10 d")


def check_live(browser, program):
    browser.open(program.base + "/?on=2020-12-01")
    browser.wait_text("#sentence", "1 of 3 districts handed over")
    browser.wait_text("#link", "live")
    browser.script("window.untouched = true")
    post(program.base, *LATE)
    browser.wait_text("#sentence", "2 of 3 districts handed over")
    browser.wait_text("#notice", "Came in")
    browser.wait("Lachin's new holder on the map", lambda: browser.script(
        "return document.querySelector('#map [data-place=\"lachin-district\"]')?.dataset.holder") == "AZE")
    assert browser.script("return window.untouched"), "the page was loaded anew"


def check_second_writer(browser, program):
    """What a second writer has goes through the desk that holds the ledger, and the desk goes on."""
    if not program.ledger:
        return
    path = os.path.join(program.folder, "agdam.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Units of the Azerbaijani army entered the Agdam district on November 20, the Azerbaijani Defense Ministry said.\n")
    result = subprocess.run([program.command[0], "ingest", "--case", "karabakh-2020", "--ledger", program.ledger, path],
                            capture_output=True, text=True)
    assert result.returncode == 0 and "are sent to it" in result.stderr, result.stderr
    browser.wait_text("#notice", "Came in")
    assert get(program.base, "/api/reports")["reports"][-1]["claims"] == 1
    assert get(program.base, "/healthz")["status"] == "ok"


def check_pages(browser, program):
    browser.open(program.base + "/agreement")
    browser.wait_text("#content", "Kalbajar district")
    browser.wait_text("#content", "as published in Armenia")
    browser.click("#content .point a")
    browser.wait_text("#evidence h3", "ceasefire")
    browser.open(program.base + "/log")
    browser.wait_text("#sentence", "entries")
    browser.wait_text("#content", "claim read")


def check_hostile(browser, program):
    text = ("BAKU, December 2. /Valley Wire/. <script>window.owned = 1</script><img src=x onerror=\"window.owned = 2\"> Armenia handed over "
            "the Agdam district on November 20, the <b>Azerbaijani Defense Ministry</b> said.\n")
    answer = post(program.base, "<i onclick=alert(1)>Valley</i>", "2020-12-02", text)
    report = answer["report"]["id"]
    browser.open(program.base + "/?on=2020-12-02")
    browser.wait("the hostile report in the wire", lambda: browser.script(
        "return !!document.getElementById(arguments[0])", "report-" + report))
    browser.script("document.getElementById(arguments[0]).open = true", "report-" + report)
    browser.wait("its text as text", lambda: "<script>" in browser.text(f"#report-{report} .prose"))
    assert browser.script("return window.owned ?? null") is None, "a report's markup was run"
    assert browser.script("return document.querySelectorAll('#wire img, #wire script, #evidence img').length") == 0


def check_form(browser, program):
    browser.open(program.base + "/?on=2020-12-02")
    browser.wait_text("#link", "live")
    browser.script("document.getElementById('send').open = true")
    browser.press("#send textarea", "Russian peacekeepers set up 27 observation posts along the contact line, the peacekeeping contingent said.")
    browser.press("#send input[name=source]", "Valley Wire")
    browser.script("document.querySelector('#send button[type=submit]').click()")
    browser.wait_text("#send-words", "Stored")


def check_lost(browser, program):
    browser.open(program.base + "/?on=2020-12-01")
    browser.wait_text("#link", "live")
    program.stop()
    browser.wait_text("#banner", "does not answer", 20)
    browser.wait_text("#link", "lost")
    program.start()
    browser.wait_text("#link", "live", 30)
    browser.wait("the banner gone", lambda: browser.script("return document.getElementById('banner').hidden"), 20)


def check_accessible(browser, program):
    browser.open(program.base + "/?on=2020-12-01")
    browser.wait_text("#sentence", "districts handed over")
    nameless = browser.script(
        "return [...document.querySelectorAll('button, input, select, [role=button]')].filter((e) => !(e.textContent.trim() || "
        "e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML.slice(0, 120))")
    assert nameless == [], f"controls without a name: {nameless}"
    # The keyboard alone opens a district's evidence.
    browser.script("document.querySelector('#map [data-place=\"kalbajar-district\"]').focus()")
    browser.script("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))")
    browser.wait_text("#evidence", "Kalbajar district")
    overflow = browser.script("return document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"the page is {overflow} px wider than its window"


CHECKS = [check_empty, check_growth_from_empty, check_sliders, check_evidence, check_live, check_second_writer, check_hostile, check_form, check_accessible,
          check_pages, check_lost]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--shots", help="a folder for pictures of the page")
    parser.add_argument("arguments", nargs="*", help="arguments instead of `serve`; {port} and {folder} are filled in")
    options = parser.parse_args()
    arguments = options.arguments or ["serve", "--case", "karabakh-2020", "--ledger", "{folder}/desk.db", "--port", "{port}"]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="desk-test-") as folder:
        program = Program([options.program] + arguments, folder)
        try:
            with Browser() as browser:
                for check in CHECKS:
                    try:
                        check(browser, program)
                        print(f"ok      {check.__name__[6:]}")
                    except AssertionError as error:
                        failed += 1
                        print(f"FAILED  {check.__name__[6:]}: {error}")
                        if options.shots:
                            browser.screenshot(os.path.join(options.shots, check.__name__ + ".png"))
                complaints = browser.complaints()
                if complaints:
                    failed += 1
                    print(f"FAILED  console: {complaints}")
                if options.shots:
                    for name, width, height in [("wide", 1440, 900), ("narrow", 420, 900)]:
                        browser.command("POST", "/window/rect", {"width": width, "height": height})
                        browser.open(program.base + "/?on=2020-12-01&show=place:kalbajar-district")
                        browser.wait_text("#evidence mark", "Kalbajar")
                        browser.screenshot(os.path.join(options.shots, f"desk-{name}.png"))
        finally:
            if program.process.poll() is None:
                program.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
