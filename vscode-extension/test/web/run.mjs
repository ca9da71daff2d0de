// The extension in a real VS Code, in headless Chromium: colours, snippets, completion, hovers; then with `dtl lsp`.
// DTL is the command (default: `python3 -m dtl` in the checkout). CHROMIUM names the browser (default: chromium); pictures of what was seen land in out/.
// EXTENSION names an unpacked .vsix (its folder `extension`) to be tested instead of the checkout.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { startBridge } from "./bridge.mjs";
import { serve } from "./server.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const pictures = join(root, "out");
mkdirSync(pictures, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
});
try {
  await visit({}, run);
  const bridge = await startBridge();
  try {
    await visit({ "dtl.serverUrl": `ws://127.0.0.1:${bridge.port}` }, runWithServer);
  } finally {
    bridge.close();
  }
} finally {
  await browser.close();
}

async function visit(settings, action) {
  const server = await serve(root, settings);
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  if (process.env.VERBOSE) page.on("console", (message) => console.log(message.text().slice(0, 300)));
  const check = async (name, part) => {
    const started = performance.now();
    try {
      await part();
    } catch (reason) {
      await page.screenshot({ path: join(pictures, "failed.png") });
      throw reason;
    }
    console.log(`ok  ${name} (${Math.round(performance.now() - started)} ms)`);
  };
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await action(page, check);
  } finally {
    await page.close();
    server.close();
  }
}

async function run(page, check) {
  const editor = page.locator(".monaco-editor[data-uri$='demo.dtl']");

  await check("a program opens in the language", async () => {
    await editor.waitFor({ timeout: 90_000 });
    await page.getByRole("button", { name: "DTL", exact: true }).waitFor({ timeout: 30_000 });
  });
  await check("it is coloured", async () => {
    // Words of one line that must differ in colour.
    const line = editor.locator(".view-line", { hasText: "fn" }).filter({ hasText: "cents" }).first();
    await waitFor(async () => ((await coloursOf(line)).size >= 4 ? true : undefined));
  });
  await check("a hover explains a function", async () => {
    await editor.locator(".view-line span", { hasText: "parse_json" }).last().hover();
    const text = await page.locator(".monaco-hover:visible").first().innerText({ timeout: 20_000 });
    assert.match(text, /parse_json!?\(value/);
  });
  await check("functions and snippets are completed", async () => {
    await editor.locator(".view-lines").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("pars");
    const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "parse_" }).first();
    await row.waitFor({ timeout: 20_000 });
    await page.screenshot({ path: join(pictures, "program.png") });
    await page.keyboard.type("e_key_v");
    await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "parse_key_value" }).first().waitFor();
    await page.keyboard.press("Enter");
    const last = await waitFor(async () => {
      const text = (await editor.locator(".view-lines").innerText()).replaceAll("\u00a0", " ");
      return text.includes("parse_key_value!(value)") ? text : undefined;
    });
    assert.ok(last);
    await page.keyboard.press("Escape");
  });
  await check("a program in YAML is coloured as a program", async () => {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "workflow.yaml" }).click();
    const yaml = page.locator(".monaco-editor[data-uri$='workflow.yaml']");
    await yaml.waitFor({ timeout: 20_000 });
    const line = yaml.locator(".view-line", { hasText: "upcase" }).first();
    await waitFor(async () => ((await coloursOf(line)).size >= 4 ? true : undefined));
    await page.screenshot({ path: join(pictures, "workflow.png") });
  });
}

async function runWithServer(page, check) {
  const editor = page.locator(".monaco-editor[data-uri$='demo.dtl']");
  await check("the server's findings are shown", async () => {
    await editor.waitFor({ timeout: 90_000 });
    await editor.locator(".squiggly-error, .squiggly-warning").first().waitFor({ timeout: 60_000 });
  });
  await check("a hover shows an inferred type", async () => {
    await editor.locator(".view-line span", { hasText: "downcase" }).last().hover();
    await page.locator(".monaco-hover:visible", { hasText: "string" }).first().waitFor({ timeout: 20_000 });
  });
  await check("problems are listed", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Shift+M");
    await page.locator(".markers-panel .monaco-list-row").first().waitFor({ timeout: 20_000 });
    await page.screenshot({ path: join(pictures, "server.png") });
  });
  await check("a program in YAML is checked", async () => {
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "workflow.yaml" }).click();
    const yaml = page.locator(".monaco-editor[data-uri$='workflow.yaml']");
    await yaml.locator(".squiggly-error").first().waitFor({ timeout: 20_000 });
    const rows = page.locator(".markers-panel .monaco-list-row");
    await rows.filter({ hasText: "workflow.yaml" }).first().waitFor();
    await rows.filter({ hasText: "[Ln 17, Col 15]" }).first().waitFor();
    assert.equal(await rows.filter({ hasText: "syntax error" }).count(), 0);
    await page.screenshot({ path: join(pictures, "server-yaml.png") });
  });
}

/** Returns the colours of a line. */
async function coloursOf(line) {
  const found = await line.evaluate((element) =>
    [...element.querySelectorAll("span span")].map((span) => getComputedStyle(span).color),
  );
  return new Set(found.filter((colour) => colour !== ""));
}

async function waitFor(look, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error("waited too long");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
