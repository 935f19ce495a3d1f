'use strict';

// A Modbus server on jsmodbus or modbus-serial with the contents that peers/libmodbus_server.c describes.
// Usage: known-server.js STACK tcp ADDRESS PORT | known-server.js STACK rtu DEVICE BAUD
// Unit 17. Prints "ready" when it listens; ends when standard input closes.

const net = require('node:net');

const [stack, mode, where, number] = process.argv.slice(2);
const unit = 17;
const contents = {
  holding: (a) => (257 * a + 11) & 0xFFFF,
  input: (a) => (263 * a + 5) & 0xFFFF,
  coil: (a) => (7 * a + 4) % 3 === 0,
  discrete: (a) => (5 * a + 1) % 3 === 0,
};
const ready = () => console.log('ready');

function registers(value) {
  const buffer = Buffer.alloc(1024);
  for (let a = 0; a < 512; a++) {
    buffer.writeUInt16BE(value(a), 2 * a);
  }
  return buffer;
}

function bits(value) {
  const buffer = Buffer.alloc(8);
  for (let a = 0; a < 64; a++) {
    buffer[a >> 3] |= value(a) ? 1 << (a & 7) : 0;
  }
  return buffer;
}

function jsmodbus() {
  const { server } = require('jsmodbus');
  const options = {
    holding: registers(contents.holding),
    input: registers(contents.input),
    coils: bits(contents.coil),
    discrete: bits(contents.discrete),
  };
  if (mode === 'tcp') {
    const listener = net.createServer();
    const modbus = new server.TCP(listener, options);
    modbus.on('error', (error) => console.error(error));
    listener.listen(Number(number), where, ready);
  } else {
    const { SerialPort } = require('serialport');
    const port = new SerialPort({ path: where, baudRate: Number(number) }, ready);
    new server.RTU(port, options);
  }
}

function modbusSerial() {
  const { ServerTCP, ServerSerial } = require('modbus-serial');
  const vector = {
    getHoldingRegister: contents.holding,
    getInputRegister: contents.input,
    getCoil: contents.coil,
    getDiscreteInput: contents.discrete,
  };
  const server = mode === 'tcp'
    ? new ServerTCP(vector, { host: where, port: Number(number), unitID: unit })
    : new ServerSerial(vector, { path: where, baudRate: Number(number), unitID: unit, interval: 5 });
  server.on('initialized', ready);
  server.on('socketError', (error) => console.error(error));
}

process.stdin.on('end', () => process.exit(0)).resume();
({ jsmodbus, 'modbus-serial': modbusSerial })[stack]();
