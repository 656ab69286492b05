"""Records of a made-up watch for the browser tests and for pictures: eight posts on the template case's river line, with gaps and incidents."""

import random
from datetime import datetime, timezone

LINE = "river-line"
LENGTH = 55
POSTS = 8
EVERY = 30


def iso(seconds):
    """A moment as the ledger writes it."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def opened(post, now, start, from_km, to_km, **more):
    return {
        "kind": "post", "id": f"{post}-opened", "post": post, "act": "opened", "at": iso(start), "source": "the test", "sent": iso(now),
        "stretches": [{"line": LINE, "fromKm": from_km, "toKm": to_km}], "schedule": {"every": EVERY, "zone": "UTC", "grace": 300}, **more}


def contact(post, now, number=0):
    return {"kind": "check-in", "id": f"{post}-contact-{int(now)}-{number}", "post": post, "at": iso(now), "contact": True, "sent": iso(now)}


def watch(now, days=7, seed=5):
    """The records of some days up to now."""
    random.seed(seed)
    start = now - days * 86400
    start -= start % 1800
    records = []
    for index in range(POSTS):
        post = f"op-{index + 1}"
        width = LENGTH / POSTS
        low, high = max(0, round(index * width - 1)), min(LENGTH, round((index + 1) * width + 1))
        if index == 5:
            low, high = low + 2, high - 3
        records.append(opened(post, now, start, low, high, name=f"OP {index + 1}", standsAtKm=(low + high) / 2, link=f"radio-{index // 4 + 1}"))
        records.append(contact(post, now))
        silent = start + random.uniform(0.1, 0.8) * days * 86400
        silence = random.choice([0, 4, 9, 26]) * 3600
        night = random.choice([None, "dark", "weather", "denied", "jammed"])
        at = start + EVERY * 60
        while at <= now:
            if not silent <= at < silent + silence:
                check = {"kind": "check-in", "id": f"{post}-{int(at)}", "post": post, "at": iso(at), "sent": iso(now)}
                hour = datetime.fromtimestamp(at, timezone.utc).hour
                if night and (hour < 5 or hour >= 21) and int(at / 86400) % 3 == index % 3:
                    check["restrictions"] = [{"kind": night}]
                records.append(check)
            at += EVERY * 60
    hot = [6, 21, 22, 37]
    for number in range(days * 6):
        at = start + random.uniform(0, days * 86400 - 3600)
        at -= at % 60
        km = min(LENGTH - 2, max(1, random.choice(hot) + random.gauss(0, 1.5) if random.random() < 0.7 else random.uniform(1, LENGTH - 2)))
        count = random.choice([1, 1, 1, 2, 3, 4, 6, 14, 30])
        what = random.choice(["explosion"] * 5 + ["burst", "burst", "shot", "drone"])
        for observer, means, off in [("patrol 3", "heard", 0), ("camera north", "camera", random.choice([-20, 15, 40]))][: random.choice([1, 2, 2])]:
            if what == "drone" and means == "heard":
                means = "saw"
            near, far = (0.6, 0.9) if means == "heard" else (0.1, 0.2)
            about = means == "heard" and count > 3
            record = {
                "kind": "observation", "id": f"seen-{number}-{means}", "observer": observer, "means": [means], "what": what,
                "from": iso(at + off), "until": iso(at + off + random.choice([0, 60, 300])), "sent": iso(now),
                "count": {"minimum": count * 4 // 5, "maximum": (count * 5 + 3) // 4, "about": True} if about else count,
                "stretch": {"line": LINE, "fromKm": round(km - near, 2), "toKm": round(km + far, 2)}}
            if what == "explosion":
                record["assessment"] = random.choice(["incoming", "outgoing"]) if observer == "patrol 3" else "undetermined"
            records.append(record)
    return records
