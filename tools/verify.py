#!/usr/bin/env python3
"""Checks an exported ledger of truce without truce: standard library, and `cryptography` for the signatures.

  verify.py LOG.ndjson --key VKEY              the whole log: entries, tree, checkpoints, texts
    --old CHECKPOINT                           and that it continues a checkpoint that you kept
    --claim ID                                 and from a claim to the bytes of the report that carry it
    --bulletin FILE.json                       the same for every claim that a bulletin's or situation's numbers rest on
  verify.py --proof PROOF.json --key VKEY      one entry against the checkpoint in the proof

VKEY is the log's public key, `name+hash+base64`, or a file that holds it; several --key may be given (witnesses).
Exit codes: 0 everything holds, 1 something does not, 2 usage.
"""
import argparse, base64, hashlib, json, os, sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

class Refused(Exception): "What does not hold, in a sentence."

sha256 = lambda data: hashlib.sha256(data).digest()
node_hash = lambda left, right: sha256(b"\1" + left + right)  # RFC 6962 section 2.1; a leaf's is sha256(b"\0" + leaf)

class Tree:  # the growing tree as the list of its complete subtrees, largest first
    def __init__(self):
        self.peaks, self.size = [], 0

    def append(self, leaf):
        level = 0
        while self.peaks and self.peaks[-1][0] == level:
            leaf, level = node_hash(self.peaks.pop()[1], leaf), level + 1
        self.peaks.append((level, leaf))
        self.size += 1

    def root(self):
        root = self.peaks[-1][1] if self.peaks else sha256(b"")
        for _, peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

def included(index, size, leaf, proof, root):  # RFC 9162 section 2.1.3.2
    if index >= size:
        return False
    place, last = index, size - 1
    for item in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            leaf = node_hash(item, leaf)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = node_hash(leaf, item)
        place, last = place >> 1, last >> 1
    return last == 0 and leaf == root

def read_key(text):  # C2SP signed-note: name+hash+base64(algorithm, key)
    if os.path.exists(text):
        text = open(text, encoding="utf-8").read().strip()
    name, short, rest = text.split("+", 2)
    blob = base64.b64decode(rest, validate=True)
    if len(blob) != 33 or sha256(name.encode() + b"\n" + blob)[:4].hex() != short:
        raise Refused(f"'{text}' is no public key of the form name+hash+base64")
    return name, bytes.fromhex(short), blob[0], blob[1:]

def open_note(note, keys):
    """The size and root of a checkpoint (C2SP tlog-checkpoint) that a key of its origin signed, and who else signed."""
    text, lines, signers = note.rpartition("\n\n")[0] + "\n", note.rpartition("\n\n")[2], []
    origin, size, root = text.split("\n")[:3]
    for line in lines.splitlines():
        dash, name, encoded = line.split(" ")
        blob = base64.b64decode(encoded, validate=True)
        for key_name, key_id, algorithm, key in keys:
            if dash != "\u2014" or (name, blob[:4]) != (key_name, key_id):
                continue
            signature, signed = blob[4:], text.encode()
            if algorithm == 4:  # C2SP tlog-cosignature: eight bytes of time in front
                stamp, signature = int.from_bytes(blob[4:12], "big"), blob[12:]
                signed = f"cosignature/v1\ntime {stamp}\n{text}".encode()
            try:
                Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
            except InvalidSignature:
                raise Refused(f"the signature of '{name}' does not fit the checkpoint of {size} entries") from None
            signers.append((name, algorithm))
    if (origin, 1) not in signers:
        raise Refused(f"the checkpoint of {size} entries is not signed by the key of '{origin}'")
    return int(size), base64.b64decode(root), [name for name, _ in signers]

