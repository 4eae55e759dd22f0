import type { Page, Request } from "@playwright/test";

import { everyone, inTheNameOf, signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, read, rowsOf, type Row } from "../fixtures/work.ts";

// A hasty hand presses twice: what was wanted once is done once, on a slow line, on a quick one, and by key.

/** Posts to that address, as the page sends them from now on. */
function posts(page: Page, address: RegExp): Request[] {
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && address.test(new URL(request.url()).pathname)) sent.push(request);
  });
  return sent;
}

/** Answers of that address come late: after a second one may have been asked for. */
async function slow(page: Page, address: RegExp): Promise<() => void> {
  let let_go = () => {};
  const gone = new Promise<void>((resolve) => (let_go = resolve));
  await page.route(address, async (route) => {
    await gone;
    await route.continue();
  });
  return let_go;
}

const mine = async (page: Page) => (await rowsOf(page, "intake", "mine")).length;
const ready = (rows: Row[]) => rows.filter((row) => row.status === "ready").length > 6;
const next = (page: Page) => page.getByRole("button", { name: "取下一件" });

for (const [how, press] of [
  ["a double click", (page: Page) => next(page).dblclick()],
  ["two clicks", async (page: Page) => {
    await next(page).click();
    await next(page).click({ timeout: 1_000 }).catch(() => undefined);
  }],
  ["its key, twice", async (page: Page) => {
    // Slower than a scanner types.
    await page.keyboard.type("nn", { delay: 150 });
  }],
  ["Enter on the button, twice", async (page: Page) => {
    await next(page).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
  }],
] as const) {
  for (const line of ["slow", "quick"] as const) {
    test(`get-next by ${how} on a ${line} line claims one case`, async ({ page }, { project }) => {
      await atWork(page, "intake", ready, { backwards: project.name === "tablet" });
      await expect(page.getByRole("grid").getByRole("link").first()).toBeVisible();
      const before = await mine(page);
      const go = line === "slow" ? await slow(page, /\/api\/queues\/intake\/next$/) : () => {};
      await press(page);
      go();
      await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}$/);
      await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
      await expect.poll(() => mine(page)).toBe(before + 1);
    });
  }
}

test("two quick draws are one draw", async ({ page }) => {
  let inspector;
  for (const person of everyone({ role: "inspector" })) {
    const { frames } = await inTheNameOf(person, (api) => read<{ frames: number[] }>(api, "/api/checks"));
    if (frames.some((n) => n > 0)) inspector = person;
    if (inspector) break;
  }
  await signIn(page, inspector!, "/checks");
  const form = page.getByRole("form", { name: "新抽样" }).filter({ visible: true });
  await expect(page.getByRole("heading", { level: 1, name: /抽检/ })).toBeVisible();
  if (!(await form.isVisible())) await page.getByRole("button", { name: "抽样" }).first().click();
  const draws = async () => (await read<{ draws: object[] }>(page, "/api/checks")).draws.length;
  const before = await draws();
  const sent = posts(page, /\/api\/draws$/);
  // Whichever post has something to draw from.
  const frames = (await read<{ frames: number[] }>(page, "/api/checks")).frames;
  await form.getByRole("radio").nth(frames.findIndex((n) => n > 0)).click();
  const draw = form.getByRole("button", { name: "抽样", exact: true });
  await draw.click();
  await draw.click();
  await expect(page.getByRole("status").filter({ hasText: "已抽" })).toHaveCount(1);
  await expect.poll(draws).toBe(before + 1);
  expect(new Set(sent.map((request) => request.headers()["idempotency-key"])).size).toBe(1);
});

test("a case claimed twice from the list by key is claimed once, and said once", async ({ page }, { project }) => {
  const { rows } = await atWork(page, "intake", ready, { backwards: project.name !== "tablet" });
  const at = rows.findIndex((row) => row.status === "ready");
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("link").first()).toBeVisible();
  for (let step = 0; step <= at; step += 1) {
    await page.keyboard.press("j");
    await expect(grid.locator("tr[data-cursor]")).toHaveAttribute("data-index", `${step}`);
  }
  const sent = posts(page, /\/commands$/);
  const go = await slow(page, /\/commands$/);
  await page.keyboard.type("cc", { delay: 150 });
  go();
  await expect(page.getByRole("status").filter({ hasText: `已领取 ${rows[at]!.number}` })).toHaveCount(1);
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(sent).toHaveLength(1);
});

test("a key held down on a button presses it once", async ({ page }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "ZJ" }), "/cases/new");
  const sent = posts(page, /\/api\/cases$/);
  const register = page.getByRole("button", { name: "登记", exact: true });
  await register.focus();
  await page.keyboard.down("Enter");
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(page.getByRole("status").filter({ hasText: "还不能登记" })).toBeVisible();
  expect(sent).toHaveLength(0);
});
