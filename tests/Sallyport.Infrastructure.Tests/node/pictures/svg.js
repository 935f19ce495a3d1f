// Pieces of pictures: text is text, colours follow the reader's light or dark scheme, nothing is fetched.
'use strict';

const size = 12;
const lineHeight = 16;

const light = ['#0969da', '#bc4c00', '#1a7f37', '#8250df', '#cf222e', '#1b7c83', '#9a6700', '#59636e'];
const dark = ['#4493f8', '#f0883e', '#3fb950', '#ab7df8', '#f85149', '#39c5cf', '#d29922', '#9198a1'];
const blue = 0;
const orange = 1;
const green = 2;
const purple = 3;
const red = 4;
const yellow = 6;
const grey = 7;

// Words that have the same colour wherever they stand.
const colourOfWord = {
  Delivering: green, Degraded: yellow, Offline: grey, Stalled: red, Unknown: purple, Critical: red, High: orange, Medium: yellow, Low: blue, Informational: grey,
};

const scheme = (text, quiet, panel, border, head, colours) =>
  `text{fill:${text}}.q{fill:${quiet}}.p{fill:${panel};stroke:${border}}.g{stroke:${border}}.h{fill:${head}}${
    colours.map((colour, at) => `.s${at}{stroke:${colour}}.f${at}{fill:${colour}}`).join('')}`;

const style = `text{font:${size}px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}.t{font-size:14px;font-weight:600}.w{font-weight:600}.l{fill:none;stroke-width:1.8;stroke-linejoin:round}${
  scheme('#1f2328', '#59636e', '#ffffff', '#d1d9e0', '#f0f3f6', light)}@media(prefers-color-scheme:dark){${scheme('#f0f6fc', '#9198a1', '#0d1117', '#3d444d', '#1c222b', dark)}}`;

const escaped = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const short = (number) => String(Math.round(number * 10) / 10);

function element(name, attributes, inner) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escaped(value)}"`).join('');
  return inner === undefined ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}

/** Text; anchor is start, middle or end. */
const words = (text, x, y, kind = '', anchor = 'start') =>
  element('text', { x, y, ...(kind && { class: kind }), ...(anchor !== 'start' && { 'text-anchor': anchor }) }, escaped(text));

/** About as wide as a text is, rather too wide than too narrow: nobody knows the reader's font. */
function widthOf(text) {
  let width = 0;
  for (const letter of text) {
    width += /[iljtfrI.,:;|!'()[\]/ -]/.test(letter) ? 0.37 : /[mwMW@%…]/.test(letter) ? 0.92 : /[A-Z_]/.test(letter) ? 0.72 : /\d/.test(letter) ? 0.65 : 0.6;
  }
  return width * size;
}

/** Parts of a piece of text that fit a width: its words if it is a name of several, letters if that is not enough. */
function parts(piece, width) {
  const fits = (text) => widthOf(text.trimEnd()) <= width;
  if (fits(piece)) {
    return [piece];
  }
  const named = piece.split(/(?<=[a-z])(?=[A-Z])/);
  if (named.length > 1) {
    return named.flatMap((one) => parts(one, width));
  }
  let length = piece.length - 1;
  while (length > 1 && !fits(piece.slice(0, length))) {
    length--;
  }
  return [piece.slice(0, length), ...parts(piece.slice(length), width)];
}

/** Lines that fit a width, broken after spaces and marks where that is possible; the last one ends with … if not all fits. */
function wrapped(text, width, most) {
  const pieces = text.split(/(?<=[ /,_-]|":)/).flatMap((piece) => parts(piece, width));
  const lines = [''];
  for (const piece of pieces) {
    if (lines.at(-1) !== '' && widthOf((lines.at(-1) + piece).trimEnd()) > width) {
      lines.push('');
    }
    lines[lines.length - 1] += piece;
  }
  if (lines.length <= most) {
    return lines.map((line) => line.trimEnd());
  }
  let last = lines[most - 1].trimEnd();
  while (last.length > 0 && widthOf(`${last}…`) > width) {
    last = last.slice(0, -1);
  }
  return [...lines.slice(0, most - 1).map((line) => line.trimEnd()), `${last}…`];
}

/** A whole picture. */
const picture = (title, description, width, height, inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${short(height)}" viewBox="0 0 ${width} ${short(height)}" role="img" aria-labelledby="t d"><title id="t">${
    escaped(title)}</title><desc id="d">${escaped(description)}</desc><style>${style}</style>\n${inner}\n</svg>\n`;

const colourOf = (name, at) => colourOfWord[name.split(' ').at(-1)] ?? at % light.length;

module.exports = { colourOf, element, lineHeight, picture, short, widthOf, words, wrapped };
