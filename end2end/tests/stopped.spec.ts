import type { Page } from "@playwright/test";

import { signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const clerk = someone({ post: "intake", role: "clerk", unit: "SC" });

const policy = (page: Page) => page.getByRole("textbox", { name: "保单号", exact: true });

/** Has the browser refuse the app its next element, which no app can do without: it panics. */
const stop = (page: Page) =>
  page.evaluate(() => {
    const create = document.createElement.bind(document);
    document.createElement = (() => {
      document.createElement = create;
      throw new Error("provoked");
    }) as typeof document.createElement;
  });

test.describe("when the app stops on an error", () => {
  test.use({ stopping: true });

  test("the page says so, keeps what is on it in sight, and a reload brings the draft back", async ({ page, accessible }) => {
    await signIn(page, clerk, "/cases/new");
    await policy(page).focus();
    await page.keyboard.type("880012077341", { delay: 40 });
    await expect(page.getByText(/草稿已存/)).toBeVisible();
    await stop(page);
    // What each gap is told with cannot be made.
    await page.getByRole("button", { name: "登记", exact: true }).click();

    const told = page.getByRole("alertdialog", { name: "准绳出错，已停下" });
    await expect(told).toBeVisible();
    await expect(told).toContainText("已存的草稿都在");
    await expect(told.getByRole("button", { name: "重新载入" })).toBeFocused();
    await accessible();
    await told.getByRole("button", { name: "先看看本页" }).click();
    await expect(told).toBeVisible();
    await expect(policy(page)).toHaveValue(/8800/);
    await told.getByRole("button", { name: "重新载入" }).click();

    await expect(told).toHaveCount(0);
    await expect(policy(page)).toHaveValue(/8800\s?1207\s?7341/);
  });

  test("it says so in the language of the page", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("plumbline.locale", "en"));
    await page.goto("/");
    await page.getByRole("textbox", { name: "Staff number" }).focus();
    await page.keyboard.type(clerk.person);
    await stop(page);
    // Nothing is filled in: the fault to be shown is the element that cannot be made.
    await page.getByRole("button", { name: /^Sign in/ }).click();
    const told = page.getByRole("alertdialog", { name: "Plumbline has stopped on an error" });
    await expect(told).toBeVisible();
    await told.getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("textbox", { name: "Staff number" })).toBeVisible();
  });
});
