// Evaluates queries over tables of JSON. A stand-in for Kusto, written from its documentation: it knows the operators and functions that the queries of
// this repository use, and refuses all others by name.
'use strict';

const { bind, elementsOf } = require('./language.js');
const { arrival, valueOf } = require('./expressions.js');
const { operators } = require('./operators.js');

const withoutParentheses = (node) => (node.kind === 'ParenthesizedExpression' ? withoutParentheses(node.children[1]) : node);

function dataTable(node) {
  const { columns } = node;
  const scope = { names: new Map() };
  const values = elementsOf(node).map((one) => valueOf(one, { row: {}, scope }));
  return Array.from({ length: values.length / columns.length }, (_, at) =>
    Object.fromEntries(columns.map((one, of) => [one.name, values[at * columns.length + of]])));
}

/** What a query is asked over. workspace: {bound, functions}; data: {table: rows}; now: milliseconds. */
class Evaluation {
  constructor(workspace, data, now) {
    this.workspace = workspace;
    this.data = data;
    this.scope = { names: new Map(), now, tableOf: (node) => this.tableOf(node) };
  }

  /** Rows of the query. */
  run(tree) {
    let rows = null;
    for (const statement of elementsOf(tree)) {
      const [first, declared, , value] = statement.children;
      if (statement.kind === 'LetStatement') {
        this.scope.names.set(declared.name, value.columns ? this.tableOf(value) : valueOf(value, { row: null, scope: this.scope }));
      } else {
        rows = this.tableOf(first);
      }
    }
    return rows;
  }

  tableOf(given) {
    const node = withoutParentheses(given);
    switch (node.kind) {
      case 'PipeExpression': {
        const [before, , operator] = node.children;
        return this.apply(operator, this.tableOf(before), node.columns, before.columns);
      }
      case 'NameReference': return this.named(node.name);
      case 'DataTableExpression': return dataTable(node);
      case 'FunctionCallExpression': return this.called(node.children[0].name);
      default: return this.apply(node, null, node.columns, null);
    }
  }

  apply(node, rows, columns, before) {
    const operator = operators[node.kind];
    if (!operator) {
      throw new Error(`not known here: ${node.kind}`);
    }
    return operator(node, rows, this.scope, columns, before);
  }

  named(name) {
    const table = this.scope.names.get(name) ?? this.data[name];
    if (!table) {
      throw new Error(`${name} is no table here`);
    }
    return table;
  }

  called(name) {
    const text = this.workspace.functions[name];
    if (!text) {
      throw new Error(`not known here: ${name}()`);
    }
    return new Evaluation(this.workspace, this.data, this.scope.now).run(bind(text, this.workspace.bound).tree);
  }
}

/** Rows of a bound query. */
const evaluate = (tree, workspace, data, now) => new Evaluation(workspace, data, now).run(tree);

module.exports = { arrival, evaluate };
