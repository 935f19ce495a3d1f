"""A Modbus TCP server on pymodbus with known values of every kind in all four tables.

Usage: modbus_server.py ADDRESS

Prints one JSON object when it listens: {"port", "points": {name: {"kind","value","width","members"}}}, members being those of a point in the reader's
configuration, without its group.
The registers are packed here, by pymodbus' own payload builder where it has the kind and the order and else by struct, so that neither the reader under
test nor its simulator had a hand in them.
Ends when standard input closes.
"""
import asyncio
import json
import struct
import sys

from pymodbus.constants import Endian
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.payload import BinaryPayloadBuilder
from pymodbus.server.async_io import ModbusTcpServer

ORDERS_16 = ("AB", "BA")
ORDERS_32 = ("ABCD", "CDAB", "BADC", "DCBA")
ORDERS_64 = ("ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA", "CDABGHEF", "EFGHABCD", "DCBAHGFE", "FEHGBADC")

# What pymodbus calls these orders: of the bytes in a register, and of the registers.
BUILDER_ORDERS = {
    "AB": (Endian.Big, Endian.Big), "BA": (Endian.Little, Endian.Big),
    "ABCD": (Endian.Big, Endian.Big), "CDAB": (Endian.Big, Endian.Little),
    "BADC": (Endian.Little, Endian.Big), "DCBA": (Endian.Little, Endian.Little),
    "ABCDEFGH": (Endian.Big, Endian.Big), "GHEFCDAB": (Endian.Big, Endian.Little),
    "BADCFEHG": (Endian.Little, Endian.Big), "HGFEDCBA": (Endian.Little, Endian.Little),
}

# Kind: what the builder calls it, how struct packs it, the values in holding and in input registers, and the orders in which the bytes can lie.
ORDERED = {
    "int16": ("16bit_int", ">h", (-12345, -32768), ORDERS_16),
    "uint16": ("16bit_uint", ">H", (54321, 65535), ORDERS_16),
    "int32": ("32bit_int", ">i", (-123456789, -2147483648), ORDERS_32),
    "uint32": ("32bit_uint", ">I", (0xDEADBEEF, 0xFFFFFFFF), ORDERS_32),
    "float32": ("32bit_float", ">f", (7.25, -0.15625), ORDERS_32),
    "int64": ("64bit_int", ">q", (-81985529216486895, -9223372036854775808), ORDERS_64),
    "uint64": ("64bit_uint", ">Q", (0xFEDCBA9876543210, 9007199254740993), ORDERS_64),
    "float16": ("16bit_float", ">e", (-2.75, 0.375), ORDERS_16),
    "float64": ("64bit_float", ">d", (-1234.5678, 1.7976931348623157e308), ORDERS_64),
}
DECIMAL = {"bcd16": ((1975, 7), ORDERS_16), "bcd32": ((20261125, 99999999), ORDERS_32), "bcd64": ((1234567890123456, 42), ORDERS_64)}
HALVES = {"int8High": (">bB", -100, 0x5A), "int8Low": (">Bb", 0x5A, -100), "uint8High": (">BB", 200, 0x5A), "uint8Low": (">BB", 0x5A, 200)}
TEXT = "Pumpe 7"
DEGREES = "K\u00fchler \u00b0C"

# Label: value, registers, packing, encoding, and the bytes as they lie there.
STRINGS = {
    "highFirst": (TEXT, 4, "highFirst", "ascii", TEXT.encode() + b"\0"),
    "lowFirst": (TEXT, 4, "lowFirst", "ascii", b"uPpm e\x007"),
    "highOnly": (TEXT, 8, "highOnly", "ascii", b"".join(bytes((letter, 0)) for letter in TEXT.encode() + b"\0")),
    "lowOnly": (TEXT, 8, "lowOnly", "ascii", b"".join(bytes((0, letter)) for letter in TEXT.encode() + b"\0")),
    "spaces": (TEXT, 6, "highFirst", "ascii", TEXT.ljust(12).encode()),
    "lowFirst_spaces": ("Tank", 3, "lowFirst", "ascii", b"aTkn  "),
    "full": ("Pumpe 77", 4, "highFirst", "ascii", b"Pumpe 77"),
    "rest_of_before": ("Tank", 4, "highFirst", "ascii", b"Tank\0e 7"),
    "latin1": (DEGREES, 5, "highFirst", "latin1", DEGREES.encode("latin-1") + b"\0"),
    "utf8": (DEGREES, 6, "highFirst", "utf8", DEGREES.encode("utf-8") + b"\0"),
}
FLAGS = 0b1010_0101_0000_1111


