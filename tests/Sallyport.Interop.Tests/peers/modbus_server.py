"""A Modbus TCP server on pymodbus with known values in all four tables.

Usage: modbus_server.py ADDRESS PORT

Prints one JSON object when it listens: {"points": {name: {"kind","value","width","members"}}}, members being those of a point in the reader's
configuration, without its group.
The registers are packed here by struct, so that neither the reader under test nor its simulator had a hand in them.
Ends when standard input closes.
"""
import asyncio
import json
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer

ORDERS_16 = ("AB", "BA")
ORDERS_32 = ("ABCD", "CDAB", "BADC", "DCBA")
ORDERS_64 = ("ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA", "CDABGHEF", "EFGHABCD", "DCBAHGFE", "FEHGBADC")

# Kind: how struct packs it, most significant byte first, the value, and the orders in which the bytes can lie.
ORDERED = {
    "int32": (">i", -123456789, ORDERS_32),
    "uint32": (">I", 0xDEADBEEF, ORDERS_32),
    "float32": (">f", 7.25, ORDERS_32),
    "int64": (">q", -81985529216486895, ORDERS_64),
    "uint64": (">Q", 0xFEDCBA9876543210, ORDERS_64),
    "float16": (">e", -2.75, ORDERS_16),
    "float64": (">d", -1234.5678, ORDERS_64),
}
NARROW = {"int16": (">h", -12345), "uint16": (">H", 54321)}
DECIMAL = {"bcd16": (1975, ORDERS_16), "bcd32": (20261125, ORDERS_32)}
HALVES = {"int8High": (">bB", -100, 0x5A), "int8Low": (">Bb", 0x5A, -100), "uint8High": (">BB", 200, 0x5A), "uint8Low": (">BB", 0x5A, 200)}
TEXT = "Pumpe 7"
PACKINGS = {
    "highFirst": (4, TEXT.encode() + b"\0"),
    "lowFirst": (4, b"uPpm e\x007"),
    "highOnly": (8, b"".join(bytes((letter, 0)) for letter in TEXT.encode() + b"\0")),
    "lowOnly": (8, b"".join(bytes((0, letter)) for letter in TEXT.encode() + b"\0")),
}
FLAGS = 0b1010_0101_0000_1111


class Table:
    """One table of registers that is filled from its start, with the points that lie in it."""

    def __init__(self, name, points):
        self.name, self.points, self.registers = name, points, [0] * 10

    def add(self, label, kind, value, packed, **members):
        width = len(packed) // 2
        members = dict(table=self.name, address=len(self.registers), type="bool" if kind == "registerBit" else kind, **members)
        self.points[f"{self.name}_{label}"] = dict(kind=kind, value=value, width=width, members=members)
        self.registers += struct.unpack(f">{width}H", packed)

    def fill(self):
        for kind, (form, value) in NARROW.items():
            self.add(kind, kind, value, struct.pack(form, value))
        for kind, (form, value, orders) in ORDERED.items():
            self.add_orders(kind, value, struct.pack(form, value), orders)
        for kind, (value, orders) in DECIMAL.items():
            self.add_orders(kind, value, bytes.fromhex(str(value)), orders)
        for kind, (form, high, low) in HALVES.items():
            self.add(kind, kind, high if kind.endswith("High") else low, struct.pack(form, high, low))
        for packing, (count, packed) in PACKINGS.items():
            self.add(f"string_{packing}", "string", TEXT, packed, registers=count, packing=packing)
        for bit in (0, 4, 15):
            self.add(f"bit_{bit}", "registerBit", bool(FLAGS & (1 << bit)), struct.pack(">H", FLAGS), bit=bit)
        self.registers += [0] * 10

    def add_orders(self, kind, value, packed, orders):
        for order in orders:
            self.add(f"{kind}_{order}", kind, value, bytes(packed[ord(letter) - ord("A")] for letter in order), wordOrder=order)


def main():
    address, port = sys.argv[1], int(sys.argv[2])
    points = {}
    tables = {name: Table(name, points) for name in ("holdingRegister", "inputRegister")}
    for table in tables.values():
        table.fill()
    bits = {"coil": [0] * 64, "discreteInput": [0] * 64}
    for table, values in bits.items():
        for at in range(3, 23):
            values[at] = 1 if (at * 7 + len(table)) % 3 == 0 else 0
            points[f"{table}_{at}"] = dict(kind="bool", value=bool(values[at]), width=1, members=dict(table=table, address=at, type="bool"))
    store = ModbusSlaveContext(
        co=ModbusSequentialDataBlock(0, bits["coil"]), di=ModbusSequentialDataBlock(0, bits["discreteInput"]),
        hr=ModbusSequentialDataBlock(0, tables["holdingRegister"].registers), ir=ModbusSequentialDataBlock(0, tables["inputRegister"].registers),
        zero_mode=True)

    async def serve():
        server = ModbusTcpServer(ModbusServerContext(slaves={17: store}, single=False), address=(address, port))
        serving = asyncio.ensure_future(server.serve_forever())
        await server.serving
        print(json.dumps({"points": points}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        serving.cancel()

    asyncio.run(serve())


main()
