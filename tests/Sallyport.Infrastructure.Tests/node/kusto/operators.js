// The tabular operators. Each takes the rows before it and makes rows; names and order of the columns are those that the binder says.
'use strict';

const { childOf, elementsOf } = require('./language.js');
const { arrival, valueOf } = require('./expressions.js');
const { compare, keyOf } = require('./values.js');

/** What is said of a column: its names, and the expression behind them. */
function namedOf(node) {
  switch (node.kind) {
    case 'SimpleNamedExpression': return { names: [node.children[0].name], expression: node.children[2] };
    case 'CompoundNamedExpression': return { names: elementsOf(childOf(node, 'RenameList')).map((one) => one.name), expression: node.children[2] };
    default: return { names: null, expression: node };
  }
}

const rowOf = (columns, values) => {
  if (values.length !== columns.length) {
    throw new Error(`${values.length} values for ${columns.map((one) => one.name)}`);
  }
  return Object.fromEntries(columns.map((one, at) => [one.name, values[at]]));
};

function project(node, rows, scope, columns) {
  const wanted = elementsOf(node).map((one) => namedOf(one).expression);
  return rows.map((row) => rowOf(columns, wanted.map((one) => valueOf(one, { row, scope }))));
}

function extend(node, rows, scope, columns, before) {
  const added = elementsOf(node).map(namedOf);
  const fresh = columns.slice(before.length).map((one) => one.name);
  let unnamed = 0;
  const names = added.map((one) => one.names?.[0] ?? fresh[unnamed++]);
  return rows.map((row) => ({ ...row, ...Object.fromEntries(added.map((one, at) => [names[at], valueOf(one.expression, { row, scope })])) }));
}

const isOfSeveral = (node) => node.kind === 'FunctionCallExpression' && ['arg_max', 'arg_min'].includes(node.children[0].name);

function summarize(node, rows, scope, columns) {
  const by = node.children.find((child) => child.kind === 'SummarizeByClause');
  const keys = by ? elementsOf(by).map((one) => namedOf(one).expression) : [];
  const made = elementsOf(node).map((one) => namedOf(one).expression);
  const groups = new Map();
  for (const row of rows) {
    const values = keys.map((one) => valueOf(one, { row, scope }));
    const key = keyOf(values);
    if (!groups.has(key)) {
      groups.set(key, { values, rows: [] });
    }
    groups.get(key).rows.push(row);
  }
  if (!by && groups.size === 0) {
    groups.set('', { values: [], rows: [] });
  }
  return [...groups.values()].map((group) => {
    const results = made.flatMap((one) => {
      const value = valueOf(one, { row: null, rows: group.rows, scope });
      return isOfSeveral(one) ? value ?? elementsOf(childOf(one, 'ExpressionList')).map(() => null) : [value];
    });
    return rowOf(columns, [...group.values, ...results]);
  });
}

function join(node, rows, scope, columns) {
  const parameters = node.children.find((child) => child.kind === 'List').children.map((one) => one.source);
  const kind = /^kind\s*=\s*(inner|leftouter)$/.exec(parameters.join());
  if (!kind) {
    throw new Error(`not known here: join ${parameters}`);
  }
  const keys = elementsOf(childOf(node, 'JoinOnClause')).map((one) => one.name);
  const side = node.children.find((child) => child.columns);
  const width = side.columns.length;
  const right = scope.tableOf(side);
  const byKey = new Map();
  for (const row of right) {
    const key = keyOf(keys.map((name) => row[name]));
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const nothing = side.columns.map((one) => (one.type === 'string' ? '' : null));
  return rows.flatMap((row) => {
    const values = keys.map((name) => row[name]);
    const matches = values.includes(null) ? [] : byKey.get(keyOf(values)) ?? [];
    const others = matches.length > 0 ? matches.map((one) => Object.values(one)) : kind[1] === 'inner' ? [] : [nothing];
    return others.map((other) => rowOf(columns, [...Object.values(row).slice(0, columns.length - width), ...other]));
  });
}

function union(node, rows, scope, columns) {
  const legs = elementsOf(node).map((one) => ({ rows: scope.tableOf(one), columns: one.columns }));
  for (const leg of legs) {
    for (const column of leg.columns) {
      if (!columns.some((one) => one.name === column.name && one.type === column.type)) {
        throw new Error(`not known here: union of ${column.name} of several types`);
      }
    }
  }
  const empty = (type) => (type === 'string' ? '' : null);
  return (rows ?? []).concat(legs.flatMap((leg) => leg.rows)).map((row) => Object.fromEntries(columns.map((one) => [one.name, row[one.name] ?? empty(one.type)])));
}

function sort(node, rows, scope) {
  const wanted = elementsOf(node).map((one) => {
    const words = one.children.slice(1).map((child) => child.source).join(' ');
    if (!['', 'asc', 'desc'].includes(words)) {
      throw new Error(`not known here: order ${words}`);
    }
    return { expression: one.kind === 'OrderedExpression' ? one.children[0] : one, sign: words === 'asc' ? 1 : -1 };
  });
  const keyed = rows.map((row) => ({ row, keys: wanted.map((one) => valueOf(one.expression, { row, scope })) }));
  // Nulls are the least: first when ascending, last when descending.
  const orderOf = (left, right) => (left === null || right === null ? Number(left !== null) - Number(right !== null) : compare(left, right));
  const apart = (left, right) => wanted.map((one, at) => one.sign * orderOf(left.keys[at], right.keys[at])).find((order) => order !== 0) ?? 0;
  return keyed.sort(apart).map((one) => one.row);
}

function distinct(node, rows, scope, columns) {
  const wanted = elementsOf(node).map((one) => namedOf(one).expression);
  const all = rows.map((row) => wanted.map((one) => valueOf(one, { row, scope })));
  return [...new Map(all.map((values) => [keyOf(values), values])).values()].map((values) => rowOf(columns, values));
}

/** By kind: (node, rows before, scope, columns after, columns before) → rows. */
const operators = {
  CountOperator: (node, rows, scope, columns) => [rowOf(columns, [rows.length])],
  DistinctOperator: distinct,
  ExtendOperator: extend,
  FilterOperator: (node, rows, scope) => rows.filter((row) => valueOf(node.children.at(-1), { row, scope }) === true),
  JoinOperator: join,
  PrintOperator: (node, rows, scope, columns) => [rowOf(columns, elementsOf(node).map((one) => valueOf(namedOf(one).expression, { row: {}, scope })))],
  ProjectOperator: project,
  SortOperator: sort,
  SummarizeOperator: summarize,
  UnionOperator: union,
};

module.exports = { arrival, operators };
