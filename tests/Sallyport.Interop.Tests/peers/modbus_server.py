"""A Modbus TCP server on pymodbus with known values in all four tables.

Usage: modbus_server.py ADDRESS PORT

Prints one JSON object when it listens: {"points": {name: {"table","address","type","wordOrder","value"}}}.
The registers are packed here by struct, so that neither the reader under test nor its simulator had a hand in them.
Ends when standard input closes.
"""
import asyncio
import json
import struct
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer

WORD_ORDERS = {"ABCD": (0, 1, 2, 3), "CDAB": (2, 3, 0, 1), "BADC": (1, 0, 3, 2), "DCBA": (3, 2, 1, 0)}
WIDE = {"int32": (">i", -123456789), "uint32": (">I", 0xDEADBEEF), "float32": (">f", 7.25)}
NARROW = {"int16": (">h", -12345), "uint16": (">H", 54321)}
BYTE_SWAPPED = ("BADC", "DCBA")


def registers_of(packed, order=None):
    if order is not None:
        packed = bytes(packed[i] for i in WORD_ORDERS[order])
    return list(struct.unpack(f">{len(packed) // 2}H", packed))


def main():
    address, port = sys.argv[1], int(sys.argv[2])
    points, tables = {}, {"holdingRegister": [0] * 200, "inputRegister": [0] * 200}
    for table, registers in tables.items():
        at = 10
        for kind, (form, value) in NARROW.items():
            registers[at] = registers_of(struct.pack(form, value))[0]
            points[f"{table}_{kind}"] = dict(table=table, address=at, type=kind, wordOrder="ABCD", value=value)
            at += 1
        for kind, (form, value) in WIDE.items():
            for order in WORD_ORDERS:
                registers[at:at + 2] = registers_of(struct.pack(form, value), order)
                points[f"{table}_{kind}_{order}"] = dict(table=table, address=at, type=kind, wordOrder=order, value=value)
                at += 2
    bits = {"coil": [0] * 64, "discreteInput": [0] * 64}
    for table, values in bits.items():
        for at in range(3, 23):
            values[at] = 1 if (at * 7 + len(table)) % 3 == 0 else 0
            points[f"{table}_{at}"] = dict(table=table, address=at, type="bool", wordOrder="ABCD", value=bool(values[at]))
    store = ModbusSlaveContext(
        co=ModbusSequentialDataBlock(0, bits["coil"]), di=ModbusSequentialDataBlock(0, bits["discreteInput"]),
        hr=ModbusSequentialDataBlock(0, tables["holdingRegister"]), ir=ModbusSequentialDataBlock(0, tables["inputRegister"]),
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
