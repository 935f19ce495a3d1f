// Binds queries to tables as Azure Monitor would, without Azure. Argument: a file {"tables":{name:{column:type}},"functions":{name:query},"queries":{name:text}}.
// Prints {name:{"faults":["text @offset"],"columns":["name"]}}.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const library = path.join(__dirname, 'node_modules/@kusto/language-service-next');
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(fs.readFileSync(path.join(library, file), 'utf8'), { filename: file });
}

const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;

function listOf(sequence) {
  const all = [];
  const each = globalThis.Bridge.getEnumerator(sequence);
  while (each.moveNext()) {
    all.push(each.Current);
  }
  return all;
}

function table(name, columns) {
  return Symbols.TableSymbol.From(`(${Object.entries(columns).map(([column, type]) => `${column}:${type}`).join(', ')})`).WithName(name);
}

const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const symbols = Object.entries(given.tables).map(([name, columns]) => table(name, columns));
for (const [name, query] of Object.entries(given.functions)) {
  symbols.push(new Symbols.FunctionSymbol.$ctor16(name, '()', `{ ${query} }`));
}
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('workspace', symbols));

const results = {};
for (const [name, text] of Object.entries(given.queries)) {
  const code = KustoCode.ParseAndAnalyze(text, globals);
  results[name] = {
    faults: listOf(code.GetDiagnostics()).map((one) => `${one.Code} ${one.Message} @${one.Start}`),
    columns: code.ResultType && code.ResultType.Columns ? listOf(code.ResultType.Columns).map((one) => one.Name) : [],
  };
}
console.log(JSON.stringify(results));
