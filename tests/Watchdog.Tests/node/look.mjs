// Looks at the status page with Debian's chromium and says what it saw as one JSON document.
// Arguments: program, folder for pictures, then name=address of each page.
import { chromium } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, folder, ...pages] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'sallyport-chromium-'));
const all = {};

const context = await chromium.launchPersistentContext(home, {
  executablePath: program,
  headless: true,
  chromiumSandbox: false,
  args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (const one of pages) {
    const [name, address] = one.split('=');
    all[name] = { address, seen: await look(name, address) };
  }
} finally {
  await context.close();
  rmSync(home, { recursive: true, force: true });
}
console.log(JSON.stringify(all));

async function look(name, address) {
  const seen = { requests: [], refused: [], console: [], views: {}, tabs: [], skips: '' };
  const page = await context.newPage();
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('requestfailed', (request) => seen.refused.push(request.url()));
  page.on('console', (message) => seen.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => seen.console.push(String(error)));

  for (const [view, width, scheme] of [['phone', 390, 'dark'], ['desktop', 1280, 'dark'], ['phone-light', 390, 'light'], ['desktop-light', 1280, 'light'], ['narrow', 360, 'dark']]) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(new URL('/still', address).href, { waitUntil: 'load' });
    seen.views[view] = await page.evaluate(measure);
    if (view !== 'narrow') {
      await page.screenshot({ path: join(folder, `${name}-${view}.png`), fullPage: true });
    }
  }

  // The way of the tabulator, round the whole page.
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return { href: element.getAttribute('href'), isVisible: box.width > 0 && box.height > 0 && box.right > 0, outline: style.outlineStyle };
    });
    if (at === null || seen.tabs.some((one) => one.href === at.href)) break;
    seen.tabs.push(at);
  }

  // The first link leads past the head by keyboard alone.
  await page.goto(new URL('/still', address).href);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  seen.skips = new URL(page.url()).hash;
  await page.close();
  return seen;
}

// In the page: the least contrast of any text, what is wider than the window, what runs.
function measure() {
  const parse = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts[3] ?? 1 };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return { r: 255, g: 255, b: 255 };
  };
  let least = { ratio: 21, text: '' };
  let texts = 0;
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join(' ').trim();
    if (!text) continue;
    texts++;
    const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least.ratio) least = { ratio, text };
  }
  return {
    width: window.innerWidth,
    scrollWidth: document.documentElement.scrollWidth,
    texts,
    least,
    ground: getComputedStyle(document.body).backgroundColor,
    scripts: document.scripts.length,
    headings: [...document.querySelectorAll('h1, h2')].map((heading) => heading.textContent.trim()),
    smallestText: Math.min(...[...document.querySelectorAll('body *')].map((element) => parseFloat(getComputedStyle(element).fontSize))),
  };
}
