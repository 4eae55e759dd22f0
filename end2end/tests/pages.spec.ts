import type { APIRequestContext, Page } from "@playwright/test";

import { everyone, inTheNameOf, type Person, signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, ended, held, POSTS, type Post, QUEUES, read, type Row, short, type Work } from "../fixtures/work.ts";

/** Signs in who has a case of this post in hand, at the address `at` makes of it; where nobody has, whoever could take one. */
async function clerkOf(page: Page, post: Post, at?: (row: Row) => string) {
  const mine = (rows: Row[], person: Person) => rows.find((row) => held(row, person));
  const place = at && { at: (rows: Row[], person: Person) => at(mine(rows, person) ?? rows[0]!) };
  let work: Work;
  try {
    work = await atWork(page, post, (rows, person) => mine(rows, person) !== undefined, place);
  } catch {
    work = await atWork(page, post, (rows) => rows.length > 0, place);
  }
  return { ...work, row: mine(work.rows, work.person) ?? work.rows[0]! };
}

/** Signs in the first of these people for whom something is found, at the address `at` makes of it. */
async function whoHas<T>(
  page: Page,
  people: Person[],
  find: (api: APIRequestContext) => Promise<T | undefined>,
  at: (found: T) => string,
): Promise<T> {
  for (const person of people) {
    const found = await inTheNameOf(person, find);
    if (found === undefined) continue;
    await signIn(page, person, at(found));
    return found;
  }
  throw new Error("nobody has what the test looks for");
}

/** The day so many days ago, at Shanghai. */
function daysAgo(days: number): string {
  return new Date(Date.now() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

test.describe("before signing in", () => {
  test("the sign-in page opens", async ({ page, sound }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "准绳" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "工号" })).toBeVisible();
    await sound();
  });
});

for (const post of POSTS) {
  test(`the queue of ${post} opens with its list`, async ({ page, sound }) => {
    const { rows } = await clerkOf(page, post);
    await expect(page.getByRole("heading", { level: 1, name: QUEUES[post] })).toBeAttached();
    const first = page.getByRole("grid").getByRole("link").first();
    await expect(first).toHaveAttribute("href", `/cases/${rows[0]!.id}`);
    await sound();
  });

  test(`the workbench of ${post} opens with the case`, async ({ page, sound }) => {
    const { row } = await clerkOf(page, post, (row) => `/cases/${row.id}`);
    await expect(page.getByRole("heading", { level: 1, name: short(row.number) })).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(row.number));
    await sound();
  });
}

test("the preview opens beside the list", async ({ page, sound }) => {
  const { row } = await clerkOf(page, "servicing", (row) => `/queues/servicing?case=${row.id}`);
  await expect(page.getByRole("complementary", { name: "预览" })).toContainText(row.number);
  await sound();
});

test("a tab without cases says so", async ({ page, sound }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "GD" }), "/queues/intake?q=没有这样的件");
  await expect(page.getByText("没有符合条件的件")).toBeVisible();
  await sound();
});

test("an ended case opens as a summary", async ({ page, sound }) => {
  const clerk = someone({ post: "recheck", role: "clerk", unit: "GD" });
  const { id, number } = await inTheNameOf(clerk, (api) => ended(api, "GD"));
  await signIn(page, clerk, `/cases/${id}`);
  await expect(page).toHaveTitle(new RegExp(number));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await sound();
});

test("the registration opens empty", async ({ page, sound }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "GD" }), "/cases/new");
  await expect(page.getByRole("heading", { level: 1, name: "登记新件" })).toBeVisible();
  await sound();
});

test("a half-filled registration is refused and leads to the first gap", async ({ page, sound }) => {
  await signIn(page, someone({ post: "intake", role: "clerk", unit: "GD" }), "/cases/new");
  await page.getByLabel("申请人手机").fill("13912340001");
  await page.getByRole("button", { name: /^登记/ }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "还不能登记" })).toBeVisible();
  await expect(page.locator("main [aria-invalid=true]").first()).toBeAttached();
  await expect(page.locator("main :focus")).toHaveAttribute("aria-invalid", "true");
  await sound();
});

test("the list of slips opens", async ({ page, sound }) => {
  await signIn(page, someone({ post: "servicing", role: "clerk", unit: "GD" }), "/slips");
  await expect(page.getByRole("heading", { level: 1, name: "交接清单" })).toBeAttached();
  await sound();
});

test("a slip opens beside the list of slips", async ({ page, sound }) => {
  const find = async (api: APIRequestContext) => {
    const { incoming, outgoing } = await read<Record<"incoming" | "outgoing", { id: string; number: string }[]>>(
      api,
      "/api/slips",
    );
    return incoming[0] ?? outgoing[0];
  };
  const slip = await whoHas(page, everyone({ role: "clerk" }), find, (slip) => `/slips/${slip.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "交接清单" })).toBeAttached();
  await expect(page.getByRole("main")).toContainText(short(slip.number));
  await sound();
});

test("the approvals open with the request to answer first", async ({ page, sound }) => {
  const find = async (api: APIRequestContext) => {
    const { count } = await read<{ count: number }>(api, "/api/queues/approval?tab=todo");
    return count > 0 || undefined;
  };
  await whoHas(page, everyone({ role: "lead" }), find, () => "/approvals");
  await expect(page.getByRole("heading", { level: 1, name: "审批" })).toBeAttached();
  await sound();
});

test("the sample of a day opens", async ({ page, sound }) => {
  await signIn(page, someone({ role: "inspector", unit: "GD" }), "/checks");
  await expect(page.getByRole("heading", { level: 1, name: /抽检/ })).toBeVisible();
  await sound();
});

test("a check opens with its points", async ({ page, sound }) => {
  const find = async (api: APIRequestContext) => {
    for (let days = 0; days < 14; days += 1) {
      const { checks } = await read<{ checks: { id: string; number: string }[] }>(
        api,
        `/api/checks?day=${daysAgo(days)}`,
      );
      if (checks[0]) return checks[0];
    }
    return undefined;
  };
  const check = await whoHas(page, everyone({ role: "inspector" }), find, (check) => `/checks/${check.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(check.number));
  await sound();
});

for (const [board, name] of [
  ["backlog", "积压看板"],
  ["quality", "质量看板"],
] as const) {
  test(`the ${board} dashboard opens for a manager`, async ({ page, sound }) => {
    await signIn(page, someone({ role: "manager", unit: "GD" }), `/dashboards/${board}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeAttached();
    await expect(page.getByRole("main").getByRole("img").first()).toBeAttached();
    await sound();
  });
}

test("an address that leads nowhere says so and leads home", async ({ page, sound }) => {
  await signIn(page, someone({ post: "recheck", role: "clerk", unit: "GD" }), "/nowhere");
  await expect(page.getByText("没有这一页")).toBeVisible();
  await sound();
  await page.getByRole("main").getByRole("link", { name: "首页" }).click();
  await expect(page).toHaveURL(/\/queues\/recheck/);
});
