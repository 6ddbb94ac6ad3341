// One browser looks at all pages. What is to be done is told as JSON in a file: {browser, pages: [{name, file, …}]};
// what was seen is written as JSON into another one. Nothing is judged here but what only a browser can judge.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import puppeteer from "puppeteer-core";

const [, , jobFile, seenFile] = process.argv;
const job = JSON.parse(await readFile(jobFile, "utf8"));
const linter = new HtmlValidate({ extends: ["html-validate:standard"], rules: job.rules });

const browser = await puppeteer.launch({
  executablePath: job.browser,
  headless: true,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
});

async function open(file, { hash = "", width = 1280, height = 900, scripts = true, old = false } = {}) {
  const page = await browser.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error" || message.type() === "warn") troubles.push(`console: ${message.text()}`); });
  page.on("dialog", async (dialog) => { troubles.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url().startsWith(pathToFileURL(file).href)) { request.continue(); } else { troubles.push(`request: ${request.url()}`); request.abort(); }
  });
  await page.setViewport({ width, height });
  await page.setJavaScriptEnabled(scripts);
  if (old) await page.evaluateOnNewDocument(() => { delete window.DecompressionStream; });
  await page.goto(pathToFileURL(file).href + hash, { waitUntil: "load" });
  if (scripts && !old) await page.waitForFunction(() => typeof Sverka === "undefined" || !document.getElementById("live") || Sverka.page !== undefined);
  return { page, troubles };
}

// Everything of a page that a name could change: tags, names of attributes, and values of those that do something.
const skeleton = () => {
  const telling = new Set(["id", "class", "type", "scope", "role", "for", "name", "tabindex", "hidden", "target", "rel"]);
  const of = (node) => [
    node.tagName,
    Array.from(node.attributes, (one) => (telling.has(one.name) ? `${one.name}=${one.value}` : one.name)).sort().join(" "),
    Array.from(node.children, of),
  ];
  return JSON.stringify(of(document.documentElement));
};

const shown = () => ({
  count: document.getElementById("count").textContent,
  rows: Array.from(document.querySelectorAll("#rows tbody tr:not(.detail)"), (line) => Array.from(line.cells, (cell) => cell.innerText.trim())),
  hash: location.hash,
});

const settle = async (page) => { await new Promise((done) => setTimeout(done, 170)); return page.evaluate(shown); };

