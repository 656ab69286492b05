"""The watch in a real browser: the Line page and the offline Post page, over the real program and a ledger that is thrown away.

Usage: watch_test.py PROGRAM [--shots FOLDER] [--only NAME]

PROGRAM is the built truce. Needs Debian's chromium and chromium-driver, and python3-cryptography. Exit code 0 means that everything was as it should be.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk_test import Program, get  # noqa: E402
from watch_fixture import LINE, contact, iso, opened, watch  # noqa: E402
from webdriver import Browser  # noqa: E402

HOSTILE = "<img src=x onerror=\"window.owned = 1\"><script>window.owned = 2</script>"
KEYS = {name: Ed25519PrivateKey.generate() for name in ["Anna", "Boris"]}


def public(key):
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def private(key):
    return key.private_bytes(serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()).hex()


def send(program, records):
    """Sends records in as another program would; every one must be taken."""
    request = urllib.request.Request(
        program.base + "/api/watch/records", data=json.dumps(records).encode(), method="POST", headers={"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    assert answer["refused"] == 0, [record for record in answer["records"] if "problem" in record][:3]
    return answer["records"]


def stored(program, wanted):
    """Entries of the ledger that a check likes."""
    return [entry for entry in get(program.base, "/api/entries")["entries"] if wanted(entry)]


def open_page(browser, program, path):
    browser.open(program.base + path)
    browser.wait("the page", lambda: browser.script("return document.body.dataset.state") == "ready", 30)


def marks(browser):
    return browser.script("return document.querySelectorAll('#strip .mark').length")


def wait_received(browser, note):
    """Waits for the receipt of the record with a remark, and gives what the queue says of it."""
    row = "return [...document.querySelectorAll('#queue li[data-state=sent]')].find((row) => row.textContent.includes(arguments[0]))?.textContent"
    return browser.wait(f"the receipt of {note!r}", lambda: browser.script(row, note))


def check_unwatched(browser, program):
    """Before any post is opened the page says so, and draws nothing but grey: white would look quiet."""
    open_page(browser, program, "/line")
    browser.wait_text("#sentence", "nobody reported watching")
    browser.wait_text("#posts", "No post was opened")
    browser.wait_text("#alerts", "No alert is open")
    drawn = browser.script("return [...document.querySelectorAll('#strip .strip-area')].map((e) => e.getAttribute('class'))")
    assert drawn == ["strip-area strip-no-post"] and marks(browser) == 0, drawn


def check_line(browser, program):
    now = time.time()
    send(program, watch(now, days=3))
    open_page(browser, program, f"/line?line={LINE}")
    browser.wait_text("#sentence", "of its kilometre-hours was watched")
    browser.wait_text("#sentence", "counted by truce-1")
    browser.wait_text("#sentence", "for each kilometre and day watched")
    browser.wait("marks of incidents", lambda: marks(browser) >= 10)
    strip = get(program.base, f"/api/lines/{LINE}/strip?from={iso(now - 2 * 86400)}&until={iso(now)}")
    assert strip["incidents"] and strip["coverage"]["share"] > 0.5
    words = set(browser.script("return [...document.querySelectorAll('#strip .strip-area')].map((e) => e.getAttribute('class'))"))
    assert any("strip-silent" in word for word in words) and any("strip-no-post" in word for word in words), words
    # Every row of the counts has the share that was watched and the rules' name beside it.
    rows = browser.script("return [...document.querySelectorAll('#counts tbody tr')].map((row) => row.textContent)")
    assert rows and all("%" in row and "truce-1" in row for row in rows), rows
    assert browser.script("return document.querySelectorAll('#posts tbody tr').length") == 8


def check_evidence(browser, program):
    open_page(browser, program, f"/line?line={LINE}")
    browser.wait("marks", lambda: marks(browser) >= 10)
    # A real click in the middle of a mark that two observers made.
    index = browser.script(
        "const at = [...document.querySelectorAll('#tables table')].at(-1).querySelectorAll('tbody tr');"
        "return [...at].findIndex((row) => /patrol 3/.test(row.textContent) && /camera north/.test(row.textContent))")
    assert index >= 0, "no incident of two observers"
    browser.script(
        "const box = document.querySelector(`.mark[data-index=\"${arguments[0]}\"] .mark-least`).getBoundingClientRect();"
        "const at = {bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2};"
        "document.getElementById('strip').dispatchEvent(new MouseEvent('click', at))", index)
    browser.wait_text("#evidence", "counted by truce-1")
    browser.wait("its observations", lambda: browser.script("return document.querySelectorAll('#evidence .card').length") >= 1)
    browser.wait_text("#evidence", "came in")
    shared = browser.script("return location.href")
    assert "show=incident" in shared, shared
    browser.open(shared)
    browser.wait_text("#evidence", "counted by truce-1")
    # The keyboard alone: to the first incident, then through the gaps.
    browser.script("document.getElementById('strip').focus()")
    browser.press("#strip", "Home")
    browser.wait_text("#readout", "observer")
    browser.press("#strip", "Enter")
    browser.wait("the evidence has the focus", lambda: browser.script("return document.activeElement.id") == "evidence-heading")
    browser.script("document.getElementById('strip').focus()")
    browser.press("#strip", "Down")
    browser.wait_text("#readout", "km ")
    browser.press("#strip", "Enter")
    browser.wait_text("#evidence", "Not watched")
    # The same in words.
    browser.script("document.querySelectorAll('#tables details').forEach((details) => { details.open = true; })")
    assert "km·h" in browser.text("#tables") and browser.script("return document.querySelectorAll('#tables tbody tr').length") > 20


def check_live(browser, program):
    open_page(browser, program, f"/line?line={LINE}")
    browser.wait_text("#link", "live")
    browser.wait("marks", lambda: marks(browser) >= 10)
    browser.script("window.untouched = true")
    before = marks(browser)
    now = time.time()
    send(program, [{"kind": "observation", "id": "fresh", "observer": "patrol 9", "means": ["saw"], "what": "flare", "from": iso(now - 120),
                    "sent": iso(now), "stretch": {"line": LINE, "fromKm": 50.2, "toKm": 50.4}}])
    browser.wait("one more mark", lambda: marks(browser) == before + 1)
    assert browser.script("return window.untouched"), "the page was loaded anew"


def check_hostile(browser, program):
    now = time.time()
    send(program, [
        opened("evil", now, now - 7200, 40, 44, name=HOSTILE, link=HOSTILE), contact("evil", now),
        {"kind": "observation", "id": "evil-1", "post": "evil", "observer": HOSTILE, "means": ["saw"], "what": "explosion", "weapon": HOSTILE, "note": HOSTILE,
         "from": iso(now - 600), "sent": iso(now), "stretch": {"line": LINE, "fromKm": 41, "toKm": 41.5}}])
    browser.open(program.base + f"/line?line={LINE}")
    browser.wait_text("#posts", "<img src=x")
    rows = "[...document.querySelectorAll('#tables button')].find((b) => b.closest('tr').textContent.includes('<img'))"
    browser.wait("the incident", lambda: browser.script(f"return Boolean({rows})"))
    browser.script(f"{rows}.click()")
    browser.wait_text("#evidence", "<script>")
    open_page(browser, program, "/post?post=evil")
    browser.wait_text("#post", "<img")
    browser.script("document.querySelector('#check-in [name=note]').value = arguments[0]", HOSTILE)
    browser.script("document.querySelector('#check-in').requestSubmit()")
    wait_received(browser, "<img")
    assert browser.script("return window.owned ?? null") is None, "data was run as markup"
    assert browser.script("return document.querySelectorAll('main img, main script').length") == 0


def check_alerts(browser, program):
    """A missed check-in reaches an open page, and is acknowledged, silenced and resolved by name."""
    open_page(browser, program, f"/line?line={LINE}")
    now = time.time()
    send(program, [opened("late", now, now - 55, 30, 33, name="OP late", schedule={"every": 1, "zone": "UTC"})])
    browser.wait("the alert", lambda: "late" in browser.text("#alerts"), 90)
    badge = "return Number(document.querySelector('.alerts-badge')?.textContent ?? 0)"
    browser.wait("its number in the header", lambda: browser.script(badge) >= 1)
    browser.open(program.base + "/")
    browser.wait("its number in every header", lambda: browser.script(badge) >= 1)
    open_page(browser, program, f"/line?line={LINE}")
    find = "[...document.querySelectorAll('#alerts li[data-alert]')].find((row) => row.textContent.includes('late'))"
    browser.wait("the alert again", lambda: browser.script(f"return Boolean({find})"))
    alert = browser.script(f"return {find}.dataset.alert")
    browser.script("localStorage.removeItem('truce-name'); document.getElementById('name').value = ''")
    browser.script(f"{find}.querySelector('button').click()")
    browser.wait_text("#alert-words", "Give your name first")
    browser.press("#name", "Anna")
    row = f"document.querySelector('#alerts li[data-alert=\"{alert}\"]')"
    browser.script(f"{row}.querySelector('button').click()")
    browser.wait_text("#alert-words", "Acknowledged by Anna")
    browser.wait("acknowledged", lambda: browser.script(f"return {row}?.textContent.includes('acknowledged by Anna')"))
    browser.script(f"const choice = {row}.querySelector('select'); choice.value = '2'; choice.dispatchEvent(new Event('change'))")
    browser.wait("silenced", lambda: browser.script(f"return {row}?.textContent.includes('silenced until')"))
    browser.script(f"[...{row}.querySelectorAll('button')].find((b) => b.textContent === 'Resolve').click()")
    browser.wait("resolved", lambda: not browser.script(f"return Boolean({row})"))
    history = get(program.base, f"/api/alerts/{alert}")["history"]
    done = [change["act"] for change in history if change["by"] == "Anna"]
    assert done == ["acknowledged", "silenced", "resolved"], history
    now = time.time()
    send(program, [{"kind": "post", "id": "late-closed", "post": "late", "act": "closed", "at": iso(now), "source": "the test", "sent": iso(now)}])


def check_hand_over(browser, program):
    open_page(browser, program, f"/line?line={LINE}")
    browser.click("#hand-over")
    for field, name in [("by", "Anna"), ("to", "Boris")]:
        browser.script("document.getElementById(arguments[0]).value = ''", f"hand-over-{field}")
        browser.press(f"#hand-over-{field}", name)
    browser.click("#hand-over-done")
    browser.wait_text("#hand-over-content", "Posts not on watch")
    browser.press("#hand-over-by-key", private(KEYS["Anna"]))
    browser.press("#hand-over-to-key", private(KEYS["Anna"]))
    browser.click("#hand-over-done")
    browser.wait_text("#hand-over-words", "signatures do not hold")
    browser.script("document.getElementById('hand-over-to-key').value = arguments[0]", private(KEYS["Boris"]))
    browser.click("#hand-over-done")
    browser.wait_text("#alert-words", "Handed over by Anna to Boris, signed by both")
    assert browser.script("return document.getElementById('name').value") == "Boris"
    browser.wait_text("#hand-over-last", "Boris has the watch, handed over by Anna, signed by both")


def check_tracks(browser, program):
    """What moves is told by its track, and neither the page nor the answers give a position away."""
    now = time.time()
    send(program, [{"kind": "observation", "id": f"radar-{index}", "observer": "radar", "what": "drone", "means": ["radar"], "track": "d-7",
                    "from": iso(now - 600 + index * 60), "position": {"latitude": 0.2, "longitude": 0.1 + index * 0.06, "accuracyMetres": 150}}
                   for index in range(5)])
    open_page(browser, program, f"/line?line={LINE}")
    browser.wait_text("#tracks", "d-7 came into square")
    browser.wait_text("#tracks", "watched")
    browser.wait_text("#alerts", "d-7 came into square")
    assert "accuracyMetres" not in json.dumps([get(program.base, path) for path in ("/api/tracks", "/api/entries", "/api/observations/radar-2", "/api/alerts")])


def fill_observation(browser, note):
    browser.click("#tab-observation")
    browser.script("""
      const form = document.getElementById('observation');
      for (const [name, value] of [['what', 'explosion'], ['means', 'heard'], ['means', 'saw'], ['assessment', 'incoming'], ['count', 'about']]) {
        form.querySelector(`[name=${name}][value=${value}]`).click();
      }
      const values = { number: 5, bearingFrom: 80, bearingTo: 120, rangeFrom: 2, rangeTo: 4.5, travelFrom: 270, note: arguments[0] };
      for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
      form.dispatchEvent(new Event('input', { bubbles: true }));""", note)


def check_offline(browser, program):
    """Filled in and reloaded without a link, records arrive once when it is back."""
    open_page(browser, program, "/post?post=op-2")
    browser.wait_text("#device", "This page opens without a link")
    browser.wait_text("#post-words", "river-line km")
    program.stop()
    browser.script("document.querySelector('#check-in [name=visibility][value=\"2000\"]').click()")
    browser.script("document.querySelector('#check-in .restriction[data-kind=dark] [name=restriction]').click()")
    browser.script("document.querySelector('#check-in [name=note]').value = 'made without a link'")
    browser.script("document.querySelector('#check-in').requestSubmit()")
    browser.wait_text("#queue-words", "1 waiting")
    fill_observation(browser, "seen without a link")
    browser.wait_text("#observation .reading", "saw and heard about 4 to 7 explosions, incoming, bearing 80° to 120°, 2 to 4.5 km away, travelling from 270°")
    browser.script("document.getElementById('observation').requestSubmit()")
    browser.wait_text("#queue-words", "2 waiting")
    browser.wait_text("#link", "no link since")
    # The device restarts the page without a link: it opens, knows its post, and holds the queue.
    browser.open(program.base + "/post")
    browser.wait_text("#queue-words", "2 waiting")
    assert browser.script("return document.getElementById('post').value") == "op-2"
    # The first answer is lost on the way: the records are sent again and are stored once.
    browser.script("""
      const real = window.fetch; let lost = 0;
      window.fetch = async (...call) => {
        const answer = await real(...call);
        if (String(call[0]).includes('watch/records') && lost++ === 0) throw new TypeError('lost');
        return answer;
      };""")
    program.start()
    browser.wait_text("#queue-words", "nothing waits", 60)
    browser.wait("receipts", lambda: browser.script("return document.querySelectorAll('#queue [data-state=sent]').length") >= 2)
    found = stored(program, lambda entry: "without a link" in json.dumps(entry["content"]) and entry["key"] == "op-2")
    assert sorted(entry["content"]["note"] for entry in found) == ["made without a link", "seen without a link"], found
    numbers = sorted(entry["content"]["number"] for entry in found)
    assert numbers[1] == numbers[0] + 1, numbers
    checkin = next(entry["content"] for entry in found if entry["kind"] == "check-in")
    assert checkin["visibilityMetres"] == 2000 and checkin["restrictions"] == [{"kind": "dark"}] and checkin["sent"], checkin
    contacts = stored(program, lambda entry: entry["key"] == "op-2" and entry["content"].get("contact"))
    assert len(contacts) >= 2, "no clock reading of the attempts"
    # What was made offline counts on the Line page.
    board = {post["post"]: post for post in get(program.base, "/api/posts")["posts"]}
    assert board["op-2"]["restrictions"][0]["kind"] == "dark", board["op-2"]


def check_signed(browser, program):
    """A key that never leaves the browser signs what the server then accepts; without it nothing counts."""
    open_page(browser, program, "/post?post=op-3")
    browser.script("document.getElementById('key-group').open = true")
    browser.wait_text("#key-words", "holds no key")
    browser.click("#key-make")
    browser.wait_text("#key-words", "Public key")
    key = browser.text("#key-words").split()[-1]
    now = time.time()
    send(program, [{"kind": "post", "id": "op-3-key", "post": "op-3", "act": "moved", "at": iso(now), "source": "the test", "publicKey": key,
                    "sent": iso(now)}])
    fill_observation(browser, "Şuşa, “quoted” \\ back\tslash é")
    browser.script("document.getElementById('observation').requestSubmit()")
    row = wait_received(browser, "Şuşa")
    assert "signed" in row and "does not count" not in row, row
    answer = send(program, [{"kind": "check-in", "id": "op-3-unsigned", "post": "op-3", "at": iso(now), "sent": iso(now)}])
    assert "not signed" in answer[0]["warning"], answer
    # A key of another tool gives the same public key here.
    derived = browser.script(
        "return import('/record.js').then((record) => record.importKey(arguments[0])).then((made) => made.publicKey)", private(KEYS["Anna"]))
    assert derived == public(KEYS["Anna"]), derived


def check_refused(browser, program):
    """What the desk refuses is shown with its reason until a person has read it; the rest goes through."""
    open_page(browser, program, "/post?post=op-4")
    browser.script(
        "const record = {id: 'r', post: 'op-4', observer: 'x', what: 'thunder', from: '2026-01-01T00:00:00Z'};"
        "return import('/queue.js').then((queue) => queue.add('observation', record, Date.now()))")
    browser.script("document.querySelector('#check-in').requestSubmit()")
    browser.wait_text("#queue", "thunder")
    browser.wait_text("#queue-words", "1 refused")
    browser.wait_text("#queue-words", "nothing waits")
    browser.click("#queue [data-state=refused] button")
    browser.wait("it is gone", lambda: browser.script("return document.querySelectorAll('#queue [data-state=refused]').length") == 0)
    # What is wrong is said at the field before anything is kept.
    browser.click("#tab-observation")
    browser.script("document.getElementById('observation').requestSubmit()")
    browser.wait_text("#observation .form-words", "Choose what was observed")


def check_clock(browser, program):
    """A clock that went back was set: what is recorded from then on says so, and keeps its own time."""
    open_page(browser, program, "/post?post=op-5")
    settings = browser.script(
        "const real = Date.now; Date.now = () => real() - 3_600_000;"
        "return import('/clock.js').then(async (clock) => { const before = clock.setting(); await clock.follow(() => {}); return [before, clock.setting()]; })")
    assert settings[1] == settings[0] + 1, settings
    browser.script("document.querySelector('#check-in [name=note]').value = 'an hour behind'")
    browser.script("document.querySelector('#check-in').requestSubmit()")
    wait_received(browser, "an hour behind")
    found = stored(program, lambda entry: entry["content"].get("note") == "an hour behind")
    assert [entry["content"]["clock"] for entry in found] == [settings[1]], found
    # The desk puts it right by the whole hour.
    board = {post["post"]: post for post in get(program.base, "/api/posts")["posts"]}
    assert board["op-5"]["clockMinutes"] == 60, board["op-5"]


def check_zones(browser, program):
    """Wall clocks of zones, through both changes of clock, against values worked out by hand."""
    cases = [
        ("2020-12-01T06:30", "Asia/Baku", "2020-12-01T02:30:00.000Z"), ("2020-12-01T06:30", "+04:00", "2020-12-01T02:30:00.000Z"),
        ("2020-12-01T06:30", "Z", "2020-12-01T06:30:00.000Z"), ("2020-10-25T02:30", "Europe/Paris", "2020-10-25T00:30:00.000Z"),
        ("2020-03-29T02:30", "Europe/Paris", "2020-03-29T01:30:00.000Z"), ("2020-07-01T00:00", "America/New_York", "2020-07-01T04:00:00.000Z"),
        ("2020-07-01T00:00", "-03:30", "2020-07-01T03:30:00.000Z"),
    ]
    for wall, zone, instant in cases:
        found = browser.script(
            "return import('/zone.js').then((zone) => new Date(zone.fromWall(arguments[0], arguments[1])).toISOString())", wall, zone)
        assert found == instant, (wall, zone, found, instant)
    text = browser.script(
        "return import('/record.js').then((record) => record.canonical({b: [1, 2.5, 1e21, 1e-7], a: {z: 'é\\n\"', y: true}, 'é': 0}))")
    assert text == '{"a":{"y":true,"z":"é\\n\\""},"b":[1,2.5,1e+21,1e-7],"é":0}', text


def check_kept(browser, program):
    """The worker keeps every file that the Post page loads, and no other."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Pages")

    def read(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()

    needed, left = set(), ["post.js"]
    while left:
        name = left.pop()
        if name not in needed:
            needed.add(name)
            left += re.findall(r'from "\./([^"]+)"', read(name))
    needed |= set(re.findall(r'(?:href|src)="/([a-z-]+\.(?:css|js|svg|webmanifest))"', read("post.html"))) | {"post"}
    kept = set(re.findall(r'"/([^"]+)"', re.search(r"const files = \[(.*?)\]", read("post-worker.js"), re.DOTALL).group(1)))
    assert kept == needed, kept ^ needed


def check_accessible(browser, program):
    for path in [f"/line?line={LINE}", "/post"]:
        open_page(browser, program, path)
        nameless = browser.script(
            "return [...document.querySelectorAll('button, input, select, [role=application]')].filter((e) => !(e.textContent.trim() || "
            "e.getAttribute('aria-label') || e.labels?.length)).map((e) => e.outerHTML.slice(0, 120))")
        assert nameless == [], f"{path}: controls without a name: {nameless}"
        for width in [1440, 400]:
            browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
                "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}})
            time.sleep(0.4)
            overflow = browser.script("return document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, f"{path}: {overflow} px wider than its window of {width} px"
        browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.clearDeviceMetricsOverride", "params": {}})
    open_page(browser, program, f"/line?line={LINE}")
    browser.wait("marks", lambda: marks(browser) >= 10)
    browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}})
    shown = browser.script("return ['.line-controls', '.pages', '.actions', '#strip svg', '#counts table'].map((part) => "
                           "[part, (document.querySelector(part)?.getClientRects().length ?? 0) > 0])")
    browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": ""}})
    assert dict(shown) == {".line-controls": False, ".pages": False, ".actions": False, "#strip svg": True, "#counts table": True}, shown


