// node judge.mjs FILE. The first line of the file is the schema, each further line a document. For each document one line: 1 if the schema takes it, else 0.
// Strict mode refuses a schema with a word that the standard does not have, or with one that has no effect where it stands.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv from 'ajv';

let judge;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  if (judge === undefined) {
    judge = new Ajv({ strict: true, strictRequired: true, allowUnionTypes: false }).compile(JSON.parse(line));
  } else {
    console.log(judge(JSON.parse(line)) ? '1' : '0');
  }
}
