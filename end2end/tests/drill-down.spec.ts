import { type Locator, type Page } from "@playwright/test";

import { signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const figure = async (of: Locator) => Number((await of.innerText()).replace(/[^\d]/g, ""));

/** The list a figure led to holds as many rows as the figure said, and leads back. */
async function holds(page: Page, n: number): Promise<void> {
  await expect(page).toHaveURL(/\/dashboards\/backlog\/cases/);
  await expect(page.getByText(`共 ${n.toLocaleString("en-US")} 件`)).toBeVisible();
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", `${n + 1}`);
}

test("a manager opens the cases behind a figure, one of them, and comes back", async ({ page, sound }) => {
  await signIn(page, someone({ role: "manager" }));
  await page.getByRole("navigation").getByRole("link", { name: /^积压/ }).click();
  const tile = page.getByRole("link", { name: /^已逾期/ }).first();
  await expect(tile).toBeVisible();
  const overdue = await figure(tile.locator(".v"));
  await tile.click();
  await holds(page, overdue);
  await sound();
  await page.getByRole("link", { name: "返回积压看板" }).click();

  const cell = page.locator("table.mx tbody tr:not(.sum) td a[href]").first();
  await expect(cell).toBeVisible();
  const open = await figure(cell.locator("b"));
  await cell.click();
  await holds(page, open);
  const first = page.getByRole("grid").getByRole("link").first();
  const number = await first.innerText();
  await first.click();
  await expect(page.getByRole("heading", { level: 1, name: number.replace(/^[^-]+-\d\d/, "") })).toBeVisible();
  await page.goBack();
  await holds(page, open);
});
