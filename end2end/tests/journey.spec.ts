import { test } from "../fixtures/colleagues.ts";
import { pointer } from "../fixtures/hand.ts";
import { LONG, bring } from "../fixtures/route.ts";

test.describe.configure({ timeout: LONG });

test("five people bring a case from the counter to its release", async ({ colleague }) => {
  await bring(colleague, pointer);
});
