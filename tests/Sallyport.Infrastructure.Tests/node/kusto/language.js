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

const kindNames = new Map();

/** Kind of a node of the library's tree, as "FilterOperator". */
function kindOf(node) {
  if (!kindNames.has(node.Kind)) {
    kindNames.set(node.Kind, globalThis.System.Enum.toString(Syntax.SyntaxKind, node.Kind));
  }
  return kindNames.get(node.Kind);
}

const columnsOf = (type) => (type && type.Columns ? listOf(type.Columns).map((one) => ({ name: one.Name, type: one.Type.Name })) : null);

/**
 * The tree of the library in plain objects, since it is walked once for each row: {kind, children, source, name, text, value, type, columns}. Commas of lists are
 * left out; name is that of a reference or declaration, text that of a token, value that of a string, type of a scalar, columns of a table.
 */
function plain(node) {
  const kind = kindOf(node);
  if (kind === 'SeparatedElement') {
    return plain(node.GetChild(0));
  }
  const children = [];
  for (let at = 0; at < node.ChildCount; at++) {
    const child = node.GetChild(at);
    if (child) {
      children.push(plain(child));
    }
  }
  const columns = columnsOf(node.ResultType);
  return {
    kind,
    children,
    source: node.toString().trim(),
    name: node.SimpleName,
    text: node.IsToken ? node.Text : undefined,
    value: kind === 'StringLiteralExpression' ? node.LiteralValue : undefined,
    type: columns ? undefined : node.ResultType?.Name,
    columns,
  };
}

/** Operators, kinds of expressions and functions that a tree is made of. */
function partsOf(node) {
  const own = node.kind === 'FunctionCallExpression' ? [`${node.children[0].name}()`] : /(?:Operator|Expression)$/.test(node.kind) ? [node.kind] : [];
  return [...own, ...node.children.flatMap(partsOf)];
}

/** The first child of a kind, which must be there. */
function childOf(node, kind) {
  const found = node.children.find((child) => child.kind === kind);
  if (!found) {
    throw new Error(`${node.kind} has no ${kind}`);
  }
  return found;
}

/** Elements of the list of a node that has one list, or of its last one. */
const elementsOf = (node) => (node.elements ??= node.children.filter((child) => child.kind === 'List').at(-1).children);

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
    tree: plain(code.Syntax),
    faults: listOf(code.GetDiagnostics()).map((one) => `${one.Code} ${one.Message} @${one.Start}`),
    columns: columnsOf(code.ResultType) ?? [],
  };
}

module.exports = { bind, childOf, elementsOf, partsOf, workspaceOf };
