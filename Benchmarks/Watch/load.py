#!/usr/bin/env python3
"""Observations at a steady rate into a desk on this machine, with pages open: how long receipts and alerts take.

    load.py PROGRAM [--rate 2000] [--seconds 30] [--pages 1000] [--connections 8] [--batch 10] [--seed 1] [--burst 10000]

Starts the program on a temporary ledger and asks 127.0.0.1 alone. One observation in 400 lies in a zone and is an incident by itself: each must raise one
alert on each page. Afterwards so many posts miss a check-in at one second, and their alerts must leave as at most ten messages.
Ends with 1 where anything is lost.
"""
import argparse
import json
import multiprocessing
import os
import random
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

POSTS = 27


def moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03d}Z"


class Connection:
    """A kept-alive connection: one request at a time."""

    def __init__(self, port):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, body):
        head = f"POST /api/watch/records HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n"
        self.socket.sendall(head.encode() + body)
        received = b""
        while True:
            part = self.socket.recv(1 << 18)
            if not part:
                raise ConnectionError("the desk closed the connection")
            received += part
            end = received.find(b"\r\n\r\n")
            if end < 0:
                continue
            head = received[:end].lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            if len(received) >= end + 4 + length:
                if b" 200 " not in head.split(b"\r\n")[0] + b" ":
                    raise ConnectionError(received.decode())
                return received[end + 4:]


