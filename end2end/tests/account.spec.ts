import type { Page } from "@playwright/test";

import { code, type Newcomer, newcomer, typeIn } from "../fixtures/newcomer.ts";
import { signIn, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const OWN = "seven blue cups on a shelf";

/** Changes the first password by keyboard: the first field has focus. */
async function choose(page: Page, { password }: Newcomer, own = OWN): Promise<void> {
  await expect(page.getByRole("heading", { name: "改掉初始密码" })).toBeVisible();
  await expect(page.getByLabel("现密码")).toBeFocused();
  for (const text of [password, own, own]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
}

/** Signs out by the person's menu, or where a narrow page has it. */
async function leave(page: Page): Promise<void> {
  await page.getByRole("button", { name: /本人|更多/ }).filter({ visible: true }).last().click();
  await page.getByRole("menuitem", { name: "退出" }).click();
  await expect(page.getByRole("textbox", { name: "工号" })).toBeVisible();
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole("button", { name: /本人|更多/ }).filter({ visible: true }).last().click();
  await page.getByRole("menuitem", { name: "账号与安全" }).click();
  await expect(page.getByRole("heading", { name: "二次验证" })).toBeVisible();
}

test.describe("a first password", () => {
  // A common password is refused with 422; the sign-in with the spent one with 401.
  test.use({ provoked: [401, 422] });

  test("opens nothing but its own change", async ({ page, sound }) => {
    const person = newcomer("clerk", "--post", "entry");
    await page.goto("/");
    await typeIn(page, person);
    await expect(page.getByRole("heading", { name: "改掉初始密码" })).toBeVisible();
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await sound();
    await choose(page, person, "zhangwei1988");
    await expect(page.getByText("太常见，容易被猜中")).toBeVisible();
    await expect(page.getByLabel("新密码", { exact: true })).toBeFocused();
    await page.keyboard.type(OWN);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+a");
    await page.keyboard.type(`${OWN}?`);
    await page.keyboard.press("Enter");
    await expect(page.getByText("两次不一样")).toBeVisible();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(OWN);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/queues\/entry/);
    await leave(page);
    await typeIn(page, person);
    await expect(page.getByText("工号或密码不符")).toBeVisible();
    await page.getByLabel("密码").focus();
    await page.keyboard.type(OWN);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/queues\/entry/);
  });
});

test.describe("a second factor", () => {
  // A wrong code is answered 422.
  test.use({ provoked: [422] });

  test("is set up on the page and asked for from then on", async ({ page, sound }) => {
    const person = newcomer("clerk", "--post", "entry");
    await page.goto("/");
    await typeIn(page, person);
    await choose(page, person);
    await expect(page).toHaveURL(/\/queues\/entry/);
    await openAccount(page);
    await sound();
    await page.getByRole("button", { name: "启用" }).click();
    const dialog = page.getByRole("dialog", { name: "启用二次验证" });
    await dialog.getByLabel("现密码").click();
    await page.keyboard.type(OWN);
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("img", { name: "二维码" })).toBeVisible();
    const key = (await dialog.locator(".key").innerText()).replaceAll(" ", "");
    await dialog.getByLabel("验证码").click();
    await page.keyboard.type("12345");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("验证码不符或已用过")).toBeVisible();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(code(key));
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("listitem")).toHaveCount(10);
    const spare = await dialog.getByRole("listitem").first().innerText();
    await dialog.getByRole("button", { name: "已收好" }).click();
    await expect(page.getByText("恢复码剩 10 个")).toBeVisible();
    await leave(page);

    await typeIn(page, { ...person, password: OWN });
    await expect(page.getByRole("heading", { name: "输验证码" })).toBeVisible();
    await expect(page.getByLabel("验证码")).toBeFocused();
    await sound();
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await expect(page.getByText("验证码不符或已用过")).toBeVisible();
    await page.keyboard.press("Control+a");
    // The code of the moment was used up by setting it up.
    await page.keyboard.type(code(key, 1));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/(queues\/entry|account)/);
    await leave(page);

    await typeIn(page, { ...person, password: OWN });
    await expect(page.getByLabel("验证码")).toBeFocused();
    await page.keyboard.type(spare);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("navigation").first()).toBeVisible();
  });

  test("is set up before anything else where the role asks for one", async ({ page, sound }) => {
    const person = newcomer("security_admin");
    await page.goto("/");
    await typeIn(page, person);
    await choose(page, person);
    await expect(page.getByRole("heading", { name: "启用二次验证" })).toBeVisible();
    await sound();
    const key = (await page.locator(".key").innerText()).replaceAll(" ", "");
    await page.getByLabel("验证码").click();
    await page.keyboard.type(code(key));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("listitem")).toHaveCount(10);
    await sound();
    await page.getByRole("button", { name: "已收好" }).click();
    await openAccount(page);
    await expect(page.getByText("本角色必须启用")).toBeVisible();
    await expect(page.getByRole("button", { name: "停用" })).toHaveCount(0);
  });
});

