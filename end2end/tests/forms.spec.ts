import type { Locator, Page } from "@playwright/test";

import { signIn, signInByForm, someone } from "../fixtures/people.ts";
import { compared, handedOver, resident } from "../fixtures/standing.ts";
import { expect, test } from "../fixtures/test.ts";

// What people type, as they type it: with the keys of a keyboard, or of a reader that is one.

/** Signs in as a clerk of a branch of one's own and lands on the queue. */
async function enter(page: Page, post: string, unit: string): Promise<void> {
  await page.goto("/");
  await signInByForm(page, someone({ post, role: "clerk", unit }));
  await expect(page).toHaveURL(/\/queues\//);
}

/** Opens an empty registration. */
async function register(page: Page): Promise<void> {
  await enter(page, "intake", "SD");
  await page.getByRole("link", { name: "登记新件" }).or(page.getByRole("button", { name: "登记新件" })).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "登记新件" })).toBeVisible();
}

/** The text field of that name which is on screen: the pane of the policy is a drawer where there is no room. */
async function field(page: Page, name: string): Promise<Locator> {
  const wanted = page.getByRole("textbox", { name, exact: true }).locator("visible=true").first();
  if ((await wanted.count()) === 0) await page.getByRole("button", { name: "保单要素" }).click();
  return wanted;
}

test("pages are counted paper by paper, with Enter or Tab between", async ({ page, browser }, { project }) => {
  const unit = project.name === "tablet" ? "SC" : "GD";
  const papers = [
    ["application", 12],
    ["applicant_id", 3],
    ["contract", 104],
  ] as const;
  const standing = await handedOver(browser, unit, ["AM"], papers);
  await page.goto("/");
  await signInByForm(page, standing.crew.entry.person);
  await page.getByRole("link", { name: /交接/ }).first().click();
  const short = standing.number.replace(/^[^-]+-\d\d/, "");
  const row = page.getByRole("row").filter({ has: page.locator(`a[href="/cases/${standing.id}"]`) });
  // The newest slip from Intake may hold other cases too.
  await expect(page.getByRole("complementary").getByRole("link").first()).toBeVisible();
  for (const slip of await page.getByRole("complementary").getByRole("link").all()) {
    await slip.click();
    await expect(page.getByRole("table")).toBeVisible();
    if ((await row.count()) > 0) break;
  }
  await page.getByRole("textbox", { name: "扫码或件号" }).click();
  await page.keyboard.type(short);
  await page.keyboard.press("Enter");
  const boxes = page.getByRole("row").getByRole("list").getByRole("textbox");
  await expect(boxes).toHaveCount(papers.length);
  await expect(boxes.nth(0)).toBeFocused();
  await page.keyboard.type("12", { delay: 60 });
  await expect(boxes.nth(0)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(boxes.nth(1)).toBeFocused();
  await page.keyboard.type("３");
  await page.keyboard.press("Tab");
  await page.keyboard.type("104", { delay: 60 });
  await expect(boxes.nth(2)).toBeFocused();
  for (const [at, pages] of ["12", "３", "104"].entries()) await expect(boxes.nth(at)).toHaveValue(pages);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "扫码或件号" })).toBeFocused();
  await page.getByRole("button", { name: "签收 1 件" }).click();
  await expect(row).toContainText("一致");
});

test("a reader fills the field that has focus, and tells nobody what it read", async ({ page }) => {
  await register(page);
  const number = resident("310101", "19850615", "011");
  const box = page.getByRole("textbox", { name: "申请人证件号码" });
  await box.click();
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  await expect(box).toHaveValue(number);
  await expect(page.getByText("校验位符，1985-06-15 生，男")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: /没有/ })).toHaveCount(0);
  // Where no field has focus it is taken for a scan, and what was scanned is not repeated.
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  await expect(page.getByText("扫到的码没有对应的件")).toBeVisible();
  await expect(page.getByText(number)).toHaveCount(0);
  await expect(page).toHaveURL(/\/cases\/new$/);
});

