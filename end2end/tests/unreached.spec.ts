import type { Page } from "@playwright/test";

import { inTheNameOf, signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, ended, read } from "../fixtures/work.ts";

/** The server is gone for this window: nothing is answered, until the function given back is called. */
async function cut(page: Page, address: RegExp = /\/api\//): Promise<() => Promise<void>> {
  const gone = (route: { abort: (why: string) => Promise<void> }) => route.abort("connectionrefused");
  await page.route(address, gone);
  return () => page.unroute(address, gone);
}

/** Waits until leaving the page would not ask first: all that was typed is in the browser's storage. */
async function nothingToLose(page: Page): Promise<void> {
  const leaves = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  await expect.poll(() => page.evaluate(leaves)).toBe(true);
}

test.describe("while the server is not reached", () => {
  test.use({ provoked: ["net::ERR_CONNECTION_REFUSED"] });

  test("what failed to load shows no zero, and comes by itself when the server is back", async ({ page }) => {
    const clerk = someone({ post: "servicing", role: "clerk", unit: "SD" });
    await signIn(page, clerk);
    await expect(page.getByRole("grid").getByRole("link").first()).toBeVisible();
    const back = await cut(page);
    await page.getByRole("navigation").getByRole("link", { name: /^交接/ }).click();
    const heading = page.getByRole("heading", { level: 2, name: /^待签收/ });
    await expect(heading).toHaveText(/—/);
    await expect(page.getByText("没有待签收的清单")).toHaveCount(0);
    await expect(page.getByText(/^离线，正在用/)).toBeVisible();
    await back();
    await expect(page.getByText(/^离线，正在用/)).toBeHidden();
    const { incoming } = await read<{ incoming: object[] }>(page, "/api/slips");
    await expect(heading).toHaveText(new RegExp(`${incoming.length}$`));
  });

  test("a list that could not be read is read when the server is back", async ({ page }) => {
    const back = await cut(page, /\/api\/queues/);
    await signIn(page, someone({ post: "servicing", role: "clerk", unit: "SD" }), "/queues/servicing");
    await expect(page.getByRole("button", { name: "重试" })).toBeVisible();
    await expect(page.getByRole("main").getByText("共 — 件")).toBeVisible();
    await expect(page.getByRole("button", { name: /^逾期/ })).toHaveText(/—/);
    await expect(page.getByRole("navigation").getByRole("link", { name: /^待办/ })).toHaveText(/—/);
    await back();
    await expect(page.getByRole("grid").getByRole("link").first()).toBeVisible();
    await expect(page.getByRole("main").getByText(/^共 \d/)).toBeVisible();
  });

  test("what was typed stays, and is sent when the server is back", async ({ page }) => {
    const clerk = someone({ post: "servicing", role: "clerk", unit: "GD" });
    const { id } = await inTheNameOf(clerk, (api) => ended(api, "GD"));
    await signIn(page, clerk, `/cases/${id}`);
    await page.locator("main footer").getByRole("button", { name: "备注" }).click();
    const note = page.getByRole("dialog", { name: "加备注" });
    const said = `断线时录的 ${crypto.randomUUID()}`;
    await expect(note.getByLabel("备注")).toBeFocused();
    await page.keyboard.insertText(said);
    const back = await cut(page);
    await note.getByRole("button", { name: "加备注" }).click();
    await expect(note.getByLabel("备注")).toHaveValue(said);
    await back();
    // It goes by itself: the same command with the same key.
    await expect(page.getByRole("status").filter({ hasText: "已加备注" })).toBeVisible();
    await expect(page.getByRole("main").getByText(said)).toHaveCount(1);
  });

  test("what was typed outlives a reload without the server", async ({ page }) => {
    const clerk = someone({ post: "intake", role: "clerk", unit: "ZJ" });
    await signIn(page, clerk, "/cases/new");
    const holder = page.getByRole("textbox", { name: "投保人", exact: true });
    const back = await cut(page);
    await holder.focus();
    await page.keyboard.type("typed offline", { delay: 60 });
    await nothingToLose(page);
    await page.reload();
    await expect(page.getByRole("button", { name: "重试" })).toBeVisible();
    await back();
    // The first question is asked again by itself, too.
    await expect(holder).toHaveValue("typed offline");
    await page.getByRole("button", { name: "丢弃草稿" }).click();
  });
});

test("search says when there is more than it shows", async ({ page }) => {
  await atWork(page, "intake", (rows) => rows.length > 8);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "命令面板" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("3100", { delay: 60 });
  await expect(palette.getByText(/只列最新 8 件，另有 \d+ 件/)).toBeVisible();
});
