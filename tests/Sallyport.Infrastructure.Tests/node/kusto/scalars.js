// Functions and operators over values. Each is given values, and their types where it needs them.
'use strict';

const { compare, isNumber, textOf } = require('./values.js');

const unitsOfDifference = { minute: 60000, second: 1000, hour: 3600000, day: 86400000 };

function datetimeDifference(period, left, right) {
  const unit = unitsOfDifference[period.toLowerCase()];
  if (!unit) {
    throw new Error(`datetime_diff by ${period}`);
  }
  // Counts the borders that lie between them, not whole units.
  return Math.floor(left / unit) - Math.floor(right / unit);
}

/** The decimal digits decide, so that 2.15 becomes 2.2 although its bits lie below. */
function round(value, digits) {
  const [mantissa, exponent] = String(Math.abs(value)).split('e');
  const shifted = Math.round(Number(`${mantissa}e${Number(exponent ?? 0) + digits}`));
  const [base, power] = String(shifted).split('e');
  return Math.sign(value) * Number(`${base}e${Number(power ?? 0) - digits}`);
}

const parsed = new Map();

/** A string that is no JSON stays one. Labels of a series are the same in each of its rows. */
function parseJson(text) {
  if (!parsed.has(text)) {
    try {
      parsed.set(text, JSON.parse(text));
    } catch {
      parsed.set(text, text);
    }
  }
  return parsed.get(text);
}

const strict = (call) => (values, types) => (values.some((value) => value === null) ? null : call(values, types));

const functions = {
  bin: strict(([value, size]) => (size <= 0 ? null : Math.floor(value / size) * size)),
  coalesce: (values, types) => values.find((value) => value !== null && !(types[0] === 'string' && value === '')) ?? (types[0] === 'string' ? '' : null),
  datetime_diff: strict(([period, left, right]) => datetimeDifference(period, left, right)),
  iff: ([condition, yes, no]) => (condition === true ? yes : no),
  isnotempty: ([value], [type]) => textOf(value, type) !== '',
  isnull: ([value], [type]) => type !== 'string' && value === null,
  min_of: (values) => values.filter((value) => value !== null).sort(compare)[0] ?? null,
  not: strict(([value]) => !value),
  parse_json: ([value], [type]) => (type === 'dynamic' ? value : parseJson(value)),
  round: strict(([value, digits = 0]) => round(value, digits)),
  strcat: (values, types) => values.map((value, at) => textOf(value, types[at])).join(''),
  toreal: ([value], [type]) => {
    if (!isNumber(type)) {
      throw new Error(`toreal of ${type}`);
    }
    return value;
  },
  tostring: ([value], [type]) => textOf(value, type),
};

const arithmetic = {
  AddExpression: (left, right) => left + right,
  DivideExpression: (left, right, type) => (type === 'int' || type === 'long' ? (right === 0 ? null : Math.trunc(left / right)) : left / right),
  MultiplyExpression: (left, right) => left * right,
  SubtractExpression: (left, right) => left - right,
};

const orders = {
  GreaterThanExpression: (order) => order > 0,
  GreaterThanOrEqualExpression: (order) => order >= 0,
  LessThanExpression: (order) => order < 0,
  LessThanOrEqualExpression: (order) => order <= 0,
};

const wordsOf = (text) => text.toLowerCase().split(/[^a-z0-9]+/);

/** Whether one is a whole word of the other, or a row of whole words; of ASCII letters and digits. */
function has(text, word) {
  if (!/^[A-Za-z0-9]+$/.test(word)) {
    throw new Error(`has of "${word}", which is not one word`);
  }
  return wordsOf(text).includes(word.toLowerCase());
}

const texts = {
  ContainsExpression: (left, right) => left.toLowerCase().includes(right.toLowerCase()),
  EndsWithExpression: (left, right) => left.toLowerCase().endsWith(right.toLowerCase()),
  EqualTildeExpression: (left, right) => left.toLowerCase() === right.toLowerCase(),
  HasExpression: has,
  StartsWithExpression: (left, right) => left.toLowerCase().startsWith(right.toLowerCase()),
};

/** Two nulls are neither equal nor unequal; null is unequal to all else. */
function equal(left, right) {
  return left === null && right === null ? null : left === right;
}

const unlessNull = (call) => (left, right, type) => (left === null || right === null ? null : call(left, right, type));
const mapped = (table, call) => Object.fromEntries(Object.entries(table).map(([kind, one]) => [kind, call(one)]));

/** Operators with two sides, by the kind of their expression: (left, right, type of the result) → value. */
const binary = {
  ...mapped(arithmetic, unlessNull),
  ...mapped(orders, (isSo) => unlessNull((left, right) => isSo(compare(left, right)))),
  ...texts,
  EqualExpression: equal,
  NotEqualExpression: (left, right) => {
    const same = equal(left, right);
    return same === null ? null : !same;
  },
};

module.exports = { binary, equal, functions, has };
