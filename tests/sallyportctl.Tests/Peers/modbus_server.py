"""A Modbus TCP device on pymodbus with holes: unit 5 has holding registers 100 to 119 and 140 to 149 and nothing else.

Usage: modbus_server.py ADDRESS

Prints the port when it listens. The registers from 100 on are floats 1.5, 2.5, ... with the less significant word first (CDAB).
Ends when standard input closes.
"""
import asyncio
import logging
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer


def main():
    logging.disable(logging.CRITICAL)
    registers = {}
    for i in range(10):
        high, low = struct.unpack(">HH", struct.pack(">f", i + 1.5))
        registers[100 + 2 * i], registers[101 + 2 * i] = low, high
    registers.update({140 + i: i for i in range(10)})
    store = ModbusSlaveContext(hr=ModbusSparseDataBlock(registers), zero_mode=True)

    async def serve():
        server = ModbusTcpServer(ModbusServerContext(slaves={5: store}, single=False), address=(sys.argv[1], 0))
        serving = asyncio.ensure_future(server.serve_forever())
        await server.serving
        print(server.server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        serving.cancel()

    asyncio.run(serve())


main()
