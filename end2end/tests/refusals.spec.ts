import { environment } from "../fixtures/environment.ts";
import { everyone, inTheNameOf, signIn, signInByForm, someone } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";
import { atWork, ended, OWN, QUEUES, type Row, rowsOf, short } from "../fixtures/work.ts";

test.describe("without a session", () => {
  // What a wrong password is answered.
  test.use({ provoked: [401] });

  test("a wrong password is said, and the number stays", async ({ page }) => {
    const person = someone({ post: "binding", role: "clerk", unit: "SC" });
    await page.goto("/");
    await signInByForm(page, person, "not-the-password");
    await expect(page.getByText("工号或密码不符")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "工号" })).toHaveValue(person.person);
    await expect(page.getByLabel("密码")).toHaveValue("");
    await expect(page.getByLabel("密码")).toBeFocused();
    await signInByForm(page, person);
    await expect(page).toHaveURL(/\/queues\/binding/);
  });

  test("an empty form says what is missing and asks nobody", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "登录" }).click();
    await expect(page.getByText("须填工号")).toBeVisible();
  });

  test("signing in leads to the address that was asked for", async ({ page }) => {
    await page.goto("/queues/recheck?sort=number");
    await signInByForm(page, someone({ post: "recheck", role: "clerk", unit: "JS" }));
    await expect(page.getByRole("heading", { level: 1, name: QUEUES.recheck })).toBeAttached();
    await expect(page).toHaveURL(/\/queues\/recheck\?sort=number/);
    await expect(page.getByRole("button", { name: "按件号" })).toBeVisible();
  });
});

test("the queue of another post is no page of this clerk", async ({ page }) => {
  const clerk = everyone({ post: "entry", role: "clerk", unit: "GD" }).find((one) => one.posts.length === 1)!;
  await signIn(page, clerk, "/queues/recheck");
  await expect(page.getByText("没有这一页")).toBeVisible();
  await expect(page.getByRole("grid")).toHaveCount(0);
});

test.describe("outside the units of the person", () => {
  test.use({ provoked: [404] });

  test("a case is not there", async ({ page }) => {
    const [foreign] = await inTheNameOf(someone({ post: "intake", role: "clerk", unit: "GD" }), (api) =>
      rowsOf(api, "intake"),
    );
    if (!foreign) throw new Error("no case waits at the counter of GD");
    const unit = "BJ";
    await signIn(page, someone({ post: "intake", role: "clerk", unit }), `/cases/${foreign.id}`);
    await expect(page.getByText("没有找到")).toBeVisible();
    await expect(page.getByText(short(foreign.number))).toHaveCount(0);
  });
});

test.describe("behind the times", () => {
  test.use({ provoked: [412] });

  test("whoever acts second is told who was first", async ({ page, browser }, { project }) => {
    // Without live notices the page knows what it was told last.
    await page.route("**/api/live*", () => {
      // Never answered.
    });
    // The first one is for the test of claiming.
    const last = (rows: Row[]) => rows.findLast((row) => row.status === "ready")!;
    const { person, rows } = await atWork(
      page,
      "intake",
      (rows, person) =>
        rows.filter((row) => row.status === "ready").length > 1 &&
        everyone({ post: "intake", unit: person.unit }).length > 1,
      { backwards: project.name === "tablet", at: (rows) => `/cases/${last(rows).id}` },
    );
    const row = last(rows);
    const [other] = everyone({ post: "intake", unit: person.unit }).filter((one) => one.person !== person.person);
    const claim = page.locator("main footer").getByRole("button", { name: "领取" });
    await expect(claim).toBeVisible();

    const elsewhere = await browser.newPage({ baseURL: environment.url });
    await signIn(elsewhere, other!);
    const act = async (version: number, command: object) => {
      const answer = await elsewhere.request.post(`/api/cases/${row.id}/commands`, {
        headers: { ...OWN, "Idempotency-Key": crypto.randomUUID(), "If-Match": `"${version}"` },
        data: command,
      });
      expect(answer.status(), await answer.text()).toBe(200);
    };
    await act(row.version, { claim: {} });

    await claim.click();
    await expect(page.getByRole("alert").filter({ hasText: other!.name })).toBeVisible();
    await expect(page.getByRole("main").getByText(`${other!.name} 持有`)).toBeVisible();
    await act(row.version + 1, { unclaim: {} });
    await elsewhere.close();
  });
});

test("an ended case takes notes and nothing else", async ({ page }, { project }) => {
  const unit = project.name === "tablet" ? "SD" : "JS";
  const clerk = someone({ post: "servicing", role: "clerk", unit });
  const { id } = await inTheNameOf(clerk, (api) => ended(api, unit));
  await signIn(page, clerk, `/cases/${id}`);
  const acts = page.locator("main footer").getByRole("button");
  await expect(acts).toHaveText([/备注/]);
  await acts.click();
  const dialog = page.getByRole("dialog", { name: "加备注" });
  await dialog.getByLabel("备注").fill("客户来电，已答复");
  await dialog.getByRole("button", { name: "加备注" }).click();
  await expect(page.getByText("已加备注")).toBeVisible();
  await expect(page.getByRole("main").getByText("客户来电，已答复").first()).toBeVisible();
});

test.describe("when the session ends under the work", () => {
  test.use({ provoked: [401] });

  test("one signs in on top of it, and nothing typed is lost", async ({ page }, { project }) => {
    const unit = project.name === "tablet" ? "BJ" : "ZJ";
    const person = someone({ post: "servicing", role: "clerk", unit });
    const { id } = await inTheNameOf(person, (api) => ended(api, unit));
    await signIn(page, person, `/cases/${id}`);
    await page.locator("main footer").getByRole("button", { name: "备注" }).click();
    const note = page.getByRole("dialog", { name: "加备注" });
    const said = `客户来电 ${crypto.randomUUID()}`;
    await note.getByLabel("备注").fill(said);
    const gone = await page.request.delete("/api/session", { headers: OWN });
    expect(gone.ok()).toBe(true);
    await note.getByRole("button", { name: "加备注" }).dispatchEvent("click");

    const again = page.getByRole("dialog", { name: "会话已结束" });
    await expect(again).toBeVisible();
    await expect(again.getByRole("textbox", { name: "工号" })).toHaveValue(person.person);
    await signInByForm(again, person);
    await expect(again).toBeHidden();
    // What was under way is sent with the new session.
    await expect(page.getByRole("status").filter({ hasText: "已加备注" })).toBeVisible();
    await expect(page.getByRole("main").getByText(said).first()).toBeVisible();
  });
});

test.describe("without a network", () => {
  test.use({ provoked: ["net::ERR_INTERNET_DISCONNECTED"] });

  test("the page says so, keeps what it shows and comes back", async ({ page, context }) => {
    await atWork(page, "intake", (rows) => rows.length > 0);
    const first = page.getByRole("grid").getByRole("link").first();
    await expect(first).toBeVisible();
    const number = (await first.textContent())!;

    await context.setOffline(true);
    await expect(page.getByText(/^离线，正在用/)).toBeVisible();
    await expect(first).toHaveText(number);
    await page.getByRole("tab", { name: /我的/ }).click();
    await page.getByRole("tab", { name: /待办/ }).click();
    await expect(first).toHaveText(number);

    await context.setOffline(false);
    await expect(page.getByText(/^离线，正在用/)).toBeHidden();
    await page.getByRole("tab", { name: /我的/ }).click();
    await expect(page.getByRole("tab", { name: /我的/ })).toHaveAttribute("aria-selected", "true");
    expect(await rowsOf(page, "intake")).not.toEqual([]);
  });
});
