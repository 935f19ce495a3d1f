// What an expression is worth for a row, or for a group of rows.
'use strict';

const { aggregates } = require('./aggregates.js');
const { childOf, childrenOf, elementsOf, kindOf } = require('./language.js');
const { equal, functions, has, operatorOf } = require('./scalars.js');
const { literalOf } = require('./values.js');

/** Under it a row keeps when it came in. */
const arrival = Symbol('ingestion_time');

const typeOf = (node) => node.ResultType.Name;
const nameOf = (node) => node.Name.SimpleName;

/** A row: {column: value, [arrival]: time}. place: {row, rows, scope}; scope: {names, now, tableOf}. */
function valueOf(node, place) {
  const kind = kindOf(node);
  const known = kinds[kind];
  if (known) {
    return known(node, place);
  }
  const operator = operatorOf(kind);
  if (!operator) {
    throw new Error(`not known here: ${kind} in "${node.toString().trim()}"`);
  }
  const [left, , right] = childrenOf(node);
  if (typeOf(left) === 'dynamic' || typeOf(right) === 'dynamic') {
    throw new Error(`not known here: ${kind} of dynamic`);
  }
  return operator(valueOf(left, place), valueOf(right, place), typeOf(node));
}

function referenced(node, place) {
  const name = nameOf(node);
  if (place.row && Object.hasOwn(place.row, name)) {
    return place.row[name];
  }
  if (!place.scope.names.has(name)) {
    throw new Error(`${name} is no column here`);
  }
  return place.scope.names.get(name);
}

function called(node, place) {
  const name = nameOf(node);
  const given = elementsOf(childOf(node, 'ExpressionList'));
  if (Object.hasOwn(aggregates, name)) {
    if (!place.rows) {
      throw new Error(`${name} outside summarize`);
    }
    return aggregates[name](place.rows.map((row) => given.map((one) => valueOf(one, { ...place, row, rows: null }))), given.length ? typeOf(given[0]) : null);
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
  return functions[name](given.map((one) => valueOf(one, place)), given.map(typeOf));
}

/** Values of the list behind in, !in and has_any: scalars, or the first column of a table. */
function listed(node, place) {
  const given = elementsOf(node);
  const isTable = (one) => one.ResultType && one.ResultType.Columns;
  return given.flatMap((one) => (isTable(one) ? place.scope.tableOf(one).map((row) => Object.values(row)[0]) : [valueOf(one, place)]));
}

const isAmong = (node, place) => {
  const [left, , list] = childrenOf(node);
  const value = valueOf(left, place);
  return listed(list, place).some((one) => equal(value, one) === true);
};

// A null is as good as false, on either side.
const isTrue = (node, place) => valueOf(node, place) === true;

const literal = (node) => literalOf(typeOf(node), childrenOf(node)[0].Text);

const kinds = {
  AndExpression: (node, place) => isTrue(childrenOf(node)[0], place) && isTrue(childrenOf(node)[2], place),
  BooleanLiteralExpression: literal,
  DateTimeLiteralExpression: literal,
  FunctionCallExpression: called,
  HasAnyExpression: (node, place) => listed(childrenOf(node)[2], place).some((word) => has(valueOf(childrenOf(node)[0], place), word)),
  InExpression: isAmong,
  IntLiteralExpression: literal,
  LongLiteralExpression: literal,
  NameReference: referenced,
  NotInExpression: (node, place) => !isAmong(node, place),
  OrExpression: (node, place) => isTrue(childrenOf(node)[0], place) || isTrue(childrenOf(node)[2], place),
  ParenthesizedExpression: (node, place) => valueOf(childrenOf(node)[1], place),
  PathExpression: (node, place) => {
    const [owner, , member] = childrenOf(node);
    const value = valueOf(owner, place);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[nameOf(member)] ?? null : null;
  },
  RealLiteralExpression: literal,
  StringLiteralExpression: (node) => node.LiteralValue,
  TimespanLiteralExpression: literal,
  UnaryMinusExpression: (node, place) => {
    const value = valueOf(childrenOf(node)[1], place);
    return value === null ? null : -value;
  },
};

module.exports = { arrival, typeOf, valueOf };
