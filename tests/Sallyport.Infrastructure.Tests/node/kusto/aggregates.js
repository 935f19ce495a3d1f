// Functions over the rows of a group. Each is given the values of its arguments for each row, and makes its values: arg_max and arg_min several, the others one.
'use strict';

const { compare } = require('./values.js');

const present = (values) => values.filter((value) => value !== null);
const extreme = (values, sign) => present(values).reduce((best, value) => (best === null || sign * compare(value, best) > 0 ? value : best), null);
const sum = (values) => present(values).reduce((total, value) => total + value, 0);
const first = (values, isString) => values.find((value) => value !== null && !(isString && value === '')) ?? values[0] ?? null;

/** The row with the most or least of the first argument; rows without it count only if there are no others; of several, the first. */
function extremeRow(rows, sign) {
  let best = null;
  for (const row of rows) {
    if (best === null || (row[0] !== null && (best[0] === null || sign * compare(row[0], best[0]) > 0))) {
      best = row;
    }
  }
  return best;
}

const column = (rows, at = 0) => rows.map((row) => row[at]);
const chosen = (rows) => rows.filter((row) => row.at(-1) === true);

/** By name: (rows of arguments, type of the first) → value, or values for arg_max and arg_min. */
const aggregates = {
  arg_max: (rows) => extremeRow(rows, 1),
  arg_min: (rows) => extremeRow(rows, -1),
  count: (rows) => rows.length,
  countif: (rows) => chosen(rows).length,
  max: (rows) => extreme(column(rows), 1),
  maxif: (rows) => extreme(column(chosen(rows)), 1),
  min: (rows) => extreme(column(rows), -1),
  minif: (rows) => extreme(column(chosen(rows)), -1),
  sum: (rows) => sum(column(rows)),
  sumif: (rows) => sum(column(chosen(rows))),
  take_any: (rows, type) => first(column(rows), type === 'string'),
  take_anyif: (rows, type) => first(column(chosen(rows)), type === 'string') ?? (type === 'string' ? '' : null),
};

module.exports = { aggregates };
