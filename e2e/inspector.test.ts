import { expectClean } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { readAdminKey } from "./world.ts";

test.describe("the engine's inspector", () => {
  test("opens with the key alone, shows documents live and by their ids, and can be used without a mouse", async ({
    openAsStranger,
    world,
  }) => {
    const page = await openAsStranger(`${world.convex}/_inspector`);
    await expectClean(page);
    await page.getByLabel("Admin key").fill("not the key");
    await page.getByRole("button", { name: "Open" }).click();
    await expect(page.getByRole("alert")).toHaveText("The engine does not know this key.");
    await page.getByLabel("Admin key").fill(readAdminKey());
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status", { name: "Connection" })).toContainText("Connected");

    await expect(page.getByRole("searchbox", { name: "Filter tables" })).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.type("members");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const documents = page.getByRole("table", { name: "Documents of members" });
    await expect(documents).toContainText("camila@horizonte.example");

    await documents.getByRole("link").first().focus();
    await page.keyboard.press("Enter");
    const opened = page.getByRole("complementary", { name: "Document" });
    await expect(opened).toContainText("clerkUserId");
    await expectClean(page);
    await opened
      .getByRole("definition")
      .filter({ hasText: /^\w{31,37}$/ })
      .getByRole("link")
      .first()
      .click();
    await expect(opened.getByRole("heading")).toHaveText("organizations");
    await page.keyboard.press("Escape");
    await expect(opened).toBeHidden();
  });

  test("keeps the key of the printed address out of the address, and shows what functions did", async ({
    openAsStranger,
    world,
  }) => {
    const page = await openAsStranger(`${world.convex}/_inspector#key=${encodeURIComponent(readAdminKey())}`);
    await expect(page.getByRole("status", { name: "Connection" })).toContainText("Connected");
    expect(page.url()).not.toContain("key");
    await page.keyboard.press("2");
    await expect(page.getByRole("row").filter({ hasText: /p50/ })).toBeVisible();
    for (const section of ["Schedule", "Logs", "Live"]) {
      await page.getByRole("link", { name: section, exact: true }).click();
      await expect(page.getByRole("heading", { level: 2 })).toHaveText(section);
      await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
    }
    await expectClean(page);
    await page.getByRole("button", { name: "Lock" }).click();
    await expect(page.getByLabel("Admin key")).toBeVisible();
  });
});
