"""A Modbus TCP device on pymodbus with holes: unit 5 has holding registers 100 to 119, 140 to 149 and 200 to 224, and says who it is.

Usage: modbus_server.py ADDRESS

Prints the port when it listens. The registers from 100 on are floats 1.5, 2.5, ... with the less significant word first (CDAB).
From 200 on: a string, a string with the low byte first, a float64, an int64 with the least significant word first, a uint64, BCD, a float16, a status word.
Ends when standard input closes.
"""
import asyncio
import logging
import struct
import sys

from pymodbus.device import ModbusDeviceIdentification
from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer


def words(data):
    return struct.unpack(f">{len(data) // 2}H", data)


OTHERS = (
    *words(b"SALLYPORT 7".ljust(16, b" ")),
    *words(b"BA21"),
    *words(struct.pack(">d", 12345.678)),
    *reversed(words(struct.pack(">q", -2))),
    *words(struct.pack(">Q", 2**64 - 1)),
    0x1234,
    *words(struct.pack(">e", 1.5)),
    0x0008,
)

IDENTITY = {"VendorName": "Northwind Drives", "ProductCode": "ND-400", "MajorMinorRevision": "V2.17", "ModelName": "Drive"}


def main():
    logging.disable(logging.CRITICAL)
    registers = {}
    for i in range(10):
        high, low = struct.unpack(">HH", struct.pack(">f", i + 1.5))
        registers[100 + 2 * i], registers[101 + 2 * i] = low, high
    registers.update({140 + i: i for i in range(10)})
    registers.update({200 + i: word for i, word in enumerate(OTHERS)})
    store = ModbusSlaveContext(hr=ModbusSparseDataBlock(registers), zero_mode=True)

    async def serve():
        identity = ModbusDeviceIdentification(info_name=IDENTITY)
        server = ModbusTcpServer(ModbusServerContext(slaves={5: store}, single=False), identity=identity, address=(sys.argv[1], 0))
        serving = asyncio.ensure_future(server.serve_forever())
        await server.serving
        print(server.server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        serving.cancel()

    asyncio.run(serve())


main()
