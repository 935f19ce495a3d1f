'use strict';

// Reads tags of the simulated CompactLogix with st-ethernet-ip. Says "ready" once connected; for each line with a number of tags it reads so many, again and
// again, for the given time, and prints how many tags a second that were: one tag by itself, more of them as a group, which the library packs.
// Usage: st-ethernet-ip-client.js PACKAGE ADDRESS MILLISECONDS

const [folder, address, milliseconds] = process.argv.slice(2);
const { Controller, Tag, TagGroup } = require(folder);

const tag = (station) => new Tag(`Station${String(station).padStart(3, '0')}_Count`);

function reading(controller, count) {
  if (count === 1) {
    const single = tag(0);
    return { tags: [single], read: () => controller.readTag(single) };
  }

  const tags = Array.from({ length: count }, (_, station) => tag(station));
  const group = new TagGroup();
  tags.forEach((one) => group.add(one));
  return { tags, read: () => controller.readTagGroup(group) };
}

async function main() {
  const controller = new Controller(true);
  await controller.connect(address, 0);
  const readings = new Map();
  console.log('ready');
  for await (const line of require('readline').createInterface({ input: process.stdin })) {
    const count = Number(line);
    if (!readings.has(count)) {
      readings.set(count, reading(controller, count));
    }

    const { tags, read } = readings.get(count);
    const started = performance.now();
    let rounds = 0;
    let elapsed = 0;
    while (elapsed < Number(milliseconds)) {
      await read();
      rounds += 1;
      elapsed = performance.now() - started;
    }

    if (tags.some((one, station) => Math.floor(one.value / 1000) !== station)) {
      throw new Error('a value is not the station\'s');
    }

    console.log((rounds * count * 1000) / elapsed);
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
