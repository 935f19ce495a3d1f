// Looks at rules as Azure Monitor does: at every pause over what came in by then and is of the time that is looked back on; each row of the result that is of
// the window is an alert of its dimensions.
'use strict';

const { arrival, evaluate } = require('../kusto/evaluator.js');
const { shown } = require('../kusto/values.js');
const { dataOf, minute, timeOf } = require('./readings.js');

const clockOf = (time, day) => {
  const text = new Date(time).toISOString();
  const days = Math.round((Date.parse(text.slice(0, 10)) - Date.parse(day)) / (1440 * minute));
  return `${days > 0 ? `+${days} ` : ''}${text.slice(11, 16)}`;
};

/** What a query run at a time sees. */
function seen(data, now, range) {
  return Object.fromEntries(Object.entries(data).map(([table, rows]) =>
    [table, rows.filter((row) => row[arrival] <= now && row.TimeGenerated > now - range && row.TimeGenerated <= now)]));
}

/** What an alert is of. It is documented nowhere what Azure Monitor does with a dimension that is empty. */
function dimensionsOf(rule, columns, row) {
  const values = rule.dimensions.map((name) => shown(row[name], columns.find((one) => one.name === name).type));
  if (values.includes('')) {
    throw new Error(`an empty dimension: ${values.join(' / ')}`);
  }
  return values.join(' / ');
}

/** Rows of a query, which may not depend on the order in which rows lie in their tables. */
function ask(query, workspace, data, now) {
  const rows = evaluate(query.tree, workspace, data, now);
  const backwards = evaluate(query.tree, workspace, Object.fromEntries(Object.entries(data).map(([table, all]) => [table, [...all].reverse()])), now);
  const told = (some) => some.map((row) => JSON.stringify(query.columns.map((one) => row[one.name]))).sort().join('\n');
  if (told(rows) !== told(backwards)) {
    throw new Error(`at ${new Date(now).toISOString()} the result depends on the order in which rows lie:\n${told(rows)}\n${told(backwards)}`);
  }
  return rows;
}

/** Alerts of a rule at each time that it is looked at: [{time, alerts, rows}], those without any left out. */
function look(rule, query, data, workspace, from, until) {
  const pause = rule.frequency * minute;
  const looks = [];
  for (let now = from; now <= until; now += pause) {
    const rows = ask(query, workspace, seen(data, now, rule.range * minute), now).filter((row) => row.TimeGenerated > now - rule.window * minute && row.TimeGenerated <= now);
    if (rows.length > 0) {
      looks.push({ time: now, alerts: [...new Set(rows.map((row) => dimensionsOf(rule, query.columns, row)))].sort(), rows });
    }
  }
  return looks;
}

/** "10:15..10:30" stands for each look in between. */
function expectedOf(written, rule, day) {
  const expected = new Map();
  for (const [times, alerts] of Object.entries(written)) {
    const [first, last] = times.split('..').map((time) => timeOf(time, day));
    for (let now = first; now <= (last ?? first); now += rule.frequency * minute) {
      expected.set(now, [...(expected.get(now) ?? []), ...alerts].sort());
    }
  }
  return expected;
}

/** Judges one case: {differences: [text], table: rows of the look that the guide shows, if it is one}. */
function judge(rule, query, written, day, workspace, tables, moduleOf) {
  const from = timeOf('10:00', day);
  const until = timeOf(written.until, day);
  const looks = look(rule, query, dataOf(written, day, tables, moduleOf), workspace, from, until);
  const expected = expectedOf(written.alerts ?? {}, rule, day);
  const found = new Map(looks.map((one) => [one.time, one.alerts]));
  const all = [...new Set([...expected.keys(), ...found.keys()])].sort((left, right) => left - right)
    .filter((time) => JSON.stringify(expected.get(time) ?? []) !== JSON.stringify(found.get(time) ?? []))
    .map((time) => `${clockOf(time, day)}: expected ${JSON.stringify(expected.get(time) ?? [])}, told ${JSON.stringify(found.get(time) ?? [])}`);
  const differences = all.length > 6 ? [...all.slice(0, 6), `and ${all.length - 6} more`] : all;
  const guide = written.guide ? looks.find((one) => one.time === timeOf(written.guide, day)) : null;
  if (written.guide && !guide) {
    differences.push(`${written.guide}: nothing to show`);
  }
  return { differences, table: guide ? guide.rows.map((row) => query.columns.map((one) => shown(row[one.name], one.type))) : null };
}

module.exports = { ask, judge, seen };
