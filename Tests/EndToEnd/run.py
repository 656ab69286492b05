#!/usr/bin/env python3
"""End to end: the real program on temporary ledgers, as a person would call it.

usage: run.py PROGRAM [TEST ...]
"""
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

PROGRAM = str(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else "truce"
ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "Cases" / "karabakh-2020" / "reports"
REAL = ROOT.parent / "shared" / "reports" / "lachin-2020-12-01.txt"

OWN = """---
source: Defence Ministry of Azerbaijan
published: 2020-12-01
---
Units of the Azerbaijani army entered the Lachin district in the early hours of December 1.

The Kalbajar district was handed over to Azerbaijan on November 25.
"""


class Program(unittest.TestCase):
    """A temporary folder, and the program in it."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)
        self.ledger = str(self.path / "ledger.db")

    def call(self, *words, stdin=b"", code=0, env=None, cwd=None):
        environment = {name: value for name, value in os.environ.items() if name != "TRUCE_LEDGER"}
        environment |= {"XDG_DATA_HOME": self.folder.name, "NO_COLOR": "1", "COLUMNS": "120", **(env or {})}
        run = subprocess.run([PROGRAM, *map(str, words)], input=stdin, capture_output=True, env=environment,
                             cwd=cwd or self.folder.name, timeout=120)
        self.assertEqual(run.returncode, code, f"{words}\n{run.stdout.decode()[-2000:]}\n{run.stderr.decode()[-2000:]}")
        return run.stdout.decode(), run.stderr.decode()

    def ingest(self, *names, **options):
        return self.call("ingest", "--ledger", self.ledger, *names, **options)

    def situation(self, *words):
        out, _ = self.call("situation", "--ledger", self.ledger, "--json", *words)
        return json.loads(out)

    def write(self, name, text):
        path = self.path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def size(self):
        out, _ = self.ingest("-", "--json", "--source", "probe", "--published", "2020-12-01", stdin=b"Nothing new was said.\n")
        return json.loads(out)["size"]


def held(situation, place):
    return next(c for c in situation["control"] if c["place"] == place)


def commitment(situation, place, act):
    return next(c for c in situation["commitments"] if c.get("place") == place and c["act"] == act)


class OwnReport(Program):
    def setUp(self):
        super().setUp()
        self.report = self.write("own.txt", OWN)

    def test_a_report_changes_the_situation_from_its_day_on(self):
        self.ingest(self.report)
        before = self.situation("--on", "2020-11-24")
        after = self.situation("--on", "2020-12-01")
        self.assertNotEqual(held(before, "kalbajar-district")["holder"], "AZE")
        self.assertEqual(held(after, "kalbajar-district")["holder"], "AZE")
        self.assertEqual(held(after, "lachin-district")["holder"], "AZE")
        self.assertEqual(held(after, "lachin-district")["standing"], "claimed")

    def test_what_was_known_before_the_report_shows_nothing_of_it(self):
        self.ingest(self.report)
        earlier = self.situation("--on", "2020-12-01", "--known", "2020-12-01")
        none = self.situation("--on", "2020-12-01", "--known", "0")
        for situation in (earlier, none):
            self.assertNotEqual(held(situation, "lachin-district")["holder"], "AZE")

    def test_what_had_been_said_before_the_report_shows_nothing_of_it(self):
        self.ingest(self.report)
        self.assertNotEqual(held(self.situation("--on", "2020-12-01", "--said", "2020-11-30"), "lachin-district")["holder"], "AZE")

    def test_rules_of_evidence_differ(self):
        self.ingest(self.report)
        claimed = self.situation("--on", "2020-12-01", "--according-to", "party:AZE")
        conceded = self.situation("--on", "2020-12-01", "--according-to", "against-interest")
        self.assertEqual(held(claimed, "lachin-district")["holder"], "AZE")
        self.assertNotEqual(held(conceded, "lachin-district")["holder"], "AZE")

    def test_the_same_report_twice_is_harmless(self):
        self.ingest(self.report)
        first = self.situation("--on", "2020-12-01")
        out, _ = self.ingest(self.report)
        self.assertIn("in the ledger already", out)
        self.assertEqual(first, self.situation("--on", "2020-12-01"))

    def test_a_reprint_is_one_origin(self):
        words = "The Kalbajar district was handed over to Azerbaijan on November 25, officials in the region told reporters that evening. " \
            "Long columns of cars and lorries had been moving over the pass towards Vardenis for more than ten days before, in snow and fog, " \
            "with furniture, cattle and whatever else could be loaded, and many of the drivers waited for several hours at the top of the road.\n"
        first = self.write("first.txt", "---\nsource: Caucasus Wire\npublished: 2020-11-26\n---\n" + words)
        second = self.write("second.txt", "---\nsource: Reuters\npublished: 2020-11-26\n---\n" + words)
        out, _ = self.ingest(first, second)
        self.assertIn("a copy of", out)
        self.assertEqual(held(self.situation("--on", "2020-12-01"), "kalbajar-district")["origins"], 1)

    def test_standard_input_and_several_files(self):
        out, _ = self.ingest("-", stdin=OWN.encode())
        self.assertIn("claims", out)
        out, _ = self.ingest(*sorted(SAMPLES.glob("*.txt"))[:3])
        self.assertEqual(len(out.splitlines()), 3)

    def test_an_address_is_fetched(self):
        page = "<!doctype html><title>t</title><script>alert(1)</script><p>The Kalbajar district was handed over to Azerbaijan on November 25.</p>"

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                found = self.path == "/page"
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        self.ingest(address + "/page", "--published", "2020-12-01", "--source", "TASS")
        self.assertEqual(held(self.situation("--on", "2020-12-01"), "kalbajar-district")["holder"], "AZE")
        _, err = self.ingest(address + "/none", code=1)
        self.assertIn("404", err)
        _, err = self.ingest("http://127.0.0.1:9/", code=1)
        self.assertEqual(len(err.strip().splitlines()), 1)

    def test_every_claim_of_read_quotes_its_bytes(self):
        out, _ = self.call("read", "--case", "karabakh-2020", "--json", self.report)
        body = self.report.read_bytes()
        claims = [json.loads(line) for line in out.splitlines()]
        self.assertGreaterEqual(len(claims), 2)
        for claim in claims:
            span = claim["span"]
            self.assertTrue(0 <= span["start"] < span["end"] <= len(body))
            self.assertIn(body[span["start"]:span["end"]].decode().strip()[:20], OWN)
        text, _ = self.call("read", "--case", "karabakh-2020", self.report)
        self.assertIn("entered the Lachin district", text)
        self.assertFalse(Path(self.ledger).exists())

    def test_read_is_a_worker_over_lines(self):
        lines = [json.dumps({"id": f"r{i}", "text": OWN, "source": "TASS"}) for i in range(40)]
        lines[7] = '{"id": "broken"'
        out, _ = self.call("read", "--json", "--case", "karabakh-2020", stdin="\n".join(lines).encode())
        rows = [json.loads(line) for line in out.splitlines()]
        order = [int(row["report"][1:]) if "report" in row else row["error"]["line"] - 1 for row in rows]
        self.assertEqual(order, sorted(order))
        self.assertEqual(sorted(set(order)), list(range(40)))

    def test_the_map_is_drawn(self):
        self.ingest(self.report)
        out = self.path / "map.svg"
        self.call("map", "--ledger", self.ledger, "--on", "2020-12-01", "-o", out)
        svg = out.read_text()
        self.assertIn("<svg", svg)
        self.assertIn('data-place="kalbajar-district"', svg)

    def test_a_new_case_is_made_and_works(self):
        self.call("init", "northern-line")
        self.call("ingest", "--case", "northern-line", self.report)
        self.assertTrue((self.path / "northern-line" / "truce.db").exists())
        out, _ = self.call("situation", cwd=self.path / "northern-line")
        self.assertIn("Control", out)
        _, err = self.call("init", "northern-line", code=1)
        self.assertIn("is there already", err)

    def test_the_program_finds_its_cases_after_it_was_put_elsewhere(self):
        prefix = self.path / "prefix"
        (prefix / "bin").mkdir(parents=True)
        (prefix / "share").mkdir()
        subprocess.run(["cp", PROGRAM, prefix / "bin" / "truce"], check=True)
        (prefix / "share" / "truce").mkdir()
        for name in ("Cases", "Lexicons", "Pages"):
            subprocess.run(["cp", "-R", ROOT / name, prefix / "share" / "truce" / name], check=True)
        run = subprocess.run([prefix / "bin" / "truce", "read", "--case", "karabakh-2020", "--json", self.report], capture_output=True, cwd="/")
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        self.assertTrue(run.stdout)

    def test_the_demonstration(self):
        out, _ = self.call("demo", "--no-serve", "--ledger", self.ledger)
        self.assertIn("sample reports", out)
        self.assertIn("Kalbajar", out)


class BadInput(Program):
    def refused(self, *words, expects, code=1, stdin=b""):
        """One clear line, the code, and an unchanged ledger."""
        before = self.size()
        _, err = self.ingest(*words, code=code, stdin=stdin)
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        for text in expects:
            self.assertIn(text, err)
        after = self.size()
        self.assertEqual(before, after)

    def test_not_utf8(self):
        self.refused(self.write("latin.txt", b"Caf\xe9 closed"), expects=["latin.txt", "byte 3", "UTF-8"])

    def test_empty(self):
        self.refused(self.write("empty.txt", b""), expects=["empty.txt", "empty"])

    def test_a_gigabyte_of_zeroes(self):
        path = self.path / "zeroes.txt"
        with open(path, "wb") as file:
            file.truncate(1 << 30)
        self.refused(path, expects=["zeroes.txt", "1073741824 bytes"])
        self.refused(self.write("small.txt", bytes(1000)), expects=["small.txt", "byte 0", "NUL"])

    def test_a_file_that_is_not_there(self):
        self.refused(self.path / "none.txt", expects=["none.txt", "No such file"])

    def test_one_bad_file_of_two_leaves_the_ledger_as_it_was(self):
        self.refused(self.write("good.txt", OWN), self.write("bad.txt", b""), expects=["bad.txt"])

    def test_a_broken_line(self):
        self.refused(self.write("r.ndjson", '{"text": "One."}\n{"text": 7}\n'), expects=["r.ndjson:2", "text", "string"])

    def test_usage(self):
        for words in (["situation", "--on", "yesterday"], ["situation", "--according-to", "nobody"], ["situation", "--according-to", "party:XYZ"],
                      ["frobnicate"], ["read", "--json", "--timex"], ["serve", "--port", "70000"], ["situation", "--case", "no-such-case"]):
            self.call(*words, code=2)

    def broken_case(self, name, old, new, expects):
        subprocess.run(["cp", "-R", ROOT / "Cases" / "karabakh-2020", self.path / "case"], check=True)
        path = self.path / "case" / name
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))
        _, err = self.call("situation", "--case", "case", code=1)
        for word in expects:
            self.assertIn(word, err)
        self.assertRegex(err, re.escape(name) + r":\d+:\d+: error: ")

    def test_a_case_with_an_unknown_place(self):
        self.broken_case("agreement.yaml", "place: kalbajar-district", "place: atlantis", ["atlantis"])

    def test_a_case_with_two_commitments_of_one_id(self):
        self.broken_case("agreement.yaml", "id: nk-2020/6b", "id: nk-2020/6a", ["nk-2020/6a", "two of the id"])

    def test_a_case_that_does_not_parse(self):
        self.broken_case("parties.yaml", "role: side", "role: [side", ["parties.yaml"])

    def test_a_ledger_that_is_none(self):
        self.write("ledger.db", "this is no database, it is a text of some length, enough for a header")
        _, err = self.ingest(self.write("own.txt", OWN), code=1)
        self.assertIn("ledger.db", err)
        self.assertEqual(len(err.strip().splitlines()), 1)

    def test_a_ledger_from_a_newer_version(self):
        import sqlite3
        self.ingest(self.write("own.txt", OWN))
        with sqlite3.connect(self.ledger) as database:
            database.execute("PRAGMA user_version = 999")
        _, err = self.ingest(self.write("two.txt", OWN + "\nMore.\n"), code=1)
        self.assertIn("newer", err)
        self.assertEqual(len(err.strip().splitlines()), 1)

    def test_another_cases_ledger(self):
        self.ingest(self.write("own.txt", OWN))
        self.call("init", "other")
        _, err = self.call("situation", "--case", "other", "--ledger", self.ledger, code=1)
        self.assertIn("karabakh-2020", err)

    def test_a_full_disk(self):
        folder = self.path / "full"
        folder.mkdir()
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], capture_output=True).returncode:
            self.skipTest("no right to mount a small disk")
        self.addCleanup(subprocess.run, ["umount", folder], capture_output=True)
        _, err = self.call("ingest", "--ledger", folder / "ledger.db", self.write("big.txt", OWN + os.urandom(400_000).hex()), code=1)
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        self.assertIn("full", err)

    def test_a_port_already_taken(self):
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        self.addCleanup(taken.close)
        port = taken.getsockname()[1]
        _, err = self.call("serve", "--ledger", self.ledger, "--port", port, code=1)
        self.assertIn(str(port), err)
        self.assertEqual(len(err.strip().splitlines()), 1, err)


class Worker(Program):
    """`truce read --json` over streams that a cluster may send."""

    def work(self, lines, *words):
        """The answers by line, and the most memory that the program had, in MB."""
        with open(self.path / "in.ndjson", "wb") as file:
            for line in lines:
                if isinstance(line, tuple):
                    # A long line in pieces: what this process holds at the start would count as the program's.
                    for piece, count in line:
                        for _ in range(count):
                            file.write(piece)
                else:
                    file.write(line if isinstance(line, bytes) else json.dumps(line).encode())
                file.write(b"\n")
        with open(self.path / "in.ndjson", "rb") as source, open(self.path / "out.ndjson", "wb") as target:
            run = subprocess.Popen([PROGRAM, "read", "--json", "--case", "karabakh-2020", *words], stdin=source, stdout=target)
            _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(run.returncode, 0)
        with open(self.path / "out.ndjson", encoding="utf-8") as file:
            return [json.loads(line) for line in file], usage.ru_maxrss / 1024

    @staticmethod
    def report(number, text="Armenian forces shelled Lachin on December 1.", **more):
        return {"id": f"r{number}", "text": text, "published": "2020-12-02", "source": "wire", **more}

    def test_answers_come_in_the_order_of_the_lines(self):
        answers, _ = self.work(self.report(n, "Armenian forces shelled Lachin on December 1.\n\n" * (1 + n * 37 % 50)) for n in range(3000))
        self.assertEqual([answer["report"] for answer in answers], [f"r{n}" for n in range(3000)])

    def test_a_bad_line_is_answered_and_the_next_is_read(self):
        good = self.report(1)
        bad = [b"{", b"[]", b'{"id":"x"}', b'{"text":"\xff"}', b'{"text":"a\\u0000b"}', b"[" * 100_000, b'{"text":3}', b'{"text":" "}']
        answers, _ = self.work([line for pair in zip(bad, [good] * len(bad)) for line in pair])
        self.assertEqual([("error" in answer) for answer in answers], [True, False] * len(bad), answers[:4])
        self.assertEqual([answer["error"]["line"] for answer in answers if "error" in answer], list(range(1, 2 * len(bad), 2)))

    def test_memory_does_not_grow_with_the_stream_nor_with_a_line(self):
        report = self.report(1, "Armenian forces shelled Lachin on December 1. The army left Agdam, the ministry said. " * 400)
        answers, memory = self.work(report for _ in range(600))
        self.assertGreater(len(answers), 600)
        self.assertLess(memory, 64)
        answers, memory = self.work([((b'{"text":"', 1), (b"word " * 20_000, 1000), (b'"}', 1)), self.report(2)])
        self.assertEqual([("error" in answer) for answer in answers], [True, False])
        self.assertLess(memory, 64)

    def test_strange_texts_are_read_in_their_time(self):
        for piece in ("\u201c", "(", '"he said ', "\u0628\u0627\u0643\u0648 ", "\u202e", "of the army ", "a", "Lachin and ", "\n"):
            began = time.perf_counter()
            answers, memory = self.work([self.report(1, "A" + piece * (1_000_000 // len(piece.encode()))), self.report(2)])
            self.assertEqual(answers[-1]["report"], "r2")
            self.assertLess(memory, 64, piece)
            self.assertLess(time.perf_counter() - began, 30, piece)


class Served(Program):
    def setUp(self):
        super().setUp()
        self.ingest(self.write("own.txt", OWN))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = subprocess.Popen([PROGRAM, "serve", "--ledger", self.ledger, "--port", str(self.port)], stderr=subprocess.PIPE)
        self.addCleanup(self.stop)
        for _ in range(200):
            try:
                self.get("/healthz")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)

    def stop(self):
        self.server.terminate()
        self.server.wait(20)
        self.server.stderr.close()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def test_the_interface_answers_what_the_program_answers(self):
        served = json.loads(self.get("/api/situation?on=2020-12-01"))
        self.assertEqual(held(served, "lachin-district")["holder"], "AZE")
        self.assertIn("<svg", self.get("/api/map.svg?on=2020-12-01"))
        self.assertIn("openapi", self.get("/openapi.json"))
        reports = json.loads(self.get("/api/reports"))
        self.assertTrue(reports)

    def test_what_a_second_writer_would_write_is_sent_to_the_desk(self):
        out, err = self.ingest(self.write("two.txt", OWN + "\nThe Agdam district was handed over to Azerbaijan on November 20.\n"))
        self.assertIn("holds this ledger", err)
        self.assertIn("claims", out)
        self.assertEqual(held(json.loads(self.get("/api/situation?on=2020-12-01")), "agdam-district")["holder"], "AZE")
        _, err = self.call("sign", "--key", "key", "--new", "example.org/log", "--ledger", self.ledger, code=1)
        self.assertIn("ledger.db", err)

    def test_a_report_posted_is_heard_on_the_event_stream(self):
        heard = []

        def listen():
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/events", timeout=20) as stream:
                for line in stream:
                    if line.startswith(b"id:"):
                        heard.append(line)
                        return

        thread = threading.Thread(target=listen)
        thread.start()
        time.sleep(0.5)
        body = b"The Agdam district was handed over to Azerbaijan on November 20.\n"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/reports?source=TASS&published=2020-12-02", data=body,
                                         headers={"Content-Type": "text/plain"}, method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            self.assertIn(answer.status, (200, 201))
        thread.join(20)
        self.assertTrue(heard)
        served = json.loads(self.get("/api/situation?on=2020-12-02"))
        self.assertEqual(held(served, "agdam-district")["holder"], "AZE")


class LedgersOwnAffairs(Program):
    def setUp(self):
        super().setUp()
        self.ingest(*sorted(SAMPLES.glob("*.txt")))

    def test_a_log_goes_out_and_comes_back_byte_for_byte(self):
        self.call("export", "--log", "--ledger", self.ledger, "-o", "log.ndjson")
        self.call("import", "--log", "log.ndjson", "--ledger", "copy.db")
        self.call("export", "--log", "--ledger", "copy.db", "-o", "again.ndjson")
        self.assertEqual((self.path / "log.ndjson").read_bytes(), (self.path / "again.ndjson").read_bytes())
        out, _ = self.call("compare", "copy.db", "--ledger", self.ledger)
        self.assertIn("the same log", out)
        self.call("ingest", "--ledger", "copy.db", self.write("own.txt", OWN))
        out, _ = self.call("compare", "copy.db", "--ledger", self.ledger)
        self.assertIn("beginning of the second", out)

    def test_a_signed_ledger_that_was_changed_is_found(self):
        import sqlite3
        _, err = self.call("sign", "--key", "key", "--new", "example.org/log", "--ledger", self.ledger)
        key = err.strip().split("verifier key: ")[1]
        out, _ = self.call("verify", "--derived", "--key", key, "--ledger", self.ledger)
        self.assertIn("intact", out)
        with sqlite3.connect(self.ledger) as database:
            table, column = next(
                (table, column[1]) for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for column in database.execute(f"PRAGMA table_info({table})").fetchall() if table == "entries" and column[1] == "content")
            row = database.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid LIMIT 1 OFFSET 3").fetchone()
            text = row[1] if isinstance(row[1], bytes) else row[1].encode()
            changed = text.replace(b"a", b"e", 1)
            database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed if isinstance(row[1], bytes) else changed.decode(), row[0]))
        _, err = self.call("verify", "--key", key, "--ledger", self.ledger, code=1)
        self.assertIn("fault", err)

    def test_a_backup_is_restored(self):
        self.call("backup", "backup.db", "--ledger", self.ledger)
        self.call("restore", "backup.db", "--ledger", "restored.db")
        out, _ = self.call("compare", "restored.db", "--ledger", self.ledger)
        self.assertIn("the same log", out)
        self.call("restore", "backup.db", "--ledger", self.ledger, code=1)

    def test_a_body_is_erased_and_the_log_still_verifies(self):
        report = sorted(SAMPLES.glob("*.txt"))[0].read_bytes()
        import hashlib
        digest = hashlib.sha256(report).hexdigest()
        self.call("redact", digest, "--by", "A. Officer", "--reason", "a name", "--ledger", self.ledger)
        out, _ = self.call("verify", "--derived", "--ledger", self.ledger)
        self.assertIn("1 texts erased", out)
        self.call("redact", "00" * 32, "--by", "A. Officer", "--reason", "none", "--ledger", self.ledger, code=1)


class Questions(Program):
    def setUp(self):
        super().setUp()
        self.ingest(*sorted(SAMPLES.glob("*.txt")))

    def test_where_the_sides_disagree(self):
        out, _ = self.call("diff", "--ledger", self.ledger, "--on", "2020-12-15", "--according-to", "party:AZE", "--against", "party:ARM", "--json")
        difference = json.loads(out)
        self.assertIn("lachin-district", {place["place"] for place in difference["control"]})
        self.call("diff", "--ledger", self.ledger, code=2)

    def test_a_party_that_suspends_and_renounces_by_a_persons_word(self):
        def words():
            out, _ = self.call("commitments", "--ledger", self.ledger, "--on", "2020-12-15", "--json")
            return {point["word"] for point in map(json.loads, out.splitlines()) if point["id"].startswith("nk-2020/")}
        before = words()
        entry = ["rule", "enter", "--by", "A. Officer", "--type", "agreement_signed", "--who", "ARM", "--speaker", "ARM", "--ledger", self.ledger]
        out, _ = self.call(*entry, "--act", "suspend", "--when", "2020-12-10")
        self.assertEqual(words(), {"suspended"})
        self.call(*entry, "--act", "resume", "--when", "2020-12-12")
        self.assertEqual(words(), before)
        out, _ = self.call(*entry, "--act", "renounce", "--when", "2020-12-14")
        self.assertEqual(words(), {"withdrawn by ARM"})
        claim = out.split()[1]
        out, _ = self.call("rule", "correct", claim, "--when", "2020-12-16", "--by", "A. Officer", "--reason", "a slip", "--ledger", self.ledger)
        self.assertEqual(words(), before)
        self.call("rule", "retract", claim, "--by", "A. Officer", "--ledger", self.ledger)
        self.assertEqual(words(), before)
        self.call("rule", "retract", "nothing", "--by", "A. Officer", "--ledger", self.ledger, code=1)
        self.call(*entry, "--act", "suspend", "--place", "atlantis", code=2)

    def test_a_places_history(self):
        out, _ = self.call("history", "kalbajar-district", "--ledger", self.ledger, "--on", "2020-12-15", "--json")
        holders = [step["holder"] for step in json.loads(out)["transitions"]]
        self.assertIn("AZE", holders)
        self.call("history", "atlantis", "--ledger", self.ledger, code=2)

    def test_the_forecast_names_the_bottleneck_before_the_deadline(self):
        out, _ = self.call("forecast", "--ledger", self.ledger, "--on", "2020-11-12")
        self.assertIn("kalbajar-pass", out)
        self.assertIn("at risk", out)

    def test_a_simulated_line_loses_nothing(self):
        first, _ = self.call("simulate", "--seed", "7", "--count", "1", "--json")
        again, _ = self.call("simulate", "--seed", "7", "--count", "1", "--json")
        self.assertEqual(first, again)
        self.assertTrue(json.loads(first))

    def test_every_part_and_format_prints(self):
        for part in ("commitments", "incidents", "exchanges", "history"):
            out, _ = self.call(part, "--ledger", self.ledger, "--on", "2020-12-15")
            self.assertTrue(out.strip(), part)
        for name in ("atom", "cap", "csv", "geojson", "ics", "json", "kml", "svg", "text"):
            out, _ = self.call("export", name, "--ledger", self.ledger, "--on", "2020-12-15")
            self.assertTrue(out.strip(), name)
            if name in ("atom", "cap", "kml", "svg"):
                import xml.dom.minidom
                xml.dom.minidom.parseString(out)
            if name in ("json", "geojson"):
                json.loads(out)


class Watch(Program):
    """Posts, check-ins, observations, incidents, coverage and alerts, by the commands and through the desk."""

    POST = ("--source", "mission", "--at", "2020-11-20T02:00:00Z", "--stretch", "contact-line:20-28", "--every", "30", "--grace", "300")

    def post(self, *words, **options):
        return self.call("post", *words, "--ledger", self.ledger, "--queue", self.path / "queue", **options)

    def start(self, settings=None, env=None, ledger=None):
        """Serves the ledger; answers with the process once it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = [PROGRAM, "serve", "--ledger", ledger or self.ledger, "--port", str(self.port)]
        if settings is not None:
            words += ["--settings", str(self.write("watch.json", json.dumps(settings)))]
        server = subprocess.Popen(words, stderr=subprocess.DEVNULL, env={**os.environ, "XDG_DATA_HOME": self.folder.name, **(env or {})})
        self.addCleanup(self.stop, server)
        for _ in range(400):
            try:
                self.get("/healthz")
                return server
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        self.fail("the desk does not answer")

    def stop(self, server, number=signal.SIGTERM):
        if server.poll() is None:
            server.send_signal(number)
            server.wait(20)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def ask(self, path, body=None):
        data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return json.loads(error.read())

    def wait(self, found, seconds=10):
        end = time.time() + seconds
        while time.time() < end:
            result = found()
            if result:
                return result
            time.sleep(0.1)
        self.fail("it did not come in time")

    def test_the_watch_by_the_commands(self):
        self.post("open", "op-3", *self.POST, "--name", "Bridge")
        _, err = self.post("check-in", "op-3", "--at", "2020-11-20T02:30:00Z", "--visibility", "9000")
        self.assertEqual(err, "")
        self.post("check-in", "op-3", "--at", "2020-11-20T03:00:00Z", "--restriction", "dark@contact-line:26-28")
        for observer, at in (("patrol", "2020-11-20T02:41:00Z"), ("camera", "2020-11-20T02:42:00Z")):
            self.post("observe", "op-3", "--what", "explosion", "--count", "3", "--means", "heard", "--observer", observer, "--from", at,
                      "--stretch", "contact-line:22-23")
        out, _ = self.call("watch", "--once", "--ledger", self.ledger)
        self.assertIn("Bridge", out)
        on = ("--ledger", self.ledger, "--on", "2020-11-20T03:10:00Z")
        out, _ = self.call("incidents", *on, "--json")
        incident, total = (json.loads(line) for line in out.splitlines())
        self.assertEqual((len(incident["members"]), incident["rules"]), (2, "truce-1"))
        self.assertEqual((total["count"]["number"], total["count"]["rules"]), (1, "truce-1"))
        self.assertIn("watched", total["coverage"])
        self.assertIn("rate", total)
        out, _ = self.call("incidents", *on)
        self.assertIn("counted by truce-1", out)
        self.assertIn("watched kilometre-day", out)
        out, _ = self.call("coverage", *on, "--from", "2020-11-20T02:00:00Z", "--json")
        report = json.loads(out)
        self.assertAlmostEqual(report["kmHours"]["watched"], 8 * 0.5 + 6 * 0.5, places=6)
        self.assertAlmostEqual(report["kmHours"]["dark"], 2 * 0.5, places=6)
        self.assertIn("dark", self.call("coverage", *on)[0])
        # A ruling keeps them apart, and is taken back.
        out, _ = self.call("incidents", "--split", ",".join(incident["members"]), "--by", "Anna", "--reason", "two bangs", "--ledger", self.ledger)
        count = lambda: json.loads(self.call("incidents", *on, "--json")[0].splitlines()[-1])["count"]["number"]
        self.assertEqual(count(), 2)
        self.call("incidents", "--undo", out.split()[1], "--by", "Anna", "--ledger", self.ledger)
        self.assertEqual(count(), 1)
        for words in (("open", "op-4", "--source", "m", "--every", "0"), ("check-in", "op-3", "--restriction", "tired"),
                      ("observe", "op-3", "--what", "explosion", "--count", "many"), ("open", "op-4", "--source", "m", "--stretch", "28-20")):
            self.post(*words, code=2)

    def test_a_posts_life(self):
        self.post("open", "op-3", *self.POST)
        self.post("stand-down", "op-3", "--source", "mission", "--until", "2999-01-01")
        board = lambda: json.loads(self.call("watch", "--json", "--ledger", self.ledger)[0].splitlines()[0])
        self.assertEqual(board()["word"], "stood down")
        self.post("move", "op-3", "--source", "mission", "--stretch", "contact-line:30-40")
        self.assertEqual(board()["stretches"][0]["fromKm"], 30)
        self.post("close", "op-3", "--source", "mission")
        self.assertEqual(board()["word"], "closed")

    def test_records_wait_while_the_desk_is_away_and_arrive_once(self):
        key = self.call("post", "make-key", "op.key")[0].strip()
        self.post("open", "op-3", *self.POST, "--public-key", key)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            away = f"http://127.0.0.1:{probe.getsockname()[1]}"
        for minute in (30, 31):
            _, err = self.post("check-in", "op-3", "--at", f"2020-11-20T02:{minute}:00Z", "--key", "op.key", "--server", away)
            self.assertIn("wait", err)
        self.start()
        here = f"http://127.0.0.1:{self.port}"
        out, _ = self.post("send", "op-3", "--key", "op.key", "--server", here)
        self.assertIn("2 records", out)
        self.assertIn("Nothing waits", self.post("send", "op-3", "--server", here)[0])
        _, err = self.post("check-in", "op-3", "--server", here)
        self.assertIn("not signed", err)
        # Without an address the ledger's own desk is found.
        out, _ = self.post("check-in", "op-3", "--key", "op.key")
        self.assertIn("1 record", out)
        post = self.ask("/api/posts")["posts"][0]
        self.assertNotIn("missingNumbers", post)
        entries = [e for e in self.ask("/api/entries")["entries"] if e["kind"] == "check-in"]
        self.assertEqual(len([e for e in entries if not e["content"].get("contact")]), 4)

    def test_a_table_of_observations(self):
        table = self.write("table.csv", "report,observer_position,start,end,means,count,observation,description,weapon\n"
                           "r-1,north camera,2020-11-20 night,2020-11-21 night,camera,6,recorded,undetermined explosion,n/k\n"
                           "r-1,south patrol,2020-11-20T08:40,,patrol,~30,heard,bursts,HMG\n"
                           "r-1,,2020-11-20,,patrol,2,heard,burst,\n")
        out, err = self.call("import", "observations", table, "--ledger", self.ledger)
        self.assertIn("2 observations, 2 of them new; 1 row left out", out)
        self.assertIn("observer_position", err)
        self.assertIn("0 of them new", self.call("import", "observations", table, "--ledger", self.ledger)[0])
        out, _ = self.call("incidents", "--ledger", self.ledger, "--on", "2020-11-22", "--json")
        total = json.loads(out.splitlines()[-1])
        # A whole night told in one row tells of six, or of what others tell of: it stands beside the count.
        self.assertEqual(total["count"]["rules"], "truce-1")
        self.assertNotIn("rate", total)
        dry, _ = self.call("import", "observations", table, "--dry")
        self.assertEqual({json.loads(line)["kind"] for line in dry.splitlines()}, {"observation"})
        self.call("import", "observations", self.write("no.csv", "a,b\n1,2\n"), "--ledger", self.ledger, code=1)

    def test_the_prose_of_a_daily_report(self):
        report = self.write("report.txt", "On the evening of 20 November, the north camera in Orlin recorded 3 undetermined explosions at an assessed range "
                            "of 2-4 km ENE and E, and at least 15 projectiles in flight from W to E.\n\nThe south camera in Tarn recorded a flare.\n")
        call = ("import", "observations", report, "--published", "2020-11-21")
        dry, err = self.call(*call, "--dry")
        first, second = (json.loads(line) for line in dry.splitlines())
        self.assertEqual((first["what"], first["count"], first["means"]), ("explosion", {"minimum": 3}, ["camera"]))
        self.assertEqual(first["sector"], {"bearings": [[56.25, 78.75], [67.5, 112.5]], "fromMetres": 2000, "toMetres": 4000})
        self.assertEqual((second["what"], second["count"]["minimum"], second["travel"]), ("projectile", 15, {"from": 270, "to": 90}))
        self.assertEqual(first["from"], "2020-11-20T13:00:00Z")
        self.assertTrue(first["note"].startswith("On the evening of 20 November"))
        self.assertIn("report.txt:3", err)
        self.assertIn("2 observations, 2 of them new", self.call(*call, "--ledger", self.ledger)[0])
        self.assertIn("2 observations, 0 of them new", self.call(*call, "--ledger", self.ledger)[0])
        out, _ = self.call("incidents", "--ledger", self.ledger, "--on", "2020-11-22")
        self.assertIn("at least 15", out)

    def test_what_moves_against_the_corridor(self):
        line = "radar,2020-11-20T0{}:00:00Z,1,drone,radar,d-7,{},46.55,150\n"
        table = self.write("tracks.csv", "observer_position,start,count,description,means,track,latitude,longitude,accuracy_m\n"
                           + line.format(2, 39.50) + line.format(3, 39.64))
        self.call("import", "observations", table, "--ledger", self.ledger)
        on = ("--ledger", self.ledger, "--on", "2020-11-21", "--zone", "lachin-corridor")
        # The road of the built-in case is drawn from point to point and may be off by more than the corridor is wide: nothing is surely inside.
        near = "is too close to the edge of lachin-corridor to tell on which side"
        words = [json.loads(event)["words"] for event in self.call("tracks", *on, "--json")[0].splitlines()]
        self.assertEqual(words, [near])
        self.assertIn("too close to the edge", self.call("tracks", *on)[0])
        _, err = self.call("tracks", "--ledger", self.ledger, "--zone", "nowhere", code=2)
        self.assertIn("lachin-corridor", err)
        self.start({"tracks": {"lachin-corridor": ["inside", "too close"]}})
        alert = self.wait(lambda: self.ask("/api/alerts")["alerts"])[0]
        self.assertEqual((alert["rule"], alert["message"]), ("zone-event", f"d-7 {near}, 2020-11-20T03:00:00Z"))
        answer = self.get("/api/tracks?from=2020-11-20&until=2020-11-20")
        self.assertEqual([event["word"] for event in json.loads(answer)["events"]], ["too close"])
        # Where it was leaves by no way.
        for path in ("/api/tracks?from=2020-11-20&until=2020-11-20", f"/api/observations/{alert['evidence'][0]}", "/api/entries", "/api/alerts"):
            self.assertNotIn("39.64", self.get(path))
        self.assertIn("--log-entries", self.ask("/log/tile/entries/000.p/1")["detail"])

    def test_the_desk_keeps_the_watch(self):
        """An overdue post: alert, message to the webhook, the page and the dead man; acknowledged, handed over, and not again after a restart."""
        got, alive = [], []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                got.append((dict(self.headers.items()), body))
                # The first is refused: it comes again.
                self.send_response(500 if len(got) == 1 else 200)
                self.end_headers()

            def do_GET(self):
                alive.append(time.time())
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        self.addCleanup(hook.server_close)
        self.addCleanup(hook.shutdown)
        self.write("secret", "a secret of some length")
        anna, boris = (self.call("post", "make-key", name)[0].strip() for name in ("anna.key", "boris.key"))
        address = f"http://127.0.0.1:{hook.server_port}/"
        settings = {"webhooks": [{"name": "mission", "url": address, "secretFile": "secret"}], "deadMan": {"url": address, "everySeconds": 5},
                    "people": {"Anna": anna, "Boris": boris}, "zones": {"bridge": [{"line": "contact-line", "fromKm": 21, "toKm": 24}]},
                    "roster": {"shifts": [{"from": "2020-01-01T00:00:00Z", "until": "2999-01-01T00:00:00Z", "levels": [["Anna"], ["Boris"]]}]}}
        server = self.start(settings)
        heard = []

        def listen():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/events", timeout=30) as stream:
                    for line in stream:
                        heard.append(line.decode())
            except OSError:
                pass

        threading.Thread(target=listen, daemon=True).start()
        self.wait(lambda: heard)
        answer = self.ask("/api/watch/records", [
            {"kind": "post", "id": "open-op-3", "post": "op-3", "act": "opened", "at": "2020-11-20T02:00:00Z", "source": "mission",
             "stretches": [{"line": "contact-line", "fromKm": 20, "toKm": 28}]},
            {"kind": "observation", "id": "o-1", "post": "op-3", "observer": "patrol", "what": "explosion", "from": "2020-11-20T02:41:00Z",
             "stretch": {"line": "contact-line", "fromKm": 22, "toKm": 23}}, {"kind": "check-in", "id": "bad"}])
        self.assertEqual((answer["accepted"], answer["refused"]), (2, 1))
        alert = self.wait(lambda: self.ask("/api/alerts")["alerts"])[0]
        self.assertEqual((alert["rule"], alert["word"], alert["severity"]), ("incident-in-zone", "open", "severe"))
        self.wait(lambda: any("event: alerts" in line for line in heard))
        self.wait(lambda: any("event: message" in line for line in heard))
        self.wait(lambda: len(got) >= 2)
        headers, body = got[1]
        headers = {name.lower(): value for name, value in headers.items()}
        import base64
        import hashlib
        import hmac
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        # White space at the ends and within is no part of a secret.
        code = hmac.new("asecretofsomelength".encode(), signed, hashlib.sha256).digest()
        self.assertEqual(headers["webhook-signature"], "v1," + base64.b64encode(code).decode())
        self.assertEqual(json.loads(body)["to"], ["Anna"])
        self.assertEqual(json.loads(got[0][1]), json.loads(body))
        self.wait(lambda: alive)
        for path in ("/api/posts", "/api/lines", "/api/lines/contact-line/strip?from=2020-11-20&until=2020-11-21", "/api/incidents", "/api/coverage",
                     "/api/observations/o-1", f"/api/alerts/{alert['id']}", "/api/handover?by=Anna&to=Boris"):
            self.assertNotIn("detail", self.ask(path), path)
        import xml.dom.minidom
        xml.dom.minidom.parseString(self.get("/api/alerts.atom"))
        self.assertIn("urn:oasis:names:tc:emergency:cap:1.2", self.get(f"/api/alerts/{alert['id']}/cap.xml"))
        described = json.loads(self.get("/openapi.json"))["paths"]
        for path in ("/api/watch/records", "/api/posts", "/api/lines", "/api/lines/{id}/strip", "/api/incidents", "/api/coverage", "/api/tracks", "/api/alerts",
                     "/api/alerts/{id}", "/api/alerts/{id}/cap.xml", "/api/alerts.atom", "/api/observations/{id}", "/api/handover"):
            self.assertIn(path, described)
        out, _ = self.call("alerts", "--ledger", self.ledger)
        self.assertIn("1 open", out)
        out, _ = self.call("alerts", "ack", alert["id"][:8], "--by", "Anna", "--note", "sent a car", "--ledger", self.ledger)
        self.assertIn("acknowledged", out)
        out, _ = self.call("alerts", "hand-over", "--by", "Anna", "--to", "Boris", "--key", "anna.key", "--server", f"http://127.0.0.1:{self.port}")
        change = self.write("change.json", out)
        out, _ = self.call("alerts", "hand-over", "--accept", change, "--key", "boris.key", "--server", f"http://127.0.0.1:{self.port}")
        self.assertIn("Anna handed over to Boris", out)
        self.stop(server)
        messages = len(got)
        self.start(settings)
        time.sleep(2)
        self.assertEqual([a["id"] for a in self.ask("/api/alerts")["alerts"]], [alert["id"]])
        self.assertEqual(len(got), messages)
        self.call("alerts", "silence", alert["id"], "--by", "Boris", "--until", "2999-01-01", "--ledger", self.ledger)
        self.call("alerts", "resolve", alert["id"], "--by", "Boris", "--ledger", self.ledger)
        self.assertEqual(self.ask("/api/alerts")["alerts"], [])
        self.call("alerts", "ack", "ffff0000", "--by", "Boris", "--ledger", self.ledger, code=1)

    def test_a_message_that_a_dead_desk_did_not_send_is_sent_by_the_next(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.write("secret", "a secret of some length")
        settings = {"webhooks": [{"name": "mission", "url": f"http://127.0.0.1:{port}/", "secretFile": "secret"}]}
        server = self.start(settings)
        began = time.time() - 57
        self.ask("/api/watch/records", [self.opening("op-1", began, {"every": 1})])
        self.wait(lambda: self.ask("/api/alerts")["alerts"])
        self.stop(server, signal.SIGKILL)
        got = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        hook = http.server.HTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        self.addCleanup(hook.server_close)
        self.addCleanup(hook.shutdown)
        self.start(settings)
        self.wait(lambda: got)
        time.sleep(1)
        self.assertEqual(len({message["id"] for message in got}), len(got))

    def opening(self, post, at, schedule):
        return {"kind": "post", "id": f"open-{post}", "post": post, "act": "opened", "at": self.moment(at), "source": "mission", "schedule": schedule,
                "stretches": [{"line": "contact-line", "fromKm": 0, "toKm": 10}]}

    @staticmethod
    def moment(seconds):
        import datetime
        return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="milliseconds")

    def alerts_of(self, deadlines, restart, settings=None, env=None, shift=0):
        """Runs the desk until all deadlines are past; kills and restarts it at `restart`; each alert is one, and within a second."""
        import datetime
        down = None
        while time.time() + shift < max(deadlines.values()) + 1.5:
            if restart and down is None and time.time() + shift >= restart:
                self.stop(self.server, signal.SIGKILL)
                down = [time.time() + shift]
                self.server = self.start(settings, env)
                down.append(time.time() + shift)
            time.sleep(0.05)
        alerts = [a for a in self.ask("/api/alerts?word=open,acknowledged,silenced,resolved")["alerts"] if a["rule"] == "missed-check-in"]
        due = lambda a, name: datetime.datetime.fromisoformat(a[name].replace("Z", "+00:00")).timestamp()
        for post, deadline in deadlines.items():
            own = [a for a in alerts if a["subject"] == post and abs(due(a, "due") - deadline) < 0.002]
            self.assertEqual(len(own), 1, f"{post} due {self.moment(deadline)}: {own}")
            late = due(own[0], "opened") - deadline
            if down and down[0] - 1 <= deadline <= down[1]:
                self.assertLess(due(own[0], "opened") - down[1], 1, f"{post} was not raised when the desk was up again")
            else:
                self.assertTrue(0 <= late <= 1, f"{post} was raised {late:.3f} s after its second")
        return alerts

    def test_each_missed_check_in_is_one_alert_within_a_second_across_a_restart(self):
        """Sixty posts on random schedules in many zones, a third of them check in; the desk is killed in the middle."""
        import random
        import zoneinfo
        import datetime
        chance = random.Random(20201120)
        self.server = self.start()
        now = time.time()
        zones = ["Asia/Baku", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin", "Pacific/Chatham", "+04:00", "Z"]
        records, deadlines, kept = [], {}, {}
        for number in range(60):
            post = f"op-{number}"
            deadline = round(now + 5 + chance.random() * 22, 3)
            if number % 2:
                minutes = chance.choice([1, 7, 30, 1440])
                grace = chance.choice([0, 20, 60])
                at = deadline - grace - minutes * 60
                schedule = {"every": minutes, "zone": chance.choice(zones), "grace": grace}
            else:
                zone = chance.choice(zones)
                minute = int(now // 60) * 60 - 60
                grace = int(deadline - minute)
                deadline = minute + grace
                where = zoneinfo.ZoneInfo(zone) if "/" in zone else datetime.timezone(datetime.timedelta(hours=4 if "4" in zone else 0))
                schedule = {"times": [datetime.datetime.fromtimestamp(minute, where).strftime("%H:%M")], "zone": zone, "grace": grace}
                at = minute - chance.randrange(1, 50_000)
            records.append(self.opening(post, at, schedule))
            deadlines[post] = deadline
            if number % 3 == 0:
                kept[post] = deadlines.pop(post)
        self.assertEqual(self.ask("/api/watch/records", records)["refused"], 0)
        self.ask("/api/watch/records", [{"kind": "check-in", "id": f"in-{post}", "post": post, "at": self.moment(time.time())} for post in kept])
        # A post that opened a moment ago by what was recorded owes nothing before; what is due is due from here on.
        alerts = self.alerts_of(deadlines, restart=now + 15)
        self.assertFalse([a for a in alerts if a["subject"] in kept and self.moment(kept[a["subject"]])[:19] == a["due"][:19]])

    @unittest.skipUnless(shutil.which("cc"), "needs a C compiler")
    def test_changes_of_clock(self):
        """The program's clock is put before a change of clock: a time that is left out is due at the change, one shown twice is due the first time."""
        import datetime
        shim = self.path / "clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, ROOT / "Tests" / "EndToEnd" / "shim" / "clock.c", "-ldl"], check=True)
        utc = datetime.timezone.utc
        # Berlin: 29 March 2026, 01:00 UTC forward, 02:30 does not come; 25 October 2026, 01:00 UTC back, 02:00 comes at 00:00 and at 01:00 UTC.
        forward = datetime.datetime(2026, 3, 29, 1, 0, tzinfo=utc).timestamp()
        back = datetime.datetime(2026, 10, 25, 0, 0, tzinfo=utc).timestamp()
        for name, change, time_of_day in (("forward", forward, "02:30"), ("back", back, "02:00")):
            shift = int(change - 8 - time.time())
            env = {"LD_PRELOAD": str(shim), "CLOCK_SHIFT": str(shift)}
            self.ledger = str(self.path / f"{name}.db")
            self.server = self.start(env=env)
            start = time.time() + shift
            self.assertLess(start, change - 1, "the desk was slow to start")
            self.ask("/api/watch/records", [
                self.opening(f"op-{name}", change - 7200, {"times": [time_of_day], "zone": "Europe/Berlin"}),
                self.opening(f"hour-{name}", change - 3600, {"every": 60, "zone": "Europe/Berlin"})])
            self.alerts_of({f"op-{name}": change, f"hour-{name}": change}, restart=None, env=env, shift=shift)
            self.stop(self.server)


@unittest.skipUnless(REAL.exists(), "the real report lies outside the project")
class RealReport(Program):
    """The situation that one agency report of 1 December 2020 gives in an empty ledger."""

    def setUp(self):
        super().setUp()
        self.ingest(REAL)
        self.now = self.situation("--on", "2020-12-01")

    def test_control(self):
        lachin = held(self.now, "lachin-district")
        self.assertEqual((lachin["holder"], lachin["standing"], lachin["since"]["edtf"]), ("AZE", "claimed", "2020-12-01"))
        self.assertEqual(lachin["since"]["earliest"], "2020-12-01T00:00:00+04:00")
        self.assertEqual(lachin["since"]["latest"], "2020-12-01T06:00:00+04:00")
        kalbajar = held(self.now, "kalbajar-district")
        self.assertEqual((kalbajar["holder"], kalbajar["since"]["edtf"]), ("AZE", "2020-11-25"))
        self.assertIn(held(self.now, "agdam-district")["holder"], ("not-ARM", "AZE"))
        self.assertEqual(held(self.now, "lachin-corridor")["holder"], "RUS")

    def test_commitments(self):
        kalbajar = commitment(self.now, "kalbajar-district", "hand-over")
        self.assertEqual(kalbajar["word"], "kept late")
        self.assertEqual(kalbajar["days"], 10)
        self.assertIn("2020-11-15", kalbajar["deadlines"][0]["edtf"])
        moved = [d for d in kalbajar["deadlines"] if d["by"] != "agreement"]
        self.assertEqual(len(moved), 1)
        self.assertIsNone(moved[0].get("edtf"))
        self.assertIn("poor capacity", moved[0]["reason"])
        self.assertIn("2020-11-20", commitment(self.now, "agdam-district", "hand-over")["deadlines"][0]["edtf"])
        lachin = commitment(self.now, "lachin-district", "hand-over")
        self.assertIn("2020-12-01", lachin["deadlines"][0]["edtf"])
        self.assertIn("kept", lachin["word"])
        acts = {c["act"] for c in self.now["commitments"]}
        self.assertTrue({"ceasefire", "hold-positions", "deploy", "control", "exchange"} <= acts, acts)

    def test_events(self):
        signed = self.now["agreements"][0]
        self.assertEqual(signed["when"]["edtf"], "2020-11-09")
        self.assertEqual(len(signed["who"]), 3)
        self.assertEqual(len(self.now["posts"]), 2)
        history = {e["when"]["edtf"] for e in self.now["history"] if e.get("when")}
        self.assertTrue({"1988-02", "1992/1994", "2020-09-27"} <= history, history)
        self.assertEqual(self.now["incidents"], [])

    def test_the_day_before_the_handover(self):
        before = self.situation("--on", "2020-11-24")
        self.assertEqual(held(before, "kalbajar-district")["holder"], "ARM")
        self.assertNotIn("kept", commitment(before, "kalbajar-district", "hand-over")["word"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=1)