def read_log(path, keys, old):
    """Reads the whole log; gives entries by id and texts by digest."""
    tree, entries, texts, roots = Tree(), {}, {}, {0: sha256(b"")}
    whole, header, signed, recorded, ended, named, erased = hashlib.sha256(), None, 0, "", False, {}, set()
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                item = json.loads(line)
                if ended or (header is None) != (number == 1):
                    raise Refused("the line is out of its place")
                if "sha256" in item and len(item) == 1:
                    if item["sha256"] != whole.hexdigest():
                        raise Refused("the lines are not those that were exported")
                    ended = True
                    continue
                whole.update(line)
                if "format" in item:
                    header = item
                elif "checkpoint" in item:
                    size, root, signers = open_note(item["checkpoint"], keys)
                    if (size, root) != (tree.size, tree.root()):
                        raise Refused(f"the checkpoint of {size} entries is not that of the {tree.size} before it")
                    signed = size
                    print(f"checkpoint of {size} entries: signed by {', '.join(signers)}")
                elif "text" in item or "base64" in item:
                    body = item["text"].encode() if "text" in item else base64.b64decode(item["base64"])
                    if sha256(body).hex() != item["digest"]:
                        raise Refused("the body does not have its digest")
                    texts[item["digest"]] = body
                elif "personal" in item:
                    if sha256(base64.b64decode(item["salt"]) + item["personal"].encode()).hex() != item["digest"]:
                        raise Refused("the personal text does not have its digest")
                elif set(item) == {"content", "id", "key", "kind", "recorded"}:
                    stamp = item["recorded"][:19] + "." + (item["recorded"][20:-1] or "000")
                    if stamp < recorded:
                        raise Refused(f"entry {tree.size} was recorded before the one in front of it")
                    recorded, sequence = stamp, tree.size
                    tree.append(sha256(b"\0" + line.rstrip(b"\n")))
                    entries[item["id"]] = dict(item, sequence=sequence)
                    if item["kind"] == "report":
                        named.update({item["content"][k]: sequence for k in ("sha256", "text") if k in item["content"]})
                    if item["kind"] == "ruling" and item["content"].get("act") == "redact":
                        erased.add(item["content"]["digest"])
                    roots.update({tree.size: tree.root()} if old and old[0] == tree.size else {})
                elif "erased" not in item:
                    raise Refused("no line of a log looks like this")
            except (Refused, ValueError, KeyError) as error:
                raise Refused(f"{path}:{number}: {error}") from None
    if not ended or tree.size != header["entries"] or tree.root().hex() != header["root"]:
        raise Refused(f"{path}: the log was cut off or does not have the root of its header")
    for digest, sequence in named.items():
        if digest not in texts and digest not in erased:
            raise Refused(f"{path}: entry {sequence} names the body {digest}, which is missing, and no ruling erased it")
    if old and roots.get(old[0]) != old[1]:
        raise Refused(f"{path}: the log does not continue the checkpoint of {old[0]} entries that you kept")
    print(f"{path}: {tree.size} entries, {len(texts)} bodies, root {tree.root().hex()}; the first {signed} entries are signed")
    return entries, texts, signed

def follow(claim, label, entries, texts, signed):  # from a claim's id to the bytes of its report
    entry = entries.get(claim)
    if entry is None or entry["kind"] != "claim":
        raise Refused(f"{label}: the log has no claim '{claim}'")
    if entry["sequence"] >= signed:
        raise Refused(f"{label}: claim '{claim}' (entry {entry['sequence']}) came after the last signed checkpoint")
    content = entry["content"]
    if "report" not in content:
        return print(f"{label}: claim {claim} (entry {entry['sequence']}): entered by {content['enteredBy']}")
    report = next((e["content"] for e in entries.values() if e["kind"] == "report" and e["content"]["id"] == content["report"]), None)
    if report is None:
        raise Refused(f"{label}: the log has no report '{content['report']}' of claim '{claim}'")
    body = texts.get(report.get("text", report["sha256"]))
    start, end = content["span"]["start"], content["span"]["end"]
    if body is None or not 0 <= start <= end <= len(body):
        raise Refused(f"{label}: bytes {start} to {end} of the report of claim '{claim}' are not there")
    source, quote = report.get("sourceName", report.get("source", "an unnamed source")), " ".join(body[start:end].decode().split())
    print(f"{label}: claim {claim} (entry {entry['sequence']}), {source}, bytes {start} to {end}: {quote}")

def rests_on(value, label="bulletin"):
    """Every claim id under an `evidence` member, with the number, id or path of what rests on it."""
    if isinstance(value, dict):
        label = str(value.get("number", value.get("id", label)))
        for key, inner in value.items():
            yield from ((claim, label) for claim in inner) if key == "evidence" else rests_on(inner, f"{label}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from rests_on(inner, f"{label}/{place}")

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", nargs="?")
    for name in ("--key", "--claim", "--old", "--bulletin", "--proof"):
        parser.add_argument(name, **({"action": "append", "default": []} if name in ("--key", "--claim") else {}))
    options = parser.parse_args()
    bool(options.key) and (options.log is None) != (options.proof is None) or parser.error("give a log or --proof, and a --key")
    keys = [read_key(text) for text in options.key]
    if options.proof:
        proof = json.load(open(options.proof, encoding="utf-8"))
        size, root, signers = open_note(proof["checkpoint"], keys)
        path = [base64.b64decode(item) for item in proof["proof"]]
        if not included(proof["sequence"], size, sha256(b"\0" + proof["leaf"].encode()), path, root):
            raise Refused(f"entry {proof['sequence']} is not the one that the checkpoint of {size} entries covers")
        return print(f"entry {proof['sequence']} stands in the log of {size} entries that {', '.join(signers)} signed")
    old = open_note(open(options.old, encoding="utf-8").read(), keys) if options.old else None
    entries, texts, signed = read_log(options.log, keys, old)
    bulletin = json.load(open(options.bulletin, encoding="utf-8")) if options.bulletin else {}
    for claim, label in [(claim, "claim") for claim in options.claim] + list(rests_on(bulletin)):
        follow(claim, label, entries, texts, signed)

if __name__ == "__main__":
    try:
        main()
    except (Refused, OSError, ValueError, KeyError) as error:
        sys.exit(f"refused: {error}")
