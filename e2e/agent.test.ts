import { Company } from "./company.ts";
import { expect, test } from "./fixtures.ts";
import { expectAnswer, messageOf, openConversation, reply } from "./inbox.ts";
import { LeadPhone } from "./lead-phone.ts";
import { pt, say } from "./words.ts";
import { seeded } from "./world.ts";

const { agent } = pt;

test("what an admin changes in the playbook is a new version, and the agent speaks by it", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Jasmim");
  const admin = await company.hire("admin", "aline@jasmim.example");
  const page = await openAs(admin, { organizationId: company.organizationId, path: "/agent" });
  const name = page.getByLabel(agent.agentName, { exact: true });
  await name.fill("Iracema");
  await page.getByRole("button", { name: say(agent.saveAs, { version: "3" }) }).click();
  await expect(page.getByText(say(agent.savedVersion, { version: "3" }))).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Iracema");
  await page.getByRole("button", { name: agent.openHistory }).click();
  const history = page.getByRole("dialog", { name: agent.history });
  const versions = history.getByRole("listitem");
  await expect(versions.first()).toContainText(say(agent.versionNumber, { version: "3" }));
  await expect(versions.first()).toContainText(agent.inUse);

  const lead = await LeadPhone.make(world, "Xisto", company.instance);
  await lead.write("Oi, quem é?");
  await expectAnswer(lead);
  expect((await lead.heardTexts()).join(" ")).toContain("Iracema");
});

test("a viewer reads the playbook and changes nothing", async ({ openAs, world }) => {
  const viewer = seeded(world, "horizonte", "viewer");
  const page = await openAs(viewer, { organizationId: "org_horizonte", path: "/agent" });
  await expect(page.getByLabel(agent.companyName)).toHaveValue("Horizonte Sistemas");
  await expect(page.getByLabel(agent.companyName)).toBeDisabled();
  await expect(page.getByLabel(agent.agentName, { exact: true })).toBeDisabled();
  await expect(page.getByRole("switch", { name: agent.switchLabel })).toBeDisabled();
  await expect(page.getByRole("button", { name: agent.addAnswer })).toHaveCount(0);
});

test("the switch stops the agent at once, and switched on again it answers what was said meanwhile, once", async ({
  openAs,
  world,
}) => {
  const company = await Company.open(world, "Laranjeira");
  const page = await openAs(company.owner, { organizationId: company.organizationId, path: "/agent" });
  const power = page.getByRole("switch", { name: agent.switchLabel });
  await power.click();
  await expect(page.getByText(agent.stopped, { exact: true })).toBeVisible();

  const [ignored, helped] = await Promise.all([
    LeadPhone.make(world, "Yolanda", company.instance),
    LeadPhone.make(world, "Zenaide", company.instance),
  ]);
  await ignored.write("Oi, quanto custa?");
  await helped.write("Oi, tem alguém?");
  await page.getByRole("link", { name: pt.shell.places.inbox }).first().click();
  await expect(page.getByRole("link", { name: pt.agentStopped.open })).toBeVisible();
  await expect(page.getByRole("link").filter({ hasText: ignored.name })).toBeVisible();
  const thread = await openConversation(page, helped);
  await reply(page, helped, "Tem sim, uma pessoa.");
  await expect(messageOf(thread, "uma pessoa")).toContainText(pt.inbox.delivery.delivered);
  expect(await helped.heardTexts()).toEqual(["Tem sim, uma pessoa."]);
  expect(await ignored.heardTexts()).toEqual([]);

  await page.goto("/agent");
  await power.click();
  await expect(page.getByText(agent.answering, { exact: true })).toBeVisible();
  await expectAnswer(ignored);
  const introductions = (await ignored.heardTexts()).filter((text) => text.includes("assistente virtual"));
  expect(introductions).toHaveLength(1);
  expect(await helped.heardTexts()).toEqual(["Tem sim, uma pessoa."]);
});
