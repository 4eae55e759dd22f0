import type { Page } from "@playwright/test";

import { signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const clerk = someone({ post: "intake", role: "clerk", unit: "HB" });
const other = someone({ post: "intake", role: "clerk", unit: "SD" });

const policy = (page: Page) => page.getByRole("textbox", { name: "保单号", exact: true });
const holder = (page: Page) => page.getByRole("textbox", { name: "投保人", exact: true });

/** What the browser keeps of drafts: names and values. */
const stored = (page: Page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("plumbline.draft.")));

/** Types a registration and waits until it is in the browser's storage. */
async function type(page: Page): Promise<void> {
  await signIn(page, clerk, "/cases/new");
  await policy(page).fill("8800 1207 7341");
  await holder(page).fill("闻人静姝");
  await expect(page.getByText(/草稿已存/)).toBeVisible();
  await expect.poll(async () => (await stored(page)).length).toBe(1);
}

test("what was typed is there again after a crash, and cannot be read in between", async ({ page, context }) => {
  await type(page);
  const [[name, value]] = (await stored(page)) as [[string, string]];
  expect(name).toBe(`plumbline.draft.${clerk.person}.register`);
  // Sealed: neither the text nor its base64 is in it.
  for (const secret of ["8800", "闻人静姝", Buffer.from("8800 1207 7341").toString("base64").slice(0, 16)]) {
    expect(value).not.toContain(secret);
  }
  // A page that crashes asks nobody and saves nothing more.
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto("/cases/new");
  await expect(policy(again)).toHaveValue("8800 1207 7341");
  await expect(holder(again)).toHaveValue("闻人静姝");
  await expect(again.getByText(/草稿已存/)).toBeVisible();
});

test.describe("with signing out", () => {
  // The page that is left may still ask for something when its session is gone.
  test.use({ provoked: [401] });

  test("a draft waits for its person and for nobody else", async ({ page }) => {
    await type(page);
    await signIn(page, other);
    await expect(page).toHaveURL(/\/cases\/new/);
    await expect(policy(page)).toHaveValue("");
    await signIn(page, clerk);
    await expect(policy(page)).toHaveValue("8800 1207 7341");
  });
});

test("what another window sent or threw away is gone here too", async ({ page, context }) => {
  await type(page);
  const second = await context.newPage();
  await second.goto("/cases/new");
  await expect(policy(second)).toHaveValue("8800 1207 7341");
  await second.getByRole("button", { name: "丢弃草稿" }).click();
  await expect.poll(async () => (await stored(second)).length).toBe(0);
  // The first window leaves the form and comes back to it without loading the page anew.
  await page.getByRole("button", { name: "返回" }).click();
  await expect(page).toHaveURL(/\/queues\/intake/);
  await page.getByRole("link", { name: "登记新件" }).click();
  await expect(page).toHaveURL(/\/cases\/new/);
  await expect(policy(page)).toHaveValue("");
});

test("a draft that was thrown away does not come back, unless it is brought back", async ({ page }) => {
  await type(page);
  await page.getByRole("button", { name: "丢弃草稿" }).click();
  await expect(policy(page)).toHaveValue("");
  await page.getByRole("button", { name: "撤回" }).click();
  await expect(policy(page)).toHaveValue("8800 1207 7341");
  await page.getByRole("button", { name: "丢弃草稿" }).click();
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  await page.reload();
  await expect(policy(page)).toHaveValue("");
});

/** Browsers that cannot keep a draft, and what the page says about it. */
const UNABLE: [string, () => void, RegExp][] = [
  [
    "whose storage is full",
    () => {
      const keep = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name: string, value: string) {
        if (name.startsWith("plumbline.draft.")) throw new DOMException("full", "QuotaExceededError");
        keep.call(this, name, value);
      };
    },
    /草稿没存下，浏览器存满了/,
  ],
  [
    "without WebCrypto",
    () => Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined }),
    /这个浏览器存不了草稿/,
  ],
  [
    "without storage",
    () =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      }),
    /这个浏览器存不了草稿/,
  ],
];

for (const [browser, unable, words] of UNABLE) {
  test(`a draft that cannot be stored says so, in a browser ${browser}`, async ({ page }) => {
    await page.addInitScript(unable);
    await signIn(page, clerk, "/cases/new");
    await expect(holder(page)).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: words })).toHaveCount(0);
    await holder(page).focus();
    await page.keyboard.type("kept nowhere", { delay: 40 });
    await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
    await expect(page.getByText(/草稿已存/)).toHaveCount(0);
    // Leaving asks first; staying keeps what was typed.
    const asked = page.waitForEvent("dialog");
    const gone = page.reload({ timeout: 3_000 }).catch(() => undefined);
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await gone;
    await expect(holder(page)).toHaveValue("kept nowhere");
    // Thrown away, there is nothing left to be lost.
    await page.getByRole("button", { name: "丢弃草稿" }).click();
    await expect(page.getByRole("alert").filter({ hasText: words })).toHaveCount(0);
  });
}
