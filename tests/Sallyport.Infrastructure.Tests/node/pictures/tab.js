// One tab of the workbook with the results of its queries.
'use strict';

const { ask, seen } = require('../monitoring/rules.js');
const { chart } = require('./chart.js');
const { element, picture, words } = require('./svg.js');
const { table } = require('./table.js');

const width = 980;
const gap = 12;
const inset = 12;
const headHeight = 34;

function content(item, query, rows, wide, from, until) {
  if (rows.length === 0) {
    return { height: 24, draw: (x, y) => words('Nothing.', x, y + 14, 'q') };
  }
  switch (item.visualization) {
    case 'table': return table(query.columns, rows, wide);
    case 'timechart':
    case 'barchart': return chart(item.visualization, query.columns, rows, wide, from, until);
    default: throw new Error(`not known here: ${item.visualization}`);
  }
}

function card(item, query, data, workspace, now, range) {
  // A workspace in which nothing came in yet must not break a tab.
  ask(query, workspace, seen(data, 0, range), now);
  const rows = ask(query, workspace, seen(data, now, range), now);
  const wide = item.width === 100 ? width : (width - gap) / 2;
  const inner = content(item, query, rows, wide - 2 * inset, now - range, now);
  return { wide, height: headHeight + inner.height + inset, title: item.title, draw: inner.draw, count: rows.length };
}

/** Cards in rows: a wide one has a row for itself, of the narrow ones two share one. */
function rowsOf(cards) {
  const rows = [];
  for (const one of cards) {
    const last = rows.at(-1);
    if (one.wide < width && last && last.length === 1 && last[0].wide < width) {
      last.push(one);
    } else {
      rows.push([one]);
    }
  }
  return rows;
}

/** The picture of a tab: {name, items: [{title, query, visualization, width}]}. */
function draw(tab, queries, data, workspace, now, range) {
  const cards = tab.items.map((item) => card(item, queries[item.query], data, workspace, now, range));
  const parts = [];
  let y = 0.5;
  for (const row of rowsOf(cards)) {
    const height = Math.max(...row.map((one) => one.height));
    row.forEach((one, at) => {
      const x = 0.5 + at * (one.wide + gap);
      parts.push(element('rect', { x, y, width: one.wide - 1, height: height - 1, rx: 6, class: 'p' }), words(one.title, x + inset, y + 22, 't'), one.draw(x + inset, y + headHeight));
    });
    y += height + gap;
  }
  const said = cards.map((one) => `${one.title}: ${one.count === 0 ? 'nothing' : `${one.count} rows`}`).join('. ');
  return picture(`Workbook, tab ${tab.name}`, `${said}.`, width, y - gap, parts.join('\n'));
}

module.exports = { draw };
