'use strict';

// Reads tags of an EtherNet/IP controller with st-ethernet-ip and prints one line of JSON: who the controller is, its tag list, the values.
// Usage: read-tags.js ADDRESS connected|unconnected TAGS
// TAGS is JSON: [{"name": "Counts", "program": "Main", "dimensions": 1, "size": 2000, "structure": true}], all but the name optional.

const { Controller, Tag, Structure, TagGroup } = require('st-ethernet-ip');

const [address, mode, list] = process.argv.slice(2);

// 64-bit numbers do not fit into JSON's.
const plain = (_, value) => (typeof value === 'bigint' ? value.toString() : value);

async function main() {
  const controller = new Controller(mode === 'connected');
  await controller.connect(address, 0);
  const values = [];
  const singles = [];
  const group = new TagGroup();
  for (const tag of JSON.parse(list)) {
    const { name, program = null, dimensions = 0, size = 1, structure = false } = tag;
    const made = structure
      ? new Structure(name, controller.state.tagList, program, null, 0, dimensions, size)
      : new Tag(name, program, null, 0, dimensions, size);
    await controller.readTag(made, size);
    values.push({ name, value: made.value });
    if (!structure && size === 1) {
      const again = new Tag(name, program, null, 0, dimensions, size);
      singles.push({ name, again });
      group.add(again);
    }
  }

  await controller.readTagGroup(group);
  const result = {
    name: controller.properties.name,
    version: controller.properties.version,
    serial: controller.properties.serial_number,
    run: controller.properties.run,
    tags: controller.state.tagList.tags.map((tag) => ({ name: tag.name, program: tag.program, type: tag.type.typeName, dimensions: tag.type.arrayDims })),
    values,
    grouped: singles.map(({ name, again }) => ({ name, value: again.value })),
  };
  await controller.disconnect();

  // The end of the process would cut off what the pipe has not taken yet.
  process.stdout.write(`${JSON.stringify(result, plain)}\n`, () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
