"""Judges the seals of batches by docs/formats/batch.md alone, with nothing but the standard library.

One JSON object a line on standard input: {"root": hex, "firstEpoch": number, "properties": {...}, "body": base64}.
One word a line on standard output: good or bad.
"""

import base64
import hashlib
import hmac
import json
import sys

CONTENT = {"telemetry": 1, "status": 2, "metadata": 3, "security": 4, "posture": 5, "audit": 6, "diag": 7, "metrics": 8}
MARK = {None: 0, "Good": 1, "Uncertain": 2, "Bad": 3}


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf_32(secret, salt, info):
    return mac(mac(salt, secret), info + b"\x01")


def number(text, size=8):
    return int(text).to_bytes(size, "big")


def key_of(root, first_epoch, buffer, epoch_number, epoch_id, step):
    for _ in range(epoch_number - first_epoch):
        root = mac(root, b"sallyport/ring/1/next-epoch")
    key = hkdf_32(root, epoch_id, b"sallyport/ring/1/mac" + buffer + number(epoch_number))
    for _ in range(step):
        key = mac(key, b"sallyport/ring/1/next")
    return key


def sealed_bytes(properties, body):
    epoch_number, epoch_id, first_page = properties["sp-epoch"].split(":")
    flags = (2 if properties.get("sp-gap") == "true" else 0) | (4 if properties.get("sp-recovered") == "true" else 0) | (8 if properties.get("sp-clock-step") == "true" else 0)
    return b"".join([
        b"sallyport.batch/1\0",
        bytes.fromhex(properties["sp-kid"]),
        bytes.fromhex(properties["sp-buffer"].split("-")[0]),
        number(epoch_number),
        bytes.fromhex(epoch_id),
        number(first_page),
        number(properties["sp-page"]),
        number(properties["sp-seq"]),
        number(properties["sp-count"], 4),
        number(properties["sp-lost"]),
        bytes([CONTENT[properties["msgType"]], MARK[properties.get("quality")], flags]),
        bytes.fromhex(properties["sp-prev"]),
        hashlib.sha256(body).digest(),
    ])


def is_good(line):
    properties = line["properties"]
    root = bytes.fromhex(line["root"])
    if mac(root, b"sallyport/ring/1/kid")[:16].hex() != properties["sp-kid"]:
        return False
    epoch_number, epoch_id, first_page = properties["sp-epoch"].split(":")
    key = key_of(
        root, line["firstEpoch"], bytes.fromhex(properties["sp-buffer"].split("-")[0]), int(epoch_number), bytes.fromhex(epoch_id),
        int(properties["sp-page"]) - int(first_page))
    return hmac.compare_digest(mac(key, sealed_bytes(properties, base64.b64decode(line["body"]))).hex(), properties["sp-mac"])


if __name__ == "__main__":
    for text in sys.stdin:
        print("good" if is_good(json.loads(text)) else "bad", flush=True)