def sender(number, options, port, start, results):
    """Requests at even times, whether the last was slow or not: latency counts from when a request was due."""
    chance = random.Random(options.seed * 1000 + number)
    interval = options.batch * options.connections / options.rate
    due = start + interval * number / options.connections
    backlog = int(start / 60) * 60 - 14 * 86_400
    connection, latencies, zone, sent, accepted, count = Connection(port), [], {}, 0, 0, 0
    while due < start + options.seconds:
        lines, own = [], []
        for _ in range(options.batch):
            count += 1
            hot = count % 400 == 0
            name = f"{'zone' if hot else 'obs'}-{number}-{count}"
            # In the zone twenty minutes apart, so that none is of one incident with another; elsewhere at any minute of two weeks.
            at = backlog + (((count // 400) * options.connections + number) * 1200 % (14 * 86_400) if hot else chance.randrange(14 * 1440) * 60)
            km = 2 if hot else 20 + chance.randrange(1400) / 10
            lines.append(json.dumps({
                "kind": "observation", "id": name, "post": f"post-{chance.randrange(POSTS)}", "observer": f"patrol {chance.randrange(4)}",
                "means": ["heard"], "what": "explosion", "assessment": "undetermined", "count": 1 + chance.randrange(9), "from": moment(at),
                "stretch": {"line": "contact-line", "fromKm": km, "toKm": km + 0.5}, "sent": moment(at + 60)}))
            if hot:
                own.append(name)
        body = "\n".join(lines).encode()
        wait = due - time.time()
        if wait > 0:
            time.sleep(wait)
        began = time.time()
        sent += options.batch
        answer = connection.send(body)
        latencies.append(time.time() - due)
        accepted += json.loads(answer)["accepted"]
        zone.update({name: began for name in own})
        due += interval
    results.put((sent, accepted, latencies, zone))


def pages(options, port, ready, over, results):
    """Clients of the events; the moment at which each page has read each observation of the zone in an alert, and the messages."""
    poll = select.epoll()
    clients, rest, seen, messages, cut = {}, {}, {}, set(), {}
    for _ in range(options.pages):
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        poll.register(client, select.EPOLLIN)
        clients[client.fileno()], rest[client.fileno()] = client, b""
    ready.set()
    while not over.is_set():
        for number, _ in poll.poll(0.1):
            part = clients[number].recv(1 << 16)
            at = time.time()
            if not part:
                poll.unregister(number)
                continue
            text = rest[number] + part
            end = text.rfind(b"\n\n")
            rest[number] = text[end:] if end >= 0 else text
            for line in text[:max(end, 0)].split(b"\n"):
                if not line.startswith(b"data: ") or len(line) < 40:
                    continue
                # The same bytes come to every page: what was read once is not read again.
                if line not in cut:
                    data = json.loads(line[6:])
                    cut[line] = [one for alert in data["alerts"] for one in alert.get("evidence", [])] if "changed" in data else []
                    if "title" in data:
                        messages.add((data["id"], data["alerts"]))
                for one in cut[line]:
                    seen.setdefault(one, {}).setdefault(number, at)
    results.put(({one: list(by.values()) for one, by in seen.items()}, messages))


def percentiles(seconds):
    found = sorted(seconds)
    if not found:
        return "nothing measured"
    at = lambda share: found[min(len(found) - 1, int(len(found) * share))] * 1000
    return f"p50 {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, p99 {at(0.99):.1f} ms, most {found[-1] * 1000:.1f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    for name, standard in (("rate", 2000), ("seconds", 30), ("pages", 1000), ("connections", 8), ("batch", 10), ("seed", 1), ("burst", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=standard)
    options = parser.parse_args()
    ok = True
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = Path(folder) / "watch.json"
        settings.write_text(json.dumps({"zones": {"hot": [{"line": "contact-line", "fromKm": 0, "toKm": 6}]}}))
        desk = subprocess.Popen([options.program, "serve", "--ledger", f"{folder}/ledger.db", "--port", str(port), "--settings", str(settings)],
                                env={**os.environ, "XDG_DATA_HOME": folder}, stderr=subprocess.DEVNULL)
        try:
            get = lambda path: json.loads(urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120).read())
            for _ in range(200):
                try:
                    get("/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            now = time.time()
            opened = [{"kind": "post", "id": f"open-{post}", "post": f"post-{post}", "act": "opened", "at": moment(now - 15 * 86_400), "source": "bench",
                       "stretches": [{"line": "contact-line", "fromKm": post * 6, "toKm": post * 6 + 8}]} for post in range(POSTS)]
            # Each post's clock is right, as its contact check-in shows: else a backlog's own times would be all that is known of it.
            opened += [{"kind": "check-in", "id": f"contact-{post}", "post": f"post-{post}", "at": moment(now), "sent": moment(now), "contact": True}
                       for post in range(POSTS)]
            Connection(port).send("\n".join(map(json.dumps, opened)).encode())
            results, told, ready, over = (multiprocessing.Queue(), multiprocessing.Queue(), multiprocessing.Event(), multiprocessing.Event())
            watching = multiprocessing.Process(target=pages, args=(options, port, ready, over, told))
            watching.start()
            ready.wait(60)
            time.sleep(2)
            start = time.time() + 1
            senders = [multiprocessing.Process(target=sender, args=(n, options, port, start, results)) for n in range(options.connections)]
            for process in senders:
                process.start()
            outcomes = [results.get(timeout=options.seconds * 4 + 60) for _ in senders]
            took = time.time() - start
            time.sleep(3)
            sent, accepted = sum(o[0] for o in outcomes), sum(o[1] for o in outcomes)
            zone = {name: at for o in outcomes for name, at in o[3].items()}
            print(f"observations: {accepted} acknowledged of {sent} sent in {took:.1f} s, {accepted / took:.0f} a second, {options.batch} a request")
            print(f"receipt: {percentiles([one for o in outcomes for one in o[2]])}")
            ok &= accepted == sent
            missed = 0
            if options.burst:
                at = time.time() + 8
                for first in range(0, options.burst, 2000):
                    lines = [{"kind": "post", "id": f"burst-{n}", "post": f"burst-{n}", "act": "opened", "at": moment(at - 86_400), "source": "bench",
                              "schedule": {"every": 1440}} for n in range(first, min(first + 2000, options.burst))]
                    Connection(port).send("\n".join(map(json.dumps, lines)).encode())
                # At most ten messages leave in a minute, and what the incidents took of them is spent: the alerts may have to wait for a minute's end.
                time.sleep(max(0, at - time.time()) + 2)
                patience = time.time() + 90
                while True:
                    alerts = [a for a in get("/api/alerts?word=open,acknowledged,silenced,resolved")["alerts"] if a["rule"] == "missed-check-in"]
                    missed = len({a["subject"] for a in alerts})
                    if time.time() > patience or missed == options.burst and all(a["notifications"] for a in alerts):
                        break
                    time.sleep(2)
                time.sleep(2)
            over.set()
            seen, messages = told.get(timeout=60)
            delays = [one - at for name, at in zone.items() for one in seen.get(name, [])]
            wanted = len(zone) * options.pages
            print(f"alerts: {len(zone)} incidents in the zone; {len(delays)} of {wanted} told to {options.pages} pages")
            print(f"observation to alert on an open page: {percentiles(delays)}")
            ok &= len(delays) == wanted
            if options.burst:
                burst = [alerts for _, alerts in messages if alerts > options.burst / 20]
                told = sum(1 for alert in alerts if alert["notifications"])
                print(f"burst: {missed} of {options.burst} posts' alerts raised, {told} told; {len(burst)} messages tell {sum(burst)} alerts")
                ok &= missed == options.burst == told and sum(burst) >= options.burst and len(burst) <= 10
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.wait(30)
    print(f"load average: {os.getloadavg()[0]:.1f}")
    raise SystemExit(0 if ok else 1)


if __name__ == "__main__":
    main()
