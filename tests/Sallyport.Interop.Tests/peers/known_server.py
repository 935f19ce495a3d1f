"""A Modbus server on pymodbus with the contents that libmodbus_server.c describes.

Usage: known_server.py tcp ADDRESS PORT | known_server.py rtu-tcp ADDRESS PORT | known_server.py rtu DEVICE BAUD

Unit 17. Prints "ready" when it listens; ends when standard input closes.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.framer.rtu_framer import ModbusRtuFramer
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer


def contents():
    return ModbusServerContext(slaves={17: ModbusSlaveContext(
        hr=ModbusSequentialDataBlock(0, [(257 * a + 11) & 0xFFFF for a in range(512)]),
        ir=ModbusSequentialDataBlock(0, [(263 * a + 5) & 0xFFFF for a in range(512)]),
        co=ModbusSequentialDataBlock(0, [(7 * a + 4) % 3 == 0 for a in range(64)]),
        di=ModbusSequentialDataBlock(0, [(5 * a + 1) % 3 == 0 for a in range(64)]),
        zero_mode=True)}, single=False)


async def serve():
    mode, where, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if mode == "rtu":
        server = ModbusSerialServer(contents(), ModbusRtuFramer, port=where, baudrate=number, parity="N", timeout=1)
        await server.start()
        serving = asyncio.ensure_future(server.serve_forever())
    else:
        server = ModbusTcpServer(contents(), ModbusRtuFramer if mode == "rtu-tcp" else None, address=(where, number))
        serving = asyncio.ensure_future(server.serve_forever())
        await server.serving
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    serving.cancel()


asyncio.run(serve())
