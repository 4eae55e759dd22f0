import type { APIRequestContext, Page } from "@playwright/test";

import { everyone, inTheNameOf, type Person, signIn } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { read, rowsOf } from "../fixtures/work.ts";

// What people do first: sign in on the page and go on by what is on it. A page that is loaded anew would have forgotten
// the sign-in page, and with it what that one left behind.

/** The first of these people who has what is asked for. */
async function whoHas(people: Person[], has: (api: APIRequestContext) => Promise<boolean>): Promise<Person> {
  for (const person of people) {
    if (await inTheNameOf(person, has)) return person;
  }
  throw new Error("nobody has what the test looks for");
}

const link = (page: Page, name: RegExp) => page.getByRole("navigation").getByRole("link", { name });

test("get-next opens the case with its forms", async ({ page }, { project }) => {
  const clerks = everyone({ post: "servicing", role: "clerk" }).filter((one) => !one.unit.startsWith("SH"));
  const people = project.name === "tablet" ? clerks.reverse() : clerks;
  const clerk = await whoHas(people, async (api) => (await rowsOf(api, "servicing")).some((row) => row.status === "ready"));
  await signIn(page, clerk);
  await page.getByRole("tab", { name: /^待办/ }).click();
  await page.getByRole("button", { name: "取下一件" }).click();
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main").getByRole("textbox").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
});

test("approvals open with the request to answer", async ({ page }) => {
  const lead = await whoHas(everyone({ role: "lead" }), async (api) => {
    return (await read<{ count: number }>(api, "/api/queues/approval?tab=todo")).count > 0;
  });
  await signIn(page, lead);
  await link(page, /^审批/).click();
  await expect(page.getByRole("heading", { level: 1, name: "审批" })).toBeAttached();
  await expect(page.getByRole("main").getByRole("textbox").first()).toBeVisible();
});

test("a sample check opens with its points", async ({ page }) => {
  const inspector = await whoHas(everyone({ role: "inspector" }), async (api) => {
    return (await read<{ checks: object[] }>(api, "/api/checks")).checks.length > 0;
  });
  await signIn(page, inspector);
  await page.getByRole("main").getByRole("link", { name: /\d{6}-\d{4}/ }).first().click();
  await expect(page).toHaveURL(/\/checks\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main").getByRole("group").first()).toBeVisible();
});

test("a slip opens with its lines", async ({ page }) => {
  const clerk = await whoHas(everyone({ role: "clerk" }), async (api) => {
    return (await read<{ incoming: object[] }>(api, "/api/slips")).incoming.length > 0;
  });
  await signIn(page, clerk);
  await link(page, /^交接/).click();
  await page.getByRole("main").locator('a[href^="/slips/"]').first().click();
  await expect(page.getByRole("textbox", { name: "扫码或件号" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("row").nth(1)).toBeVisible();
});

test("signing out and in again, as somebody else, leaves nothing behind either", async ({ page }) => {
  const [first, second] = everyone({ post: "intake", role: "clerk" }).filter((one) => !one.unit.startsWith("SH"));
  await signIn(page, first!);
  await page.getByRole("link", { name: "登记新件" }).click();
  await expect(page.getByRole("textbox", { name: "保单号", exact: true })).toBeVisible();
  await signIn(page, second!);
  await expect(page.getByRole("textbox", { name: "保单号", exact: true })).toBeVisible();
  await link(page, /^交接/).click();
  await expect(page.getByRole("heading", { level: 1, name: "交接清单" })).toBeAttached();
});