test("an amount is replaced after Tab, and a comma that groups nothing is refused", async ({ page }) => {
  await register(page);
  const premium = await field(page, "期交保费");
  await premium.click();
  await page.keyboard.type("12480");
  await page.keyboard.press("Tab");
  await expect(premium).toHaveValue("12,480.00");
  await page.keyboard.press("Shift+Tab");
  await expect(premium).toBeFocused();
  await page.keyboard.type("99");
  await expect(premium).toHaveValue("99");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("1,2480");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert").filter({ hasText: "逗号须三位一节，如 12,480" })).toBeVisible();
});

test.describe("what the server refuses", () => {
  test.use({ provoked: [422] });

  test("every gap is named with a way to it, and a refusal stands at its field", async ({ page }) => {
    await register(page);
    const open = page.getByRole("region", { name: "待填" }).or(page.locator("section:has(> h2:text('待填'))"));
    await page.getByRole("button", { name: "登记", exact: true }).click();
    const policy = await field(page, "保单号");
    await expect(policy).toBeFocused();
    const rows = open.locator("visible=true").first().getByRole("listitem");
    if ((await rows.count()) > 0) {
      await rows.getByRole("button", { name: "申请人手机" }).click();
    } else {
      await page.getByRole("textbox", { name: "申请人手机" }).click();
    }
    await expect(page.getByRole("textbox", { name: "申请人手机" })).toBeFocused();
    await page.keyboard.type("+86 138-1234-123");
    await page.keyboard.press("Tab");
    await expect(page.getByText("手机号须 11 位，现为 10 位").locator("visible=true").first()).toBeVisible();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("End");
    await page.keyboard.type("4");
    await expect(page.getByText(/手机号须/)).toHaveCount(0);

    const fill = async (name: string, text: string) => {
      await (await field(page, name)).click();
      await page.keyboard.press("Control+a");
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    };
    await fill("保单号", "３１００-9876 5432");
    await fill("投保人", "顾文娟");
    await fill("被保险人", "沈嘉树");
    await page.getByRole("combobox", { name: "险种" }).locator("visible=true").selectOption("颐年年金保险");
    await expect(page.getByRole("combobox", { name: "类别" }).locator("visible=true")).toBeDisabled();
    await fill("生效日", "2019-06-12");
    if (await page.getByRole("dialog").isVisible()) await page.keyboard.press("Escape");
    await fill("申请人", "顾文娟");
    await fill("申请日期", "0101");
    // The clock of the counter, an hour ahead: only the server knows.
    await fill("收到时刻", "２３：５９");
    await page.getByRole("combobox", { name: "加变更项目" }).click();
    await page.keyboard.type("AM");
    await page.keyboard.press("Enter");
    for (const material of ["保全变更申请书", "申请人身份证件"]) await fill(`${material} 页数`, "2");
    for (const box of await page.getByRole("checkbox", { name: /^知悉/ }).locator("visible=true").all()) await box.check();
    await page.getByRole("button", { name: "登记", exact: true }).click();
    const time = page.getByRole("textbox", { name: "收到时刻" });
    await expect(page.getByText("不能晚于现在").first()).toBeVisible();
    await expect(time).toBeFocused();
    await expect(time).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText("须填写")).toHaveCount(0);
  });
});

test("the comparison shows its four columns, each beneficiary on a row", async ({ page, browser }) => {
  const standing = await compared(browser, "ZJ", (fields) => {
    fields.beneficiaries.beneficiaries.named[1]!.share_ppm = 200_000;
    fields.beneficiaries.beneficiaries.named[2]!.share_ppm = 300_000;
  });
  await signIn(page, standing.crew.recheck.person, `/cases/${standing.id}`);
  const table = page.getByRole("table", { name: "三方比对" });
  await expect(table.getByRole("row")).toHaveCount(5);
  await expect(table.getByText("系统差异")).toHaveCount(2);
  for (const width of [1440, 1366]) {
    await page.setViewportSize({ width, height: 900 });
    const spill = await table.evaluate((table) => {
      const cells = Array.from(table.querySelectorAll("th, td"));
      const edge = table.getBoundingClientRect().right + 1;
      return cells.filter((cell) => cell.getBoundingClientRect().right > edge || cell.scrollWidth > cell.clientWidth + 1)
        .length;
    });
    expect(spill, `cells cut or out of the table at ${width}`).toBe(0);
    const inView = await table.evaluate((table) => table.getBoundingClientRect().right <= window.innerWidth);
    expect(inView).toBe(true);
  }
});
