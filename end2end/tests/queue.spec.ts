import type { Page } from "@playwright/test";

import { type Person, signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, POSTS, QUEUES, read, type Row, rowsOf, short } from "../fixtures/work.ts";

/** Elements a list or dashboard may have, however much there is. */
const MOST = 1_400;

interface Counts {
  queues: { queue: string; tabs: number[] }[];
}

/** The row under the cursor. */
const cursor = (page: Page) => page.getByRole("grid").locator("tr[data-cursor]");

/** Moves the cursor down to a row, no faster than a person: keys in a burst are a scanner's. */
async function down(page: Page, to: number): Promise<void> {
  const from = (await cursor(page).count()) ? Number(await cursor(page).getAttribute("data-index")) + 1 : 0;
  for (let at = from; at <= to; at += 1) {
    await page.keyboard.press("j");
    await expect(cursor(page)).toHaveAttribute("data-index", `${at}`);
  }
}

const rowOf = (page: Page, index: number) => page.getByRole("grid").locator(`tr[data-index="${index}"]`);

/** Opens a list of at least two cases. */
async function openList(page: Page): Promise<{ person: Person; rows: Row[] }> {
  const work = await atWork(page, "intake", (rows) => rows.length > 1);
  await expect(page.getByRole("grid").getByRole("link").first()).toBeVisible();
  return work;
}

test("J and K move through the list, and the preview follows", async ({ page }) => {
  const { rows } = await openList(page);
  await down(page, 1);
  await expect(page).toHaveURL(new RegExp(`case=${rows[1]!.id}`));
  await page.keyboard.press("k");
  await expect(cursor(page)).toHaveAttribute("data-index", "0");
  await expect(page.getByRole("complementary", { name: "预览" })).toContainText(rows[0]!.number);
});

test("X selects, and Escape lets go", async ({ page }) => {
  await openList(page);
  const acts = page.getByRole("toolbar", { name: "批量操作" });
  await down(page, 0);
  await page.keyboard.press("x");
  await expect(rowOf(page, 0)).toHaveAttribute("aria-selected", "true");
  await expect(acts).toContainText("已选 1 件");
  await down(page, 1);
  await page.keyboard.press("x");
  await expect(acts).toContainText("已选 2 件");
  await page.keyboard.press("Escape");
  await expect(acts).toBeHidden();
  await expect(rowOf(page, 0)).toHaveAttribute("aria-selected", "false");
});

