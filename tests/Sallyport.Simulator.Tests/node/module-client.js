// Drives one unmodified ModuleClient. Requests come as JSON lines on standard input, answers and events go as JSON lines to
// standard output: {"id":1,"do":"open"} is answered by {"id":1,"ok":true} or {"id":1,"error":{"name":"…","message":"…"}}.
'use strict';

const readline = require('node:readline');
const { NoRetry } = require('azure-iot-common');
const { Message, ModuleClient } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

let client;
let twin;

const write = (line) => process.stdout.write(JSON.stringify(line) + '\n');

const listen = () => {
  client.on('disconnect', () => write({ event: 'disconnect' }));
  client.on('error', (error) => write({ event: 'error', message: error.message }));
};

const verbs = {
  async open({ retry, listens }) {
    client = await ModuleClient.fromEnvironment(Mqtt);
    if (retry === false) {
      client.setRetryPolicy(new NoRetry());
    }

    listen();
    if (listens) {
      verbs.listenToInputs();
    }

    await client.open();
  },

  async send({ output, body, messageId, properties, size }) {
    const message = new Message(size ? Buffer.alloc(size, 'x') : JSON.stringify(body));
    message.contentType = 'application/json';
    message.contentEncoding = 'utf-8';
    message.messageId = messageId;
    for (const [name, value] of Object.entries(properties ?? {})) {
      message.properties.add(name, value);
    }

    await client.sendOutputEvent(output, message);
  },

  async listenToInputs() {
    client.on('inputMessage', (input, message) => {
      write({
        event: 'input',
        input,
        body: message.getData().toString(),
        messageId: message.messageId,
        properties: Object.fromEntries(message.properties.propertyList.map(({ key, value }) => [key, value])),
      });
      client.complete(message, (error) => write({ event: 'completed', error: error?.message }));
    });
  },

  async getTwin() {
    twin = await client.getTwin();
    return { desired: twin.properties.desired, reported: twin.properties.reported };
  },

  async listenToDesired() {
    twin.on('properties.desired', (patch) => write({ event: 'desired', patch }));
  },

  report({ patch }) {
    return new Promise((resolve, reject) =>
      twin.properties.reported.update(patch, (error) => (error ? reject(error) : resolve())));
  },

  async listenToMethod({ method, status, payload }) {
    client.onMethod(method, (request, response) => {
      write({ event: 'method', method: request.methodName, payload: request.payload });
      response.send(status, payload, (error) => write({ event: 'answered', error: error?.message }));
    });
  },

  async close() {
    await client.close();
  },
};

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const request = JSON.parse(line);
  try {
    write({ id: request.id, ok: true, value: await verbs[request.do](request) });
  } catch (error) {
    write({ id: request.id, error: { name: error.name, message: error.message } });
  }
}).on('close', () => process.exit(0));
