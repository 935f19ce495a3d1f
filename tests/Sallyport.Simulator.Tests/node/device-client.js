// Registers one device with the unmodified provisioning client, then connects to the hub that it is given with the unmodified device client and
// sends one message. Writes one JSON line: {"hub":"…","device":"…","status":"…"} or {"error":{"name":"…","message":"…"}}.
// Arguments: provisioning host, ID scope, registration id, file with certificate chain, file with key.
'use strict';

const fs = require('node:fs');
const { X509Security } = require('azure-iot-security-x509');
const { Mqtt: ProvisioningMqtt } = require('azure-iot-provisioning-device-mqtt');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Client, Message } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const [host, scope, registrationId, certificateFile, keyFile] = process.argv.slice(2);
const x509 = { cert: fs.readFileSync(certificateFile, 'utf8'), key: fs.readFileSync(keyFile, 'utf8') };

async function run() {
  const provisioning = ProvisioningDeviceClient.create(host, scope, new ProvisioningMqtt(), new X509Security(registrationId, x509));
  provisioning.setProvisioningPayload({ line: 7 });
  const state = await provisioning.register();
  const client = Client.fromConnectionString(`HostName=${state.assignedHub};DeviceId=${state.deviceId};x509=true`, Mqtt);
  await client.setOptions(x509);
  await client.open();
  const message = new Message(JSON.stringify({ v: 1 }));
  message.messageId = 'm1';
  await client.sendEvent(message);
  const twin = await client.getTwin();
  await client.close();
  return { hub: state.assignedHub, device: state.deviceId, status: state.status, desired: twin.properties.desired };
}

run()
  .catch((error) => ({ error: { name: error.name, message: error.message } }))
  .then((result) => process.stdout.write(JSON.stringify(result) + '\n', () => process.exit(0)));
