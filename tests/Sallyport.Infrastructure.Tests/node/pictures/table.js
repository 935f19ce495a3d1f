// The result of a query as a table.
'use strict';

const { isNumber, shown } = require('../kusto/values.js');
const { element, lineHeight, widthOf, words, wrapped } = require('./svg.js');

const most = 12;
const margin = 7;
const linesOfCell = 4;

/** Widths of columns: what each wants, and if that is too much, the widest give way, but no further than their heads. */
function divide(wanted, heads, width) {
  let limit = width;
  const widths = () => wanted.map((one, at) => Math.max(heads[at], Math.min(one, limit)));
  const total = () => widths().reduce((sum, one) => sum + one, 0);
  while (total() > width && limit > 20) {
    limit--;
  }
  const rest = (width - total()) / wanted.length;
  return widths().map((one) => one + rest);
}

const cellOf = (value, type) => (isNumber(type) && value !== null ? Number(shown(value, type)).toLocaleString('en-US', { maximumFractionDigits: 2 }) : shown(value, type));

/** {height, draw: (x, y) → text}. */
function table(columns, rows, width) {
  const cells = rows.slice(0, most).map((row) => columns.map((one) => cellOf(row[one.name], one.type)));
  const heads = columns.map((one) => widthOf(one.name) * 1.08 + 2 * margin);
  const wanted = columns.map((_, at) => Math.max(heads[at], ...cells.map((row) => widthOf(row[at]) + 2 * margin)));
  const widths = divide(wanted, heads, width);
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, one) => sum + one, 0));
  const lines = cells.map((row) => row.map((text, at) => wrapped(text, widths[at] - 2 * margin, linesOfCell)));
  const heights = lines.map((row) => Math.max(...row.map((one) => one.length)) * lineHeight + 8);
  const more = rows.length - cells.length;
  const cell = (text, at, x, y, kind) => (isNumber(columns[at].type)
    ? words(text, x + lefts[at] + widths[at] - margin, y, kind, 'end')
    : words(text, x + lefts[at] + margin, y, kind));
  const draw = (x, top) => {
    const parts = [element('rect', { x, y: top, width, height: 24, class: 'h' })];
    columns.forEach((one, at) => parts.push(cell(one.name, at, x, top + 16, 'w')));
    let y = top + 24;
    lines.forEach((row, of) => {
      row.forEach((texts, at) => texts.filter((text) => text !== '').forEach((text, line) => parts.push(cell(text, at, x, y + 16 + line * lineHeight, ''))));
      y += heights[of];
      parts.push(element('path', { d: `M${x} ${y}h${width.toFixed(0)}`, class: 'g' }));
    });
    if (more > 0) {
      parts.push(words(`and ${more} more`, x + margin, y + 17, 'q'));
    }
    return parts.join('\n');
  };
  return { height: 24 + heights.reduce((sum, one) => sum + one, 0) + (more > 0 ? 24 : 0), draw };
}

module.exports = { table };