class Table:
    """One table of registers that is filled from its start, with the points that lie in it."""

    def __init__(self, name, which, points):
        self.name, self.which, self.points, self.registers = name, which, points, [0] * 10

    def add(self, label, kind, value, packed, **members):
        width = len(packed) // 2
        members = dict(table=self.name, address=len(self.registers), type="bool" if kind == "registerBit" else kind, **members)
        self.points[f"{self.name}_{label}"] = dict(kind=kind, value=value, width=width, members=members)
        self.registers += struct.unpack(f">{width}H", packed)

    def fill(self):
        for kind, (builder_name, form, values, orders) in ORDERED.items():
            value = values[self.which]
            for order in orders:
                self.add(f"{kind}_{order}", kind, value, pack_ordered(builder_name, form, value, order), wordOrder=order)
        for kind, (values, orders) in DECIMAL.items():
            value = values[self.which]
            digits = bytes.fromhex(str(value).zfill(len(orders[0]) * 2))
            for order in orders:
                self.add(f"{kind}_{order}", kind, value, lay(digits, order), wordOrder=order)
        for kind, (form, high, low) in HALVES.items():
            for order in ORDERS_16:
                self.add(f"{kind}_{order}", kind, high if kind.endswith("High") else low, lay(struct.pack(form, high, low), order), wordOrder=order)
        for label, (value, count, packing, encoding, packed) in STRINGS.items():
            self.add(f"string_{label}", "string", value, packed, registers=count, packing=packing, encoding=encoding)
        for bit in (0, 4, 15):
            for order in ORDERS_16:
                self.add(f"bit_{bit}_{order}", "registerBit", bool(FLAGS & (1 << bit)), lay(struct.pack(">H", FLAGS), order), bit=bit, wordOrder=order)
        self.registers += [0] * 10


def lay(packed, order):
    """Puts bytes, the most significant one first, into the order of the letters."""
    return bytes(packed[ord(letter) - ord("A")] for letter in order)


def pack_ordered(builder_name, form, value, order):
    """The bytes as they lie: what the letters say and, for the orders that it has, what pymodbus says must be the same."""
    by_letters = lay(struct.pack(form, value), order)
    if order not in BUILDER_ORDERS:
        return by_letters
    byte_order, word_order = BUILDER_ORDERS[order]
    builder = BinaryPayloadBuilder(byteorder=byte_order, wordorder=word_order)
    getattr(builder, f"add_{builder_name}")(value)
    packed = struct.pack(f">{len(order) // 2}H", *builder.to_registers())
    if packed != by_letters:
        raise SystemExit(f"pymodbus packs {builder_name} {order} as {packed.hex()}, its letters say {by_letters.hex()}")
    return packed


def main():
    points = {}
    tables = [Table(name, which, points) for which, name in enumerate(("holdingRegister", "inputRegister"))]
    for table in tables:
        table.fill()
    bits = {"coil": [0] * 64, "discreteInput": [0] * 64}
    for table, values in bits.items():
        for at in range(3, 23):
            values[at] = 1 if (at * 7 + len(table)) % 3 == 0 else 0
            points[f"{table}_{at}"] = dict(kind="bool", value=bool(values[at]), width=1, members=dict(table=table, address=at, type="bool"))
    store = ModbusSlaveContext(
        co=ModbusSequentialDataBlock(0, bits["coil"]), di=ModbusSequentialDataBlock(0, bits["discreteInput"]),
        hr=ModbusSequentialDataBlock(0, tables[0].registers), ir=ModbusSequentialDataBlock(0, tables[1].registers),
        zero_mode=True)

    async def serve():
        server = ModbusTcpServer(ModbusServerContext(slaves={17: store}, single=False), address=(sys.argv[1], 0))
        serving = asyncio.ensure_future(server.serve_forever())
        await server.serving
        print(json.dumps({"port": server.server.sockets[0].getsockname()[1], "points": points}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        serving.cancel()

    asyncio.run(serve())


main()
