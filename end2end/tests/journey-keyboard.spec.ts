import { test } from "../fixtures/colleagues.ts";
import { keyboard } from "../fixtures/hand.ts";
import { LONG, bring } from "../fixtures/route.ts";

test("five people bring a case from the counter to its release without a mouse", async ({ colleague }) => {
  test.setTimeout(LONG);
  await bring(colleague, keyboard);
});