async function violations(page) {
  const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

const steps = {
  async axe(spec, seen) {
    const { page, troubles } = await open(spec.file);
    const button = await page.$("#rows button.open");
    if (button) await button.click();
    await page.evaluate(axe.source);
    seen.axe = {};
    for (const scheme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      seen.axe[scheme] = await violations(page);
    }
    seen.paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    seen.troubles.push(...troubles);
    await page.close();
  },

  async valid(spec, seen) {
    const report = await linter.validateString(await readFile(spec.file, "utf8"), spec.file);
    seen.invalid = report.results.flatMap((one) => one.messages.map((message) => `${message.line}:${message.column} ${message.ruleId} ${message.message}`)).slice(0, 20);
  },

  async filters(spec, seen) {
    const { page, troubles } = await open(spec.file);
    seen.all = await page.evaluate(shown);
    seen.filtered = [];
    for (const wanted of spec.filters) {
      await page.click("#filter button[type=reset]");
      for (const [id, value] of Object.entries(wanted.select || {})) await page.select(`#${id}`, value);
      for (const [id, value] of Object.entries(wanted.type || {})) { await page.focus(`#${id}`); await page.keyboard.type(value); }
      for (const id of wanted.tick || []) await page.click(`#${id}`);
      seen.filtered.push(await settle(page));
    }
    seen.options = await page.evaluate(() => Object.fromEntries(Array.from(document.querySelectorAll("#filter select"), (one) => [one.id, Array.from(one.options, (option) => option.value)])));
    const linked = await open(spec.file, { hash: seen.filtered[0].hash });
    seen.linked = await linked.page.evaluate(shown);
    await linked.page.evaluate(() => { location.hash = "#?verdict=no-such&severity=9&page=-3"; });
    seen.nonsense = await settle(linked.page);
    seen.troubles.push(...troubles, ...linked.troubles);
    await page.close();
    await linked.page.close();
  },

  async sorting(spec, seen) {
    const { page, troubles } = await open(spec.file);
    seen.sorted = {};
    for (const name of ["verdict", "severity", "policy", "place", "organization", "finding"]) {
      const told = [];
      for (let turn = 0; turn < 2; turn += 1) {
        await page.click(`[data-sort="${name}"]`);
        told.push({ ...(await page.evaluate(shown)), aria: await page.$eval(`[data-sort="${name}"]`, (button) => button.parentNode.getAttribute("aria-sort")) });
      }
      seen.sorted[name] = told;
    }
    await page.click('[data-go="last"]');
    seen.lastPage = await page.evaluate(shown);
    await page.click('[data-go="previous"]');
    seen.beforeLast = await page.evaluate(shown);
    seen.troubles.push(...troubles);
    await page.close();
  },

  async keyboard(spec, seen) {
    const { page, troubles } = await open(spec.file, { hash: spec.keyboard });
    await page.focus("#filter button[type=reset]");
    for (let turn = 0; turn < 30; turn += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.matches("button.open"))) break;
    }
    seen.outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    await page.keyboard.press("Enter");
    seen.opened = await page.evaluate(() => {
      const button = document.activeElement;
      const detail = document.getElementById(button.getAttribute("aria-controls"));
      return { expanded: button.getAttribute("aria-expanded"), text: detail.innerText, row: Array.from(detail.previousElementSibling.cells, (cell) => cell.innerText) };
    });
    await page.keyboard.press("Space");
    seen.closed = await page.evaluate(() => [document.activeElement.getAttribute("aria-expanded"), document.querySelectorAll(".detail").length]);
    seen.troubles.push(...troubles);
    await page.close();
  },

  async details(spec, seen) {
    const { page, troubles } = await open(spec.file, { hash: spec.details });
    seen.details = await page.evaluate(() => {
      document.querySelectorAll("#rows button.open").forEach((button) => button.click());
      return Array.from(document.querySelectorAll(".detail"), (line) => line.innerText);
    });
    seen.links = await page.evaluate(() => Array.from(document.querySelectorAll("#rows tbody a"), (one) => one.getAttribute("href")));
    seen.troubles.push(...troubles);
    await page.close();
  },

  async folds(spec, seen) {
    const { page, troubles } = await open(spec.file);
    const count = () => Array.from(document.querySelectorAll("#by-place tbody tr")).filter((line) => line.offsetParent !== null).length;
    seen.folded = await page.evaluate(count);
    await page.click('.unfold[data-rows="by-place"]');
    seen.unfolded = await page.evaluate(count);
    await page.type("#find-by-place", spec.folds);
    seen.placesFound = await page.evaluate(count);
    await page.click("#by-place tbody tr:not([hidden]) a");
    seen.placeClicked = await settle(page);
    seen.troubles.push(...troubles);
    await page.close();
  },

  async widths(spec, seen) {
    seen.widths = {};
    for (const width of [320, 1280]) {
      const { page, troubles } = await open(spec.file, { width, height: 1600 });
      const shot = await page.screenshot({ path: `${spec.file}.${width}.png` });
      seen.widths[width] = {
        bytes: shot.length,
        overflow: await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        header: await page.evaluate(() => {
          window.scrollTo(0, 5000);
          const head = document.querySelector(".top");
          const box = head === null ? null : head.getBoundingClientRect();
          return box === null ? null : [box.top, box.height];
        }),
      };
      seen.troubles.push(...troubles);
      await page.close();
    }
  },

  async print(spec, seen) {
    const { page, troubles } = await open(spec.file);
    const pdf = await page.pdf({ path: `${spec.file}.pdf`, preferCSSPageSize: true });
    seen.pdf = { start: Buffer.from(pdf.slice(0, 5)).toString("latin1"), bytes: pdf.length };
    await page.emulateMediaType("print");
    const visible = (id) => { const node = document.querySelector(id); return node !== null && node.getClientRects().length > 0; };
    seen.printed = {};
    for (const id of ["#filter", "#rows", "#pager", "body > nav", "#static table", "#by-place", "#by-policy", ".printed"]) seen.printed[id] = await page.evaluate(visible, id);
    seen.printedNote = await page.$eval(".printed", (node) => node.innerText);
    seen.troubles.push(...troubles);
    await page.close();
  },

  async skeleton(spec, seen) {
    const { page, troubles } = await open(spec.file);
    await page.evaluate(() => document.querySelectorAll("#rows button.open").forEach((button) => button.click()));
    seen.skeleton = await page.evaluate(skeleton);
    seen.hacked = await page.evaluate(() => Object.keys(window).filter((name) => /hack|pwn|xss/i.test(name)));
    seen.text = await page.evaluate(() => document.querySelector("#rows tbody").innerText.slice(0, 2000));
    seen.troubles.push(...troubles);
    await page.close();
  },

  async still(spec, seen) {
    for (const [name, how] of [["without", { scripts: false }], ["old", { old: true }]]) {
      const { page, troubles } = await open(spec.file, how);
      await new Promise((done) => setTimeout(done, 200));
      const told = (id) => { const node = document.querySelector(id); return node !== null && node.getClientRects().length > 0; };
      const visible = {};
      for (const id of ["#live", "#static table", ".figures", "#by-place", ".folded", ".find"]) visible[id] = await page.evaluate(told, id);
      seen[name] = { visible, note: await page.$eval("#needs", (node) => node.innerText), troubles, rows: await page.$$eval("#static tbody tr", (rows) => rows.length) };
      await page.close();
    }
  },

  async look(spec, seen) {
    const { page, troubles } = await open(spec.file, { hash: spec.look });
    seen.looked = await page.evaluate(() => document.body.innerText);
    seen.troubles.push(...troubles);
    await page.close();
  },
};

const seen = {};
for (const spec of job.pages) {
  seen[spec.name] = { troubles: [] };
  for (const step of spec.steps) {
    const from = Date.now();
    await steps[step](spec, seen[spec.name]);
    if (job.told) console.log(spec.name, step, Date.now() - from, "ms");
  }
}
await browser.close();
await writeFile(seenFile, JSON.stringify(seen));
