"""Writes recording.jsonl, recording-spoiled.jsonl and keys.txt: batches sealed by docs/formats/batch.md with nothing but the standard library."""

import base64
import hashlib
import hmac
import json
import os

ROOT = hashlib.sha256(b"the root of this fixture").digest()
RING = bytes.fromhex("5a11900700000000000000000000b01d")
SESSION = "01JD3S0A1B2C3D4E5F6G7H8J9K"
FOLDER = os.path.dirname(os.path.abspath(__file__))


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


class Ring:
    def __init__(self):
        self.root, self.number, self.previous, self.page, self.seq, self.lost = ROOT, 0, bytes(32), 1, 0, 0

    def open(self, name, skipped_pages=0, skipped_records=0):
        self.root = mac(self.root, b"sallyport/ring/1/next-epoch") if self.number else self.root
        self.number += 1
        self.page += skipped_pages
        self.seq += skipped_records
        self.first, self.id = self.page, hashlib.sha256(name).digest()[:16]
        info = b"sallyport/ring/1/mac" + RING + self.number.to_bytes(8, "big")
        self.key = mac(mac(self.id, self.root), info + b"\x01")

    def seal(self, records, lost=0, is_gap=False):
        self.lost += lost
        kid = mac(ROOT, b"sallyport/ring/1/kid")[:16]
        body = b'{"schema":"sallyport.batch/1","frames":[' + b",".join(json.dumps(r, separators=(",", ":")).encode() for r in records) + b"]}"
        numbers = [self.first, self.page, self.seq]
        text = (b"sallyport.batch/1\0" + kid + RING + self.number.to_bytes(8, "big") + self.id + b"".join(n.to_bytes(8, "big") for n in numbers)
                + len(records).to_bytes(4, "big") + self.lost.to_bytes(8, "big") + bytes([1, 0 if is_gap else 1, 2 if is_gap else 0])
                + self.previous + hashlib.sha256(body).digest())
        seal = mac(self.key, text)
        properties = {
            "schema": "sallyport.batch/1", "msgType": "telemetry", "source": "SecureBuffer", "sp-buffer": RING.hex() + "-bulk",
            "sp-epoch": f"{self.number}:{self.id.hex()}:{self.first}", "sp-page": str(self.page), "sp-seq": str(self.seq), "sp-count": str(len(records)),
            "sp-lost": str(self.lost), "sp-prev": self.previous.hex(), "sp-mac": seal.hex(), "sp-kid": kid.hex()}
        properties.update({"sp-gap": "true"} if is_gap else {"quality": "Good"})
        self.key, self.previous, self.page, self.seq = mac(self.key, b"sallyport/ring/1/next"), seal, self.page + 1, self.seq + len(records)
        return {"properties": properties, "body": body.decode()}


def frame(seq, value):
    return {"schema": "sallyport.frame/1", "source": "chiller-1", "protocol": "modbus-tcp", "group": "fast", "frame": "key", "session": SESSION, "seq": seq,
            "timestamp": f"2026-11-22T10:{15 + seq // 60:02}:{seq % 60:02}Z", "points": [{"n": "supply_temp", "v": value}]}


def gap(reason, first, last, count):
    return {"schema": "sallyport.gap/1", "reason": reason, "firstSeq": first, "lastSeq": last, "count": count}


def recording():
    ring = Ring()
    ring.open(b"first")
    sent = [ring.seal([frame(2 * page, 7.25 + page), frame(2 * page + 1, 7.5 + page)]) for page in range(5)]
    ring.open(b"second", skipped_pages=90, skipped_records=90)
    sent += [ring.seal([frame(10 + page, 12 + page)]) for page in range(4)]
    sent.append(ring.seal([gap("unclean", 10, 99, 0)], is_gap=True))
    return sent


def spoiled():
    sent = recording()
    missing, late = sent.pop(2), sent.pop(5)
    sent[1]["body"] = sent[1]["body"].replace("8.25", "8.75")
    sent.insert(6, late)
    sent.append(dict(sent[0]))
    sent.append({"properties": {k: v for k, v in missing["properties"].items() if k != "sp-mac"}, "body": missing["body"]})
    clone = Ring()
    clone.open(b"first")
    clone.page, clone.seq, clone.previous = 6, 10, bytes.fromhex(recording()[4]["properties"]["sp-mac"])
    clone.open(b"another second", skipped_pages=90, skipped_records=90)
    sent.append(clone.seal([frame(10, 99.5)]))
    last = sent[-1]
    sent[-1] = {"properties": last["properties"], "bodyBase64": base64.b64encode(last["body"].encode()).decode()}
    return sent


def write(name, lines):
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


if __name__ == "__main__":
    write("recording.jsonl", [json.dumps(message) for message in recording()])
    write("recording-spoiled.jsonl", [json.dumps(message) for message in spoiled()])
    write("keys.txt", [f"1 {ROOT.hex()}"])
