// The page in a real browser, where one is installed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../dashboard/bundle.ts";
import { page as pageOf } from "../dashboard/page.ts";
import { historyRecord } from "../src/history/history-record.ts";
import { readHistory } from "../src/history/history.ts";
import { NUMPY, OURS } from "../src/ours.ts";
import { recordWith, timedAs } from "./history-records.ts";

const BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const executablePath = BROWSERS.find((path) => existsSync(path));
const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
  "--disable-component-update --disable-sync";

const races = (wasm: number) =>
  ["W1", "W2"].map((workload) => ({
    workload,
    title: "",
    trials: 100,
    claimsPerTrial: 2,
    entries: [timedAs("wasm", wasm, wasm, wasm), timedAs("naive", 80, 80, 80), timedAs(NUMPY, 40, 30, 60)],
  }));
const made = [
  recordWith({ races: races(10) }),
  { ...recordWith({ races: races(20), note: "<b>not markup</b>" }), committed: "2027-01-03T00:00:00Z" },
].map((one) => historyRecord.parse(one));

describe.skipIf(executablePath === undefined)(`the page in ${executablePath ?? "a browser: none is installed"}`, () => {
  // Made before the tests run, not here: where they are skipped nothing would remove it.
  const folder = join(tmpdir(), `dashboard-page-${process.pid}`);
  const [whole, small, empty] = ["whole", "small", "empty"].map((name) => join(folder, `${name}.html`));
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(folder);
    const style = readFileSync(new URL("../dashboard/app/style.css", import.meta.url), "utf8");
    const script = await bundle();
    for (const [file, records] of [
      [whole, readHistory()],
      [small, made],
      [empty, []],
    ] as const) {
      writeFileSync(file, pageOf({ records, ours: OURS, rival: NUMPY }, { style, script }));
    }
    browser = await chromium.launch({ executablePath: executablePath!, args: FLAGS.split(" ") });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page, hands it over, and holds that nothing went wrong and that nothing else was loaded. */
  async function on(url: string, options: { width?: number; dark?: boolean }, use: (page: Page) => Promise<void>) {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1200, height: 800 },
      colorScheme: options.dark ? "dark" : "light",
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(url.split("#")[0]) && !request.url().startsWith("data:"))
        faults.push(request.url());
    });
    await page.goto(url);
    await use(page);
    expect(faults).toEqual([]);
    await context.close();
  }

  const at = (file: string, hash = "") => `${pathToFileURL(file).href}${hash}`;
  const captions = (page: Page) => page.locator("#history figcaption").allTextContents();
  const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });
  const ground = (page: Page) => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");

  test.each([1200, 390])(
    "from a file, %i pixels wide: every part has charts or says why not, nothing is cut off",
    async (width) => {
      await on(at(whole), { width }, async (page) => {
        for (const section of await page.locator("section").all()) {
          const parts = (await section.locator("svg").count()) + (await section.locator(".nothing").count());
          expect(parts).toBeGreaterThan(0);
        }
        expect(await page.locator("#history svg").count()).toBeGreaterThan(6);
        expect(await page.locator("#agreement svg").textContent()).toContain("promised: 1e-10");
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      });
    },
  );

  test("from a site, in a folder of it", async () => {
    const server = createServer((_, response) => response.end(readFileSync(small))).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await on(`http://127.0.0.1:${port}/lossmill/dashboard/`, {}, async (page) => {
        expect(await captions(page)).toEqual(["W1", "W2"]);
      });
    } finally {
      server.close();
    }
  });

  test("without records every part says so", async () => {
    await on(at(empty), {}, async (page) => {
      expect(await page.locator(".nothing").count()).toBe(await page.locator("section").count());
      expect(await page.locator(".chart").count()).toBe(0);
    });
  });

  test("filters change charts, tables and the address, which brings the choice back", async () => {
    await on(at(small), {}, async (page) => {
      expect(await captions(page)).toEqual(["W1", "W2"]);
      await page.getByLabel("Workload").selectOption("W2");
      expect(await captions(page)).toEqual(["W2"]);
      await box(page, "naive").uncheck();
      expect(await page.locator("#history .legend").textContent()).toBe("wasm");
      await page.getByText("The same as a table").first().click();
      const cells = () => page.locator("#history tbody tr:last-child td").allTextContents();
      // 40 / 20, 30 / 20 and 60 / 20.
      expect((await cells()).slice(3)).toEqual(["W2", "100", "2 (1.5 to 3)"]);
      await page.getByLabel("Compared with").selectOption("naive");
      expect((await cells()).slice(3)).toEqual(["W2", "100", "4"]);
      await page.getByLabel("History shows").selectOption("nanoseconds");
      expect((await cells()).slice(3)).toEqual(["W2", "100", "20"]);
      await page.reload();
      expect(await captions(page)).toEqual(["W2"]);
      expect(await box(page, "naive").isChecked()).toBe(false);
      expect(await page.getByLabel("Compared with").inputValue()).toBe("naive");
      await box(page, "wasm").uncheck();
      expect(await page.locator("#history").textContent()).toContain("No backend is chosen.");
    });
  });

  test("by keyboard alone", async () => {
    await on(at(small), {}, async (page) => {
      const focus = () => page.evaluate<string>("document.activeElement.outerHTML.match(/^<\\w+/)[0]");
      await page.keyboard.press("Tab");
      expect(await focus()).toBe("<button");
      await page.keyboard.press("Enter");
      expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
      await page.keyboard.press("Tab");
      expect(await focus()).toBe("<select");
      await page.keyboard.press("w");
      expect(await captions(page)).toEqual(["W1"]);
    });
  });

  test("hovering a chart shows the figures of the record under the pointer, as text", async () => {
    await on(at(small), {}, async (page) => {
      const chart = (await page.locator("#history .chart").first().boundingBox())!;
      await page.mouse.move(chart.x + chart.width * 0.75, chart.y + 80);
      const tooltip = page.locator("#history .chart").first().locator("table");
      await tooltip.waitFor();
      expect(await tooltip.innerText()).toMatch(/wasm\s+2 \(1\.5 to 3\)\s+naive\s+0\.5 \(0\.375 to 0\.75\)/);
      expect(await page.locator("#history .chart .small").allTextContents()).toContain("<b>not markup</b>");
      await page.locator("#ratios .chart").hover({ position: { x: 500, y: 20 } });
      const shown = () => page.locator("#ratios .chart").innerText();
      await expect.poll(shown).toContain("wasm: 1 times as slow as wasm");
    });
  });

  test("light or dark as the system is, until the reader chooses", async () => {
    await on(at(small), { dark: true }, async (page) => {
      await expect.poll(() => ground(page)).toBe("rgb(18, 22, 28)");
      await page.emulateMedia({ colorScheme: "light" });
      await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.getByRole("button", { name: "Light mode" }).click();
      await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
      await page.reload();
      await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
      await page.getByRole("button", { name: "Dark mode" }).click();
      await expect.poll(() => ground(page)).toBe("rgb(18, 22, 28)");
    });
  });

  test("the README's pictures are pictures", async () => {
    for (const name of ["speed-light", "speed-dark", "badge-speed", "badge-agreement"]) {
      const url = new URL(`../../docs/pictures/${name}.svg`, import.meta.url).href;
      await on(url, {}, async (page) => {
        expect(await page.evaluate("document.documentElement.nodeName"), name).toBe("svg");
      });
    }
  });
});
