import { inTheNameOf, signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { OWN, read, type Row } from "../fixtures/work.ts";

const NUMBER = "L-2026-001";
const manager = someone({ role: "manager", unit: "HQ" });

test("a case of another system's log is read like any other and can be changed by nobody", async ({ page, sound }) => {
  await signIn(page, manager, `/queues/recheck?search=${NUMBER}`);
  await page.getByRole("grid").getByRole("link", { name: NUMBER }).click();
  await expect(page.getByRole("heading", { level: 1, name: NUMBER })).toBeVisible();
  await expect(page.getByRole("main").getByText(/old-system/).first()).toBeVisible();
  // Its steps, the newest first, with who did them and when.
  const steps = page.getByRole("list", { name: "轨迹" }).getByRole("listitem");
  await expect(steps).toHaveCount(3);
  await expect(steps.first()).toContainText("Sven");
  await expect(steps.last()).toContainText("Mia");
  await expect(page.getByRole("button", { name: /领取|移交|退回/ })).toHaveCount(0);
  await sound();
});

test("a note is all that is added to it", async ({ page }, { project }) => {
  await signIn(page, manager, `/queues/recheck?search=${NUMBER}`);
  await page.getByRole("grid").getByRole("link", { name: NUMBER }).click();
  const text = `原件在档案室（${project.name}）`;
  const add = page.getByRole("button", { name: "加备注" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("textbox", { name: "加备注" }).fill(text);
  await add.click();
  const note = page.getByRole("main").getByRole("listitem").filter({ hasText: text });
  await expect(note).toContainText(manager.name);
  await expect(page.getByRole("textbox", { name: "加备注" })).toHaveValue("");
});

test("the server refuses what the page does not offer", async () => {
  const answer = await inTheNameOf(manager, async (api) => {
    const { items } = await read<{ items: Row[] }>(api, `/api/queues/recheck?search=${NUMBER}`);
    const answer = await api.post(`/api/cases/${items[0]!.id}/commands`, {
      headers: { ...OWN, "Idempotency-Key": crypto.randomUUID(), "If-Match": `"${items[0]!.version}"` },
      data: { claim: {} },
    });
    return { status: () => answer.status(), headers: () => answer.headers() };
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect(answer.headers()["content-type"]).toContain("application/problem+json");
});
