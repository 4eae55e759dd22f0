import { defineConfig, devices } from "@playwright/test";

import { environment } from "./fixtures/environment.ts";

// Chromium as tests need it: no sandbox (CI runs as root), and no calls of its own to hosts we did not ask for.
const launchOptions = {
  executablePath: environment.chromium,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "tests",
  outputDir: "../target/end2end/results",
  // A failure is a failure: what passes at the second try is not understood yet.
  retries: 0,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: environment.report }]],
  use: {
    baseURL: environment.url,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions,
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
    },
    {
      name: "tablet",
      // The department's tablets, in landscape: touch, no mouse and no keyboard. What is about keys, windows and a line
      // that is cut is the same at either size.
      testIgnore: /keyboard|forms|twice|windows|stopped|unreached/,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true },
    },
  ],
});
