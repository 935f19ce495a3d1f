// Rows of tables from the short form in which tests write them. Series of metrics are written as promtool's tests write them: "0x3 5+10x4 _x2".
'use strict';

const { datetimeOf } = require('../kusto/values.js');
const { arrival } = require('../kusto/evaluator.js');

const minute = 60000;
const scrape = 5 * minute; // ScrapeFrequencyInSecs of the deployment manifest.
const afterTheFullMinute = 20000;
const delay = 2 * minute; // Of a row on its way to its table.

/** "10:05" of the day of the tests, "+1 10:05" of the next. */
function timeOf(text, day) {
  const [, days, clock] = /^(?:([+-]\d+) )?(\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
  if (!clock) {
    throw new Error(`time ${text}`);
  }
  return datetimeOf(`${day} ${clock}`) + Number(days ?? 0) * 1440 * minute;
}

/** Values of a series, null for a sample that is missing. As with promtool, axN and a+bxN are N+1 samples, _xN are N. */
function samplesOf(text) {
  return text.split(/\s+/).flatMap((word) => {
    const [, missing, first, step, times] = /^(?:(_)|(-?[\d.]+))([+-][\d.]+)?(?:x(\d+))?$/.exec(word) ?? [];
    if (missing) {
      return Array(Number(times ?? 1)).fill(null);
    }
    if (first === undefined || (step !== undefined && times === undefined)) {
      throw new Error(`samples ${word}`);
    }
    return Array.from({ length: Number(times ?? 0) + 1 }, (_, at) => Number(first) + at * Number(step ?? 0));
  });
}

function labelsOf(text) {
  return Object.fromEntries(text.split(',').map((pair) => {
    const [, name, value] = /^([a-z_]+)=(.*)$/.exec(pair) ?? [];
    if (!name) {
      throw new Error(`label ${pair}`);
    }
    return [name, value];
  }));
}

/** Rows of one series: "name{label=value}" and "samples", or "samples arrives 12:30" where all that is older came in then. */
function seriesRows(series, written, from, day, moduleOf) {
  const [, name, inner] = /^(\w+)\{(.+)\}$/.exec(series) ?? [];
  if (!name) {
    throw new Error(`series ${series}`);
  }
  const { edge_device: device, module_name: given, instance_number: run, ...others } = labelsOf(inner);
  const module = given ?? moduleOf[name];
  if (!device || module === undefined) {
    throw new Error(`${series} must say ${device ? 'its module_name' : 'its edge_device'}`);
  }
  const tags = JSON.stringify({
    iothub: 'iot-sallyport-prod.azure-devices.net', edge_device: device, instance_number: run ?? 'run-1', ...(module && { module_name: module }), ...others,
  });
  const [, samples, late] = /^(.*?)(?: arrives (.*))?$/.exec(written);
  return samplesOf(samples).map((value, at) => {
    const time = from + at * scrape + afterTheFullMinute;
    return { TimeGenerated: time, Name: name, Value: value, Tags: tags, _ResourceId: '', [arrival]: Math.max(time + delay, late ? timeOf(late, day) : 0) };
  }).filter((row) => row.Value !== null);
}

/** A row as it is written: {"at": "10:05", "arrives": "12:00", column: value}; columns that are left out are empty. */
function rowOf(written, columns, day) {
  const { at, arrives, ...values } = written;
  const unknown = Object.keys(values).filter((name) => !(name in columns) || name === 'TimeGenerated');
  if (unknown.length > 0) {
    throw new Error(`${unknown} are no columns to be written`);
  }
  const time = timeOf(at, day);
  const row = Object.fromEntries(Object.entries(columns).map(([name, type]) => {
    const value = values[name] ?? (type === 'string' ? '' : null);
    return [name, type === 'string' && typeof value === 'object' ? JSON.stringify(value) : value];
  }));
  return { ...row, TimeGenerated: time, [arrival]: arrives ? timeOf(arrives, day) : time + delay };
}

/** All tables of a case: {table: rows}, in the order of their coming in. */
function dataOf(written, day, tables, moduleOf) {
  const from = timeOf(written.from ?? '10:00', day);
  const data = Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
  for (const [series, samples] of Object.entries(written.metrics ?? {})) {
    for (const text of [samples].flat()) {
      data.SallyportMetrics_CL.push(...seriesRows(series, text, from, day, moduleOf));
    }
  }
  for (const [device, times] of Object.entries(written.holes ?? {})) {
    const [first, last] = times.split('..').map((time) => timeOf(time, day));
    const ofDevice = `"edge_device":"${device}"`;
    data.SallyportMetrics_CL = data.SallyportMetrics_CL.filter((row) => row.TimeGenerated < first || row.TimeGenerated >= last || !row.Tags.includes(ofDevice));
  }
  for (const [table, rows] of Object.entries(written.rows ?? {})) {
    data[table].push(...rows.map((row) => rowOf(row, tables[table], day)));
  }
  for (const rows of Object.values(data)) {
    rows.sort((left, right) => left[arrival] - right[arrival]);
  }
  return data;
}

module.exports = { dataOf, minute, timeOf };
