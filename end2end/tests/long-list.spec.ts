import { signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

/** What the store was given for this: cases at the counter of one branch. */
const CASES = 10_000;
/** Elements a page may have, however long its list. */
const MOST = 1_400;

test("a queue of ten thousand cases is whole, light, and scrolls to its end", async ({ page }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "HB" }), "/queues/intake");
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("row").nth(5)).toBeVisible();
  const rows = Number(await grid.getAttribute("aria-rowcount"));
  expect(rows).toBeGreaterThan(CASES);

  const count = () => page.locator("*").count();
  const top = await count();
  const scroll = grid.locator("xpath=ancestor-or-self::*[contains(concat(' ', @class, ' '), ' scroll ')]").last();
  for (const part of [0.5, 1]) {
    await scroll.evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), part);
    const wanted = Math.floor(rows * part) - 20;
    await expect
      .poll(async () => {
        const seen = await grid.locator("[aria-rowindex]").evaluateAll((all) => all.map((row) => Number(row.ariaRowIndex ?? row.getAttribute("aria-rowindex"))));
        return Math.max(...seen);
      })
      .toBeGreaterThan(wanted);
    await expect(grid.locator(".pending")).toHaveCount(0);
  }
  const end = await count();
  console.log(`elements with ${rows - 1} rows: ${top} at the top, ${end} at the end, of ${MOST}`);
  expect(Math.max(top, end)).toBeLessThanOrEqual(MOST);
});
