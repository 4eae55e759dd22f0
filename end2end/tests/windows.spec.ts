import type { BrowserContext, Page } from "@playwright/test";

import { everyone, signIn, signOut, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, held } from "../fixtures/work.ts";

/** A second window of the same browser, at an address: who is signed in is signed in there, too. */
async function another(context: BrowserContext, at: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(at);
  await expect(page.getByRole("banner")).toBeVisible();
  return page;
}

test.describe("two windows of one browser", () => {
  // What a window asks for in the moment its session ends.
  test.use({ provoked: [401] });

  test("signing out in one clears the other at once, and signing in opens both", async ({ page, context }) => {
    const [clerk, colleague] = everyone({ post: "intake", role: "clerk", unit: "GD" });
    await signIn(page, clerk!, "/queues/intake");
    const second = await another(context, "/queues/intake");
    const row = second.getByRole("grid").getByRole("link").first();
    await expect(row).toBeVisible();
    await signOut(page);
    await expect(second.getByRole("textbox", { name: "工号" })).toBeVisible();
    await expect(second.getByRole("grid")).toHaveCount(0);
    await expect(second.getByText(clerk!.name)).toHaveCount(0);

    await signIn(page, colleague ?? clerk!);
    await expect(second.getByRole("banner")).toBeVisible();
    await expect(row).toBeVisible();
  });
});

test("what is typed in two windows is lost in neither, and both are told", async ({ page, context }) => {
  const clerk = someone({ post: "intake", role: "clerk", unit: "JS" });
  const holder = (at: Page) => at.getByRole("textbox", { name: "投保人", exact: true });
  const told = (at: Page) => at.getByRole("alert").filter({ hasText: "另一个窗口" });
  await signIn(page, clerk, "/cases/new");
  const second = await another(context, "/cases/new");
  await expect(holder(second)).toBeVisible();
  await holder(page).focus();
  await page.keyboard.type("first", { delay: 60 });
  await expect(page.getByText(/草稿已存/)).toBeVisible();
  await holder(second).focus();
  await second.keyboard.type("second", { delay: 60 });
  await expect(told(page)).toContainText("也在录同一处");
  await expect(holder(page)).toHaveValue("first");
  await expect(holder(second)).toHaveValue("second");

  // The first is done with it; the second keeps what was typed there, and says so.
  await page.getByRole("button", { name: "丢弃草稿" }).click();
  await expect(told(second).filter({ hasText: "还留着草稿" })).toBeVisible();
  await expect(holder(second)).toHaveValue("second");
  await second.reload();
  await expect(holder(second)).toHaveValue("second");
});

test.describe("one case in two windows", () => {
  // The second is told that the case went on, and its note is sent behind the first.
  test.use({ provoked: [412] });

  test("what the other window submitted does not take away what was typed in this one", async ({ page, context }, { project }) => {
    const { rows, person } = await atWork(page, "servicing", (rows, person) => rows.some((row) => held(row, person)), {
      backwards: project.name === "tablet",
      at: (rows, person) => `/cases/${rows.find((row) => held(row, person))!.id}`,
    });
    const address = `/cases/${rows.find((row) => held(row, person))!.id}`;
    const second = await another(context, address);
    const noted = (at: Page) => at.getByRole("dialog", { name: "加备注" });
    for (const at of [page, second]) {
      await at.bringToFront();
      await expect(at.locator("main footer")).toBeVisible();
      await at.keyboard.press("m");
      await expect(noted(at).getByLabel("备注")).toBeFocused();
    }
    await second.keyboard.type("typed in the second window", { delay: 40 });
    await page.bringToFront();
    await noted(page).getByLabel("备注").focus();
    await page.keyboard.type("typed in the first", { delay: 40 });
    await noted(page).getByRole("button", { name: "加备注" }).click();
    await expect(noted(page)).toBeHidden();
    await expect(noted(second).getByLabel("备注")).toHaveValue("typed in the second window");
    await noted(second).getByRole("button", { name: "加备注" }).click();
    await expect(second.getByRole("main").getByText("typed in the second window").first()).toBeVisible();
    await expect(second.getByRole("main").getByText("typed in the first").first()).toBeVisible();
  });
});
