// The result of a query over time: lines, or columns that stand on each other.
'use strict';

const { isNumber } = require('../kusto/values.js');
const { colourOf, element, short, widthOf, words } = require('./svg.js');

const hour = 3600000;
const plotHeight = 170;
const left = 44;
const legendLine = 18;

/** Series of a result: the column of times across, one line for each combination of texts, the number up. */
function seriesOf(columns, rows) {
  const time = columns.find((one) => one.type === 'datetime').name;
  const number = columns.find((one) => isNumber(one.type)).name;
  const texts = columns.filter((one) => one.type === 'string').map((one) => one.name);
  const series = new Map();
  for (const row of rows) {
    const name = texts.map((one) => row[one]).join(' ') || number;
    series.set(name, [...(series.get(name) ?? []), { time: row[time], value: row[number] }]);
  }
  return [...series].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, points]) => ({ name, points: points.sort((one, other) => one.time - other.time) }));
}

/** A round number above the largest, and the step between lines. */
function scaleOf(largest) {
  const rough = Math.max(largest, 1e-9) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) * power;
  return { step, top: Math.max(Math.ceil(largest / step), 1) * step };
}

/** Shortest pause between two points of a series: a longer one is a hole. */
const pauseOf = (series) => Math.min(...series.flatMap((one) => one.points.slice(1).map((point, at) => point.time - one.points[at].time)));

/** A line that leaves out points that lie straight between their neighbours, and is broken where samples are missing. */
function lineOf(points, pause, xOf, yOf) {
  const drawn = points.map((point) => ({ ...point, x: Math.round(xOf(point.time)), y: Math.round(yOf(point.value) * 2) / 2 }));
  let path = '';
  drawn.forEach((point, at) => {
    const [before, after] = [drawn[at - 1], drawn[at + 1]];
    const follows = before && point.time - before.time <= pause * 1.5;
    const goesOn = after && after.time - point.time <= pause * 1.5;
    if (!follows) {
      path += `M${short(point.x)} ${short(point.y)}${goesOn ? '' : 'h1'}`;
    } else if (!goesOn || point.y !== before.y || point.y !== after.y) {
      path += `L${short(point.x)} ${short(point.y)}`;
    }
  });
  return path;
}

function legend(series, x, y, width) {
  let [across, down] = [0, 0];
  const parts = series.map((one) => {
    const wide = widthOf(one.name) + 34;
    if (across > 0 && across + wide > width) {
      [across, down] = [0, down + legendLine];
    }
    const part = element('rect', { x: x + across, y: y + down, width: 14, height: 4, rx: 2, class: `f${one.colour}` }) + words(one.name, x + across + 19, y + down + 7);
    across += wide;
    return part;
  });
  return { height: down + legendLine, text: parts.join('\n') };
}

function axes(scale, from, until, hours, place) {
  const parts = [];
  for (let value = 0; value <= scale.top * 1.001; value += scale.step) {
    parts.push(element('path', { d: `M${place.x} ${short(place.yOf(value))}h${short(place.width)}`, class: 'g' }));
    parts.push(words(Number(value.toPrecision(6)).toLocaleString('en-US'), place.x - 6, place.yOf(value) + 4, 'q', 'end'));
  }
  for (let time = Math.ceil(from / (hours * hour)) * hours * hour; time <= until; time += hours * hour) {
    const text = new Date(time).toISOString();
    parts.push(words(text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16), place.xOf(time), place.y + plotHeight + 16, 'q', 'middle'));
  }
  return parts.join('\n');
}

const lines = (series, scale, place) => {
  const pause = pauseOf(series);
  return series.map((one) => element('path', { d: lineOf(one.points, pause, place.xOf, place.yOf), class: `l s${one.colour}` }));
};

function columnsOf(series, scale, place) {
  const pause = pauseOf(series);
  const wide = Math.max((place.xOf(pause) - place.xOf(0)) - 0.6, 0.8);
  const reached = new Map();
  return series.map((one) => element('path', {
    class: `f${one.colour}`,
    d: one.points.map((point) => {
      const below = reached.get(point.time) ?? 0;
      reached.set(point.time, below + point.value);
      const top = place.yOf(below + point.value);
      return `M${short(place.xOf(point.time))} ${short(place.yOf(below))}V${short(top)}h${short(wide)}V${short(place.yOf(below))}z`;
    }).join(''),
  }));
}

/** {height, draw: (x, y) → text}; kind is timechart or barchart. */
function chart(kind, columns, rows, width, from, until) {
  const series = seriesOf(columns, rows).map((one, at) => ({ ...one, colour: colourOf(one.name, at) }));
  const sums = new Map();
  for (const point of series.flatMap((one) => one.points)) {
    sums.set(point.time, (kind === 'barchart' ? sums.get(point.time) ?? 0 : 0) + point.value);
  }
  const largest = kind === 'barchart' ? Math.max(...sums.values()) : Math.max(...series.flatMap((one) => one.points.map((point) => point.value)));
  const scale = scaleOf(largest);
  const draw = (x, y) => {
    const place = {
      x: x + left, y: y + 8, width: width - left - 12,
      xOf: (time) => x + left + (width - left - 12) * (time - from) / (until - from),
      yOf: (value) => y + 8 + plotHeight * (1 - value / scale.top),
    };
    return [
      axes(scale, from, until, width > 600 ? 2 : 4, place),
      ...(kind === 'barchart' ? columnsOf : lines)(series, scale, place),
      legend(series, x + left, y + plotHeight + 38, width - left).text,
    ].join('\n');
  };
  return { height: plotHeight + 38 + legend(series, 0, 0, width - left).height, draw };
}

module.exports = { chart };
