import type { Page } from "@playwright/test";

import { type Application, application } from "../fixtures/application.ts";
import { type Hand, pointer } from "../fixtures/hand.ts";
import { everyone, signInByForm } from "../fixtures/people.ts";
import { LONG, handOver, register } from "../fixtures/route.ts";
import { deepStacks, expect, test } from "../fixtures/test.ts";

test.describe.configure({ timeout: LONG });

test("a case taken back and handed over again is counted and received", async ({ page, browser }, { project }) => {
  const unit = project.name === "tablet" ? "ZJ" : "BJ";
  // The last of each post: the first ones are at work in other tests.
  const clerk = (post: string) => everyone({ post, unit, role: "clerk" }).filter((one) => one.posts.length === 1).at(-1)!;
  const paper = application();
  await page.goto("/");
  await signInByForm(page, clerk("intake"));
  const giver = pointer(page);
  const number = await give(giver, paper);
  await page.getByRole("button", { name: "撤回移交" }).click();
  await handOver(giver, "录入");

  const other = await browser.newPage();
  await other.addInitScript(deepStacks);
  const errors: string[] = [];
  other.on("pageerror", (error) => errors.push(error.message));
  await other.goto("/");
  await signInByForm(other, clerk("entry"));
  await other.getByRole("link", { name: /^交接清单/ }).first().click();
  await open(other, number);
  // The line taken back and the one given again stand on one slip.
  const lines = other.getByRole("row").filter({ hasText: number });
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText("已撤回");
  await other.getByRole("textbox", { name: "扫码或件号" }).click();
  await other.keyboard.type(number);
  await other.keyboard.press("Enter");
  for (const [material, pages] of paper.pages) {
    await other.getByRole("textbox", { name: material }).click();
    await other.keyboard.type(String(pages));
  }
  await other.getByRole("button", { name: "签收 1 件" }).click();
  await expect(lines.last()).toContainText("一致");
  await expect(lines.first()).toContainText("已撤回");
  expect(errors).toEqual([]);
  await other.close();
});

/** Registers and hands over; gives the number as lists write it. */
async function give(hand: Hand, paper: Application): Promise<string> {
  await register(hand, paper);
  const number = await hand.page.getByRole("heading", { level: 1, name: /^\d{4}-\d{4,}$/ }).innerText();
  await handOver(hand, "录入");
  return number;
}

/** Opens the slip to be received on which the case is. */
async function open(page: Page, number: string): Promise<void> {
  const slips = page.locator(".slips").getByRole("link");
  await expect(slips.first()).toBeVisible();
  for (const slip of await slips.all()) {
    await slip.click();
    await expect(page.getByRole("table")).toBeVisible();
    if ((await page.getByRole("row").filter({ hasText: number }).count()) > 0) return;
  }
  throw new Error(`${number} is on no slip`);
}
