"""Opens a sealed ring with nothing but its root key and docs/formats/sealed-ring.md, and prints the records of its pages.

Usage: open_ring.py IMAGE ROOT_KEY CHAIN_ROOT FIRST_EPOCH, both keys in hexadecimal. Each line: page, first sequence number, count, whether the seal is right, body.
"""

import hashlib
import hmac
import sys

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 4096


def number(of, at, size=8):
    return int.from_bytes(of[at:at + size], "big")


def mac(key, text):
    return hmac.new(key, text, hashlib.sha256).digest()


def derive(key, salt, info):
    return mac(mac(salt or bytes(32), key), info + b"\x01")


def main(path, root, chain_root, first_epoch):
    with open(path, "rb") as file:
        image = file.read()
    static = image[:BLOCK]
    assert static[:8] == b"SPRING01"
    ring, blocks, tail = static[16:32], number(static, 32), number(static, 12, 4)
    key = derive(root, b"", b"sallyport/ring/1/static" + ring + bytes(8))
    assert mac(key, static[:4060]) == static[4060:4092]
    start = 6 + 4 * tail
    circle = image[start * BLOCK:blocks * BLOCK] * 2
    for at in range(0, (blocks - start) * BLOCK, BLOCK):
        header = circle[at:at + 128]
        if header[:8] != b"SPPAGE01" or header[8] != 1 or header[16:32] != ring:
            continue
        page_key = derive(root, header[32:48], b"sallyport/ring/1/page" + ring + header[48:56])
        try:
            length = number(header, 12, 4)
            content = AESGCM(page_key).decrypt(header[80:92], circle[at + 128:at + 128 + length + 16], header)
        except InvalidTag:
            continue
        assert number(header, 112) % (blocks - start) == at // BLOCK
        body = content[152 + 32 * (content[100] + content[101] + content[102]):]
        assert len(body) == number(content, 96, 4)
        epoch, epoch_id = content[128:136], content[136:152]
        of_epoch = chain_root
        for _ in range(first_epoch, number(epoch, 0)):
            of_epoch = mac(of_epoch, b"sallyport/ring/1/next-epoch")
        seal_key = derive(of_epoch, epoch_id, b"sallyport/ring/1/mac" + ring + epoch)
        for _ in range(number(content, 64), number(header, 56)):
            seal_key = mac(seal_key, b"sallyport/ring/1/next")
        sealed = (b"sallyport.batch/1\0" + content[112:128] + ring + epoch + epoch_id + content[64:72] + header[56:64]
                  + header[64:72] + header[72:76] + header[96:104] + bytes([header[9], header[11], header[10] & ~1])
                  + content[0:32] + hashlib.sha256(body).digest())
        print(number(header, 56), number(header, 64), number(header, 72, 4), mac(seal_key, sealed) == content[32:64], body.decode())


if __name__ == "__main__":
    main(sys.argv[1], bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3]), int(sys.argv[4]))
