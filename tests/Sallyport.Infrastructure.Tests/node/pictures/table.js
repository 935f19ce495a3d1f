// The result of a query as a table.
'use strict';

const { isNumber, shown } = require('../kusto/values.js');
const { element, lineHeight, widthOf, words, wrapped } = require('./svg.js');

const most = 12;
const margin = 7;
const linesOfCell = 3;

/** Widths of columns: what each wants, and if that is too much, the widest give way. */
function divide(wanted, width) {
  let limit = width;
  const total = () => wanted.reduce((sum, one) => sum + Math.min(one, limit), 0);
  while (total() > width && limit > 20) {
    limit--;
  }
  const widths = wanted.map((one) => Math.min(one, limit));
  const rest = (width - widths.reduce((sum, one) => sum + one, 0)) / widths.length;
  return widths.map((one) => one + rest);
}

const cellOf = (value, type) => (isNumber(type) && value !== null ? Number(shown(value, type)).toLocaleString('en-US', { maximumFractionDigits: 2 }) : shown(value, type));

/** {height, draw: (x, y) → text}. */
function table(columns, rows, width) {
  const cells = rows.slice(0, most).map((row) => columns.map((one) => cellOf(row[one.name], one.type)));
  const wanted = columns.map((one, at) => Math.max(widthOf(one.name) * 1.1, ...cells.map((row) => widthOf(row[at]))) + 2 * margin);
  const widths = divide(wanted, width);
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, one) => sum + one, 0));
  const lines = cells.map((row) => row.map((text, at) => wrapped(text, widths[at] - 2 * margin, linesOfCell)));
  const heights = lines.map((row) => Math.max(...row.map((one) => one.length)) * lineHeight + 8);
  const more = rows.length - cells.length;
  const cell = (text, at, x, y, kind) => (isNumber(columns[at].type)
    ? words(text, x + lefts[at] + widths[at] - margin, y, kind, 'end')
    : words(text, x + lefts[at] + margin, y, kind));
  const draw = (x, top) => {
    const parts = [element('rect', { x, y: top, width, height: 24, class: 'h' })];
    columns.forEach((one, at) => parts.push(cell(wrapped(one.name, widths[at] - 2 * margin + 2, 1)[0], at, x, top + 16, 'w')));
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
