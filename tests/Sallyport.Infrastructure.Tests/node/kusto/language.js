// Kusto's language service: the grammar, and the types that its binder gives to what it reads.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const library = path.join(__dirname, '..', 'node_modules/@kusto/language-service-next');
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(fs.readFileSync(path.join(library, file), 'utf8'), { filename: file });
}

const { KustoCode, GlobalState, Symbols, Syntax } = globalThis.Kusto.Language;

function listOf(sequence) {
  const all = [];
  const each = globalThis.Bridge.getEnumerator(sequence);
  while (each.moveNext()) {
    all.push(each.Current);
  }
  return all;
}

/** Kind of a node of the syntax tree, as "FilterOperator". */
const kindOf = (node) => globalThis.System.Enum.toString(Syntax.SyntaxKind, node.Kind);

/** Children that are there, in order; elements of a list without their commas. */
function childrenOf(node) {
  const all = [];
  for (let at = 0; at < node.ChildCount; at++) {
    const child = node.GetChild(at);
    if (child) {
      all.push(kindOf(child) === 'SeparatedElement' ? child.GetChild(0) : child);
    }
  }
  return all;
}

/** The first child of a kind, which must be there. */
function childOf(node, kind) {
  const found = childrenOf(node).find((child) => kindOf(child) === kind);
  if (!found) {
    throw new Error(`${kindOf(node)} has no ${kind}`);
  }
  return found;
}

/** Elements of the list of a node that has one list, or of its last one. */
const elementsOf = (node) => childrenOf(childrenOf(node).filter((child) => kindOf(child) === 'List').at(-1));

/** Columns of a table that a node makes: [{name, type}]. */
function columnsOf(node) {
  const type = node.ResultType;
  return type && type.Columns ? listOf(type.Columns).map((one) => ({ name: one.Name, type: one.Type.Name })) : null;
}

/** What queries may ask. tables: {name: {column: type}}, functions: {name: query}. */
function workspaceOf(tables, functions) {
  const symbols = Object.entries(tables).map(([name, columns]) =>
    Symbols.TableSymbol.From(`(${Object.entries(columns).map(([column, type]) => `${column}:${type}`).join(', ')})`).WithName(name));
  for (const [name, query] of Object.entries(functions)) {
    symbols.push(new Symbols.FunctionSymbol.$ctor16(name, '()', `{ ${query} }`));
  }
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('workspace', symbols));
}

/** A query as the binder understands it: its tree, what is wrong with it, its columns. */
function bind(text, workspace) {
  const code = KustoCode.ParseAndAnalyze(text, workspace);
  return {
    tree: code.Syntax,
    faults: listOf(code.GetDiagnostics()).map((one) => `${one.Code} ${one.Message} @${one.Start}`),
    columns: code.ResultType && code.ResultType.Columns ? listOf(code.ResultType.Columns).map((one) => ({ name: one.Name, type: one.Type.Name })) : [],
  };
}

module.exports = { bind, childOf, childrenOf, columnsOf, elementsOf, kindOf, workspaceOf };