CHECKS = [check_unwatched, check_line, check_evidence, check_live, check_hostile, check_alerts, check_hand_over, check_tracks, check_offline, check_signed,
          check_refused, check_clock, check_zones, check_kept, check_accessible]


def pictures(browser, program, folder):
    for name, width, height, media in [("wide", 1440, 1000, ""), ("narrow", 412, 900, ""), ("print", 1123, 794, "print")]:
        browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": media}})
        for page in ["line", "post"]:
            browser.command("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}})
            open_page(browser, program, f"/{page}")
            time.sleep(1)
            browser.screenshot(os.path.join(folder, f"{page}-{name}.png"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--shots", help="a folder for pictures of the pages")
    parser.add_argument("--only", help="the name of one check")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="watch-test-") as folder:
        case = os.path.join(folder, "case")
        subprocess.run([options.program, "init", case], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(case, "watch.json"), "w", encoding="utf-8") as file:
            json.dump({"people": {name: public(key) for name, key in KEYS.items()}, "tracks": {"square": ["inside"]}}, file)
        with open(os.path.join(case, "places.yaml"), "a", encoding="utf-8") as file:
            file.write("  - {id: square, kind: zone, names: [the square], definitions: [{polygon: [[0.2, 0.1], [0.4, 0.1], [0.4, 0.3], [0.2, 0.3], "
                       "[0.2, 0.1]], accuracyMetres: 200, source: schematic, licence: CC0-1.0, schematic: true}]}\n")
        program = Program([options.program, "serve", "--case", case, "--ledger", "{folder}/watch.db", "--port", "{port}"], folder)
        try:
            with Browser() as browser:
                for check in [check for check in CHECKS if options.only in (None, check.__name__[6:])]:
                    try:
                        check(browser, program)
                        print(f"ok      {check.__name__[6:]}", flush=True)
                    except AssertionError as error:
                        failed += 1
                        print(f"FAILED  {check.__name__[6:]}: {error}", flush=True)
                        if options.shots:
                            browser.screenshot(os.path.join(options.shots, check.__name__ + ".png"))
                # A hand-over that is refused is an error in the console too.
                complaints = browser.complaints(excused=["422"])
                if complaints:
                    failed += 1
                    print(f"FAILED  console: {complaints}")
                if options.shots:
                    pictures(browser, program, options.shots)
        finally:
            if program.process.poll() is None:
                program.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