test.describe("sessions", () => {
  // What the ended one is answered.
  test.use({ provoked: [401] });

  test("are ended from elsewhere, at once, and what was typed stays", async ({ page, browser, contextOptions, baseURL }) => {
    const person = newcomer("clerk", "--post", "entry");
    await page.goto("/");
    await typeIn(page, person);
    await choose(page, person);
    await expect(page).toHaveURL(/\/queues\/entry/);
    const context = await browser.newContext({ ...contextOptions, ...(baseURL ? { baseURL } : {}) });
    const elsewhere = await context.newPage();
    await elsewhere.goto("/");
    await typeIn(elsewhere, { ...person, password: OWN });
    await expect(elsewhere).toHaveURL(/\/queues\/entry/);
    await openAccount(page);
    const table = page.getByRole("table");
    await expect(table.getByRole("row")).toHaveCount(3);
    await expect(table.getByText("本机")).toHaveCount(1);
    await table.getByRole("button", { name: /^结束/ }).click();
    await expect(page.getByText("已结束", { exact: true })).toBeVisible();
    await expect(table.getByRole("row")).toHaveCount(2);
    await expect(elsewhere.getByRole("dialog", { name: "会话已结束" })).toBeVisible();
    await context.close();
  });

  test("one's own password change leaves the page as it is", async ({ page }) => {
    const person = newcomer("clerk", "--post", "entry");
    await page.goto("/");
    await typeIn(page, person);
    await choose(page, person);
    await expect(page).toHaveURL(/\/queues\/entry/);
    await openAccount(page);
    await page.getByLabel("现密码").click();
    for (const text of [OWN, `${OWN} too`, `${OWN} too`]) {
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await expect(page.getByText("密码已改，其他登录已结束")).toBeVisible();
    await expect(page.getByLabel("现密码")).toHaveValue("");
    // The stream of the token before ends; the page goes on with the new one.
    await expect(page.getByRole("banner").getByText("数据截至")).toBeVisible();
    await expect(page.getByRole("banner").getByText("延迟")).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test.describe("the audit record", () => {
  // A refused sign-in.
  test.use({ provoked: [401] });

  test("is read by its administrator, by kind and person", async ({ page, sound }) => {
    const person = newcomer("clerk", "--post", "entry");
    await page.goto("/");
    await typeIn(page, { ...person, password: "not-the-password" });
    await expect(page.getByText("工号或密码不符")).toBeVisible();
    await signIn(page, someone({ role: "audit_admin" }));
    await page.goto("/");
    await expect(page).toHaveURL(/\/audit/);
    const rows = page.getByRole("table").getByRole("row");
    await page.getByRole("textbox", { name: "工号" }).click();
    await page.keyboard.type(person.number.toLowerCase());
    await page.keyboard.press("Enter");
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toContainText("登录被拒");
    await expect(rows.nth(2)).toContainText("命令行");
    await page.getByRole("combobox", { name: "类别" }).selectOption({ label: "登录被拒" });
    await expect(rows).toHaveCount(2);
    await sound();
  });
});

test("an exact search is asked for on purpose", async ({ page }) => {
  await signIn(page, someone({ post: "servicing", role: "clerk", unit: "SH" }));
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "命令面板" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("13800000000");
  const exactly = page.getByRole("option", { name: /精确查找/ });
  await expect(exactly).toBeVisible();
  await exactly.click();
  await expect(page.getByText("没有这个证件号、电话或账号的件")).toBeVisible();
});
