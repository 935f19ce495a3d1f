// Evaluates queries over tables of JSON. A stand-in for Kusto, written from its documentation: it knows the operators and functions that the queries of
// this repository use, and refuses all others by name.
'use strict';

const { bind, childrenOf, columnsOf, elementsOf, kindOf } = require('./language.js');
const { arrival, valueOf } = require('./expressions.js');
const { operators } = require('./operators.js');

const withoutParentheses = (node) => (kindOf(node) === 'ParenthesizedExpression' ? withoutParentheses(childrenOf(node)[1]) : node);

function dataTable(node) {
  const columns = columnsOf(node);
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
    const statements = elementsOf({ ChildCount: 1, GetChild: () => statementsOf(tree) , Kind: tree.Kind });
    let rows = null;
    for (const statement of statements) {
      const [first, name, , value] = childrenOf(statement);
      if (kindOf(statement) === 'LetStatement') {
        this.scope.names.set(name.SimpleName, columnsOf(value) ? this.tableOf(value) : valueOf(value, { row: null, scope: this.scope }));
      } else {
        rows = this.tableOf(first);
      }
    }
    return rows;
  }

  tableOf(given) {
    const node = withoutParentheses(given);
    switch (kindOf(node)) {
      case 'PipeExpression': {
        const [before, , operator] = childrenOf(node);
        return this.apply(operator, this.tableOf(before), columnsOf(node), columnsOf(before));
      }
      case 'NameReference': return this.named(node.SimpleName);
      case 'DataTableExpression': return dataTable(node);
      case 'FunctionCallExpression': return this.called(node.Name.SimpleName);
      default: return this.apply(node, null, columnsOf(node), null);
    }
  }

  apply(node, rows, columns, before) {
    const operator = operators[kindOf(node)];
    if (!operator) {
      throw new Error(`not known here: ${kindOf(node)}`);
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

function statementsOf(tree) {
  return childrenOf(tree).filter((child) => kindOf(child) === 'List').at(-1);
}

/** Rows of a bound query. */
const evaluate = (tree, workspace, data, now) => new Evaluation(workspace, data, now).run(tree);

module.exports = { arrival, evaluate };
