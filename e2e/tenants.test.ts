import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { errorCode } from "../lib/errors.ts";
import { ClerkPerson } from "../local/seed/clerk-person.ts";
import { expect, test } from "./fixtures.ts";
import { pt } from "./words.ts";
import { seeded } from "./world.ts";

test("somebody in two organizations switches between them, and each shows its own people", async ({
  openAs,
  world,
}) => {
  const page = await openAs(seeded(world, "horizonte", "admin"), {
    organizationId: "org_horizonte",
    path: "/settings/people",
  });
  await expect(page.getByRole("row").filter({ hasText: "marina@horizonte.example" })).toBeVisible();
  await page.getByRole("button", { name: pt.shell.switchOrganization }).click();
  await page.getByRole("menuitemradio", { name: "Vértice Energia" }).click();
  await page.waitForURL("**/inbox");
  await expect(page.getByRole("button", { name: pt.shell.switchOrganization })).toContainText("Vértice Energia");
  await page.goto("/settings/people");
  await expect(page.getByRole("row").filter({ hasText: "helena@vertice.example" })).toBeVisible();
  await expect(page.getByText("marina@horizonte.example")).toHaveCount(0);
});

test("the second tenant sees nothing of the first", async ({ openAs, world }) => {
  const page = await openAs(seeded(world, "vertice", "owner"), { organizationId: "org_vertice" });
  for (const path of ["/inbox", "/agent", "/connections", "/settings/general", "/settings/people"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await expect(page.locator("body")).not.toContainText(
      /Horizonte Sistemas|Marina Azevedo|Camila Duarte|Tiago Freitas|(marina|camila|tiago)@/,
    );
  }
  await page.getByRole("button", { name: pt.shell.switchOrganization }).click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(1);
  await expect(page.getByRole("menuitemradio")).toContainText("Vértice Energia");
});

test("a token that asks for a foreign organization is worth nothing there", async ({ world }) => {
  const helena = await ClerkPerson.signIn(world.emulators.clerk, seeded(world, "vertice", "owner"));
  const convex = new ConvexHttpClient(world.convex, { logger: false });
  convex.setAuth(await helena.token("org_horizonte"));
  const refusal: unknown = await convex.query(api.organizations.members.list, {}).catch((error: unknown) => error);
  expect(errorCode(refusal)).toBe("no_organization");
});
