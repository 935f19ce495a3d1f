// What an expression is worth for a row, or for a group of rows.
'use strict';

const { aggregates } = require('./aggregates.js');
const { childOf, elementsOf } = require('./language.js');
const { binary, equal, functions, has } = require('./scalars.js');
const { literalOf } = require('./values.js');

/** Under it a row keeps when it came in. */
const arrival = Symbol('ingestion_time');

/** A row: {column: value, [arrival]: time}. place: {row, rows, scope}; scope: {names, now, tableOf}. */
function valueOf(node, place) {
  const known = kinds[node.kind];
  if (known) {
    return known(node, place);
  }
  const operator = binary[node.kind];
  if (!operator) {
    throw new Error(`not known here: ${node.kind} in "${node.source}"`);
  }
  const [left, , right] = node.children;
  if (left.type === 'dynamic' || right.type === 'dynamic') {
    throw new Error(`not known here: ${node.kind} of dynamic`);
  }
  return operator(valueOf(left, place), valueOf(right, place), node.type);
}

function referenced({ name }, place) {
  if (place.row && Object.hasOwn(place.row, name)) {
    return place.row[name];
  }
  if (!place.scope.names.has(name)) {
    throw new Error(`${name} is no column here`);
  }
  return place.scope.names.get(name);
}

function called(node, place) {
  const { name } = node.children[0];
  const given = elementsOf(childOf(node, 'ExpressionList'));
  if (Object.hasOwn(aggregates, name)) {
    if (!place.rows) {
      throw new Error(`${name} outside summarize`);
    }
    return aggregates[name](place.rows.map((row) => given.map((one) => valueOf(one, { ...place, row, rows: null }))), given[0]?.type);
  }
  switch (name) {
    case 'now': return place.scope.now;
    case 'ago': return place.scope.now - valueOf(given[0], place);
    case 'ingestion_time':
      if (place.row[arrival] === undefined) {
        throw new Error('ingestion_time() of rows that no longer have it');
      }
      return place.row[arrival];
    default:
  }
  if (!Object.hasOwn(functions, name)) {
    throw new Error(`not known here: ${name}()`);
  }
  return functions[name](given.map((one) => valueOf(one, place)), given.map((one) => one.type));
}

/** Whether something is so of a value of the list behind in, !in and has_any: of scalars, or of the first column of a table. */
const isSoOfOne = (list, place, isSo) => elementsOf(list).some((one) => (one.columns
  ? place.scope.tableOf(one).some((row) => isSo(Object.values(row)[0]))
  : isSo(valueOf(one, place))));

const isAmong = (node, place) => {
  const [left, , list] = node.children;
  const value = valueOf(left, place);
  return isSoOfOne(list, place, (one) => equal(value, one) === true);
};

// A null is as good as false, on either side.
const isTrue = (node, place) => valueOf(node, place) === true;

const literal = (node) => literalOf(node.type, node.children[0].text);

const kinds = {
  AndExpression: (node, place) => isTrue(node.children[0], place) && isTrue(node.children[2], place),
  BooleanLiteralExpression: literal,
  DateTimeLiteralExpression: literal,
  FunctionCallExpression: called,
  HasAnyExpression: (node, place) => isSoOfOne(node.children[2], place, (word) => has(valueOf(node.children[0], place), word)),
  InExpression: isAmong,
  IntLiteralExpression: literal,
  LongLiteralExpression: literal,
  NameReference: referenced,
  NotInExpression: (node, place) => !isAmong(node, place),
  OrExpression: (node, place) => isTrue(node.children[0], place) || isTrue(node.children[2], place),
  ParenthesizedExpression: (node, place) => valueOf(node.children[1], place),
  PathExpression: (node, place) => {
    const [owner, , member] = node.children;
    const value = valueOf(owner, place);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[member.name] ?? null : null;
  },
  RealLiteralExpression: literal,
  SimpleNamedExpression: (node, place) => valueOf(node.children[2], place),
  StringLiteralExpression: (node) => node.value,
  TimespanLiteralExpression: literal,
  UnaryMinusExpression: (node, place) => {
    const value = valueOf(node.children[1], place);
    return value === null ? null : -value;
  },
};

module.exports = { arrival, valueOf };