test("Enter opens the case under the cursor, and Escape leads back to it", async ({ page }) => {
  const { rows } = await openList(page);
  await down(page, 0);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/cases/${rows[0]!.id}$`));
  // The list has a heading too: the case's own says that its keys are heard.
  await expect(page.getByRole("heading", { level: 1, name: short(rows[0]!.number) })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/queues\/intake/);
});

test("C claims the case under the cursor, and Z puts it back", async ({ page }, { project }) => {
  // What is registered may be claimed at intake by whoever holds the post; the posts after it ask for grants.
  const { person, rows } = await atWork(
    page,
    "intake",
    (rows) => rows.some((row) => row.status === "ready"),
    { backwards: project.name === "tablet" },
  );
  const at = rows.findIndex((row) => row.status === "ready");
  const row = rows[at]!;
  await expect(rowOf(page, at).getByRole("link")).toBeVisible();
  await down(page, at);
  await page.keyboard.press("c");
  await expect(page.getByRole("status").filter({ hasText: `已领取 ${row.number}` })).toBeVisible();
  const holder = async () => (await rowsOf(page, "intake")).find((one) => one.id === row.id)?.holder;
  expect(await holder()).toBe(person.person);

  await page.keyboard.press("z");
  await expect(page.getByRole("status").filter({ hasText: `已释放 ${row.number}` })).toBeVisible();
  expect(await holder()).toBe(null);
});

test("filters stand in the address and survive a reload", async ({ page }) => {
  const { rows } = await openList(page);
  await page.keyboard.press("/");
  const filters = page.getByRole("dialog", { name: "筛选" });
  await filters.getByRole("combobox", { name: "渠道" }).selectOption("online");
  await expect(page).toHaveURL(/channel=online/);
  const search = filters.getByRole("searchbox", { name: "件号、保单号、申请人" });
  await search.fill(rows[0]!.number);
  await search.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(page).toHaveURL(/channel=online/);
  const without = page.getByRole("button", { name: /^去掉筛选/ });
  await expect(without).toHaveCount(2);
  await without.filter({ hasText: "线上" }).click();
  await expect(page).not.toHaveURL(/channel=/);
  await expect(page.getByRole("grid").locator("tr[data-index]")).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/channel=online/);
});

test("a band filters, and pressed again it does not", async ({ page }) => {
  await openList(page);
  const later = page.getByRole("button", { name: /^之后/ });
  await later.click();
  await expect(later).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/band=later/);
  await later.click();
  await expect(later).toHaveAttribute("aria-pressed", "false");
  await expect(page).not.toHaveURL(/band=/);
});

test("the tabs show how much stands behind them", async ({ page }) => {
  await openList(page);
  const { queues } = await read<Counts>(page, "/api/queues");
  const counts = queues.find((one) => one.queue === "intake")!.tabs;
  const names = ["待办", "我的", "等待中", "退回", "待签收", "今日办结"];
  for (const [at, name] of names.entries()) {
    await expect(page.getByRole("tab", { name: new RegExp(`^${name}`) })).toHaveText(new RegExp(`${counts[at]}$`));
  }
  await page.getByRole("tab", { name: /^今日办结/ }).click();
  await expect(page).toHaveURL(/tab=done/);
});

test("no list and no dashboard grows beyond what a page can bear", async ({ page }) => {
  await signIn(page, someone({ role: "manager", unit: "SH" }));
  const figures: Record<string, number> = {};
  const measure = async (path: string) => {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await page.waitForLoadState("networkidle");
    figures[path] = await page.locator("*").count();
  };
  for (const post of POSTS) await measure(`/queues/${post}`);
  await measure("/dashboards/backlog");
  await measure("/dashboards/quality");
  console.log(`elements: ${JSON.stringify(figures)}`);
  for (const [path, elements] of Object.entries(figures)) {
    expect(elements, path).toBeLessThanOrEqual(MOST);
  }
});

test("? shows all keys, and Escape closes them", async ({ page }) => {
  await openList(page);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "快捷键" });
  await expect(help).toContainText("取下一件");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("the palette finds a case by its number and opens it", async ({ page }) => {
  const { rows } = await openList(page);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "命令面板" });
  await palette.getByRole("combobox").fill(rows[1]!.number);
  await expect(palette.getByRole("option", { name: rows[1]!.number })).toHaveAttribute("aria-selected", "true");
  await palette.getByRole("combobox").press("Enter");
  await expect(palette).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/cases/${rows[1]!.id}$`));
});

test("the language changes in place", async ({ page }) => {
  await openList(page);
  const since = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole("banner").getByRole("button", { name: /本人/ }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Intake queue" })).toBeAttached();
  await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  await expect(page.getByRole("button", { name: "Get next" })).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: /Your account/ }).click();
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(page.getByRole("heading", { level: 1, name: QUEUES.intake })).toBeAttached();
  expect(await page.evaluate(() => performance.timeOrigin), "the page was not loaded again").toBe(since);
});

test("the theme is switched and kept", async ({ page }) => {
  await openList(page);
  const scheme = () => page.locator("html").evaluate((html) => getComputedStyle(html).colorScheme);
  await page.getByRole("banner").getByRole("button", { name: "切换深色" }).click();
  await expect(page.getByRole("button", { name: "切换浅色" })).toBeVisible();
  await expect.poll(scheme).toBe("dark");
  await page.reload();
  await expect(page.getByRole("button", { name: "切换浅色" })).toBeVisible();
  await expect.poll(scheme).toBe("dark");
});

test("back at the list one is where one was", async ({ page }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "HB" }), "/queues/intake");
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("link").first()).toBeVisible();
  const scroll = grid.locator("xpath=ancestor-or-self::*[contains(concat(' ', @class, ' '), ' scroll ')]").last();
  const top = () => scroll.evaluate((element) => element.scrollTop);
  await scroll.hover();
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, 400);
  await expect.poll(top).toBeGreaterThan(1_000);
  await expect(grid.locator(".pending")).toHaveCount(0);
  // By a link, and back by the browser's button: the keyboard's cursor has not been here.
  const link = grid.getByRole("link").filter({ visible: true }).nth(12);
  const was = await top();
  await link.click();
  await expect(page).toHaveURL(/\/cases\//);
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(grid.getByRole("link").first()).toBeVisible();
  await expect.poll(top).toBe(was);
});
