import { application } from "../fixtures/application.ts";
import { expect, test } from "../fixtures/colleagues.ts";
import { claim, enter, handOver, receive, recheck, register, release, service } from "../fixtures/route.ts";

// Five people, some ninety acts.
test.setTimeout(240_000);

test("five people bring a case from the counter to its release", async ({ colleague }) => {
  const paper = application();
  const reference = `PS${paper.policy.slice(-6)}`;
  const intake = await colleague("intake");
  const address = await register(intake, paper);
  await handOver(intake, "录入");

  const entry = await colleague("entry");
  await receive(entry, address, paper);
  await claim(entry, address);
  await enter(entry, paper);
  await handOver(entry, "保全");

  const servicing = await colleague("servicing");
  await receive(servicing, address, paper);
  await claim(servicing, address);
  await service(servicing, paper, reference);
  await handOver(servicing, "复核");

  const rechecker = await colleague("recheck");
  await receive(rechecker, address, paper);
  await claim(rechecker, address);
  await recheck(rechecker, paper, reference);
  await handOver(rechecker, "装订");

  const binding = await colleague("binding");
  await receive(binding, address, paper);
  await claim(binding, address);
  await release(binding, paper);

  // Whoever registered it sees that it is done, and personal values only masked.
  await intake.goto(address);
  await expect(intake.getByRole("main").getByText("已下发", { exact: true })).toBeVisible();
  await expect(intake.getByText(paper.mobile)).toHaveCount(0);
});
