// Binds queries to tables as Azure Monitor would, without Azure, and asks them of tables that tests write. Argument: a file
// {"tables": {name: {column: type}}, "functions": {name: query}, "queries": {name: text}, "modules": {metric: module}, "rules": {name: {frequency, window, range, dimensions}},
//  "day": date, "cases": [{rule, …}], "examples": [{query, …}], "recording": {metrics, rows}, "tabs": [{name, items: [{title, query, visualization, width}]}], "now": time}.
// Prints {"bound": {name: {"faults": ["text @offset"], "columns": ["name"], "parts": ["operator, expression or function"]}}, "cases": [{"differences": [text], "table": [[text]]}], "examples": [{"columns", "rows", "parts"}], "pictures": {tab: {"svg"}}}.
'use strict';

const fs = require('node:fs');
const { bind, partsOf, workspaceOf } = require('./kusto/language.js');
const { evaluate } = require('./kusto/evaluator.js');
const { datetimeOf, shown } = require('./kusto/values.js');
const { dataOf, minute, timeOf } = require('./monitoring/readings.js');
const { judge } = require('./monitoring/rules.js');
const { draw } = require('./pictures/tab.js');

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const workspace = { bound: workspaceOf(given.tables, given.functions), functions: given.functions };
const queries = Object.fromEntries(Object.entries(given.queries).map(([name, text]) => [name, bind(text, workspace.bound)]));

/** An exception of the bridge prints the whole library: its message is enough. */
function attempt(call) {
  try {
    return call();
  } catch (error) {
    return { error: String(error.message).slice(0, 2000) };
  }
}

function example(text) {
  const bound = bind(text, workspace.bound);
  if (bound.faults.length > 0) {
    return { error: bound.faults.join('; ') };
  }
  const rows = evaluate(bound.tree, workspace, {}, datetimeOf('2026-11-26 10:00'));
  return { parts: partsOf(bound.tree), columns: bound.columns.map((one) => one.name), rows: rows.map((row) => bound.columns.map((one) => shown(row[one.name], one.type))) };
}

const recording = dataOf(given.recording, given.day, given.tables, given.modules);

console.log(JSON.stringify({
  bound: Object.fromEntries(Object.entries(queries).map(([name, one]) => [name, { faults: one.faults, columns: one.columns.map((column) => column.name), parts: [...new Set(partsOf(one.tree))] }])),
  cases: given.cases.map((one) => attempt(() => judge(given.rules[one.rule], queries[one.rule], one, given.day, workspace, given.tables, given.modules))),
  examples: given.examples.map((one) => attempt(() => example(one.query))),
  pictures: Object.fromEntries(given.tabs.map((tab) => [tab.name, attempt(() => ({ svg: draw(tab, queries, recording, workspace, timeOf(given.now, given.day), 1440 * minute) }))])),
}));
