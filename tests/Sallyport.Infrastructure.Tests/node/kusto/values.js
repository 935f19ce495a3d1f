// Values of queries. null is null; a string has none. long, int and real are numbers, datetime is milliseconds since 1970, timespan milliseconds,
// dynamic what JSON.parse makes. What a value is, is known from the binder and not from the value.
'use strict';

const unitsOfTime = { d: 86400000, h: 3600000, m: 60000, s: 1000, ms: 1 };

function timespanOf(text) {
  const inner = text.replace(/^(?:time|timespan)\((.*)\)$/, '$1');
  const match = /^(\d+(?:\.\d+)?)(d|h|m|s|ms)$/.exec(inner);
  if (!match) {
    throw new Error(`timespan ${text}`);
  }
  return Number(match[1]) * unitsOfTime[match[2]];
}

/** A time as in "2026-11-26 10:15:00", of UTC. */
function datetimeOf(text) {
  const inner = text.replace(/^datetime\((.*)\)$/, '$1').trim();
  if (!/^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z?)?$/.test(inner)) {
    throw new Error(`datetime ${text}`);
  }
  const date = inner.replace(/Z$/, '').replace(' ', 'T');
  return Date.parse(`${date.length === 10 ? `${date}T00:00` : date}Z`);
}

/** Value of a literal of a type, from its text. */
function literalOf(type, text) {
  if (/^\w+\(null\)$/.test(text)) {
    return null;
  }
  switch (type) {
    case 'bool': return text === 'true';
    case 'int':
    case 'long': return integerOf(Number(text.replace(/^\w+\((.*)\)$/, '$1')), text);
    case 'real': return Number(text.replace(/^\w+\((.*)\)$/, '$1'));
    case 'datetime': return datetimeOf(text);
    case 'timespan': return timespanOf(text);
    default: throw new Error(`literal of type ${type}`);
  }
}

function integerOf(value, text) {
  if (!Number.isSafeInteger(value)) {
    throw new Error(`integer ${text}`);
  }
  return value;
}

/** Below, equal or above 0, of two values of one type that are not null. Strings are ordered by their code units. */
function compare(left, right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What tells the values of a group apart. */
const keyOf = (values) => JSON.stringify(values.map((value) => (Number.isNaN(value) ? 'NaN' : value)));

/** As tostring() does, for the types that queries give to it. */
function textOf(value, type) {
  if (value === null) {
    return '';
  }
  switch (type) {
    case 'string': return value;
    case 'int':
    case 'long': return String(value);
    case 'dynamic': return typeof value === 'string' ? value : JSON.stringify(value);
    default: throw new Error(`tostring of ${type}`);
  }
}

/** As people are shown it. */
function shown(value, type) {
  if (value === null) {
    return '';
  }
  switch (type) {
    case 'bool': return String(value);
    case 'datetime': return new Date(value).toISOString().slice(0, 19).replace('T', ' ');
    case 'real': return String(Number(value.toPrecision(12)));
    case 'timespan': return `${value / 1000} s`;
    default: return textOf(value, type);
  }
}

const isNumber = (type) => type === 'int' || type === 'long' || type === 'real';

module.exports = { compare, datetimeOf, isNumber, keyOf, literalOf, shown, textOf, timespanOf };
