// Who lives here: the page "Exact Online" as a person uses it, in a real Chromium, and the pages of
// the simulator between. It keeps everything that the hub ever answered, for whoever looks for
// secrets in it.

import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';

export const CLIENT = { id: 'c0ffee00-5ca9-4d0c-8a11-0e8ac7051e57', secret: 'scandockDemo1' };

export class ConnectPage {
  readonly page: Page;
  readonly #hub: string;
  /** Addresses, headers and bodies of the hub's answers. */
  readonly heard: string[] = [];
  readonly #hearing: Promise<unknown>[] = [];

  private constructor(page: Page, hub: string) {
    this.page = page;
    this.#hub = hub;
    page.on('response', (answer) => {
      if (!answer.url().startsWith(hub)) return;
      const { location } = answer.headers();
      this.heard.push(answer.url(), location ?? '', JSON.stringify(answer.headers()));
      const body = answer.body().then(
        (bytes) => this.heard.push(bytes.toString('utf8')),
        // A redirect has no body.
        () => undefined,
      );
      this.#hearing.push(body);
    });
  }

  static async open(browser: Browser, hub: string): Promise<ConnectPage> {
    const context = await browser.newContext();
    const connect = new ConnectPage(await context.newPage(), hub);
    await connect.goto();
    return connect;
  }

  /** Everything that came from the hub so far. */
  async everything(): Promise<string> {
    await Promise.all(this.#hearing);
    return this.heard.join('\n');
  }

  async goto(query = ''): Promise<void> {
    await this.page.goto(`${this.#hub}/admin/exact${query}`);
  }

  async says(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first()).toBeVisible();
  }

  async problemIs(problem: string): Promise<void> {
    await expect(this.page.locator(`[data-problem="${problem}"]`)).toBeVisible();
  }

  /** Country, client id and secret, and what the page says then. */
  async typeApp(secret = CLIENT.secret): Promise<void> {
    const { page } = this;
    await page.getByLabel('Country').selectOption('simulator');
    await page.getByLabel('Client id').fill(CLIENT.id);
    await page.getByLabel('Client secret').fill(secret);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('link', { name: /^Log in at Exact/ })).toBeVisible();
  }

  /** To Exact's page that asks for permission. */
  async toConsent(): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: /^Log in at Exact/ }).click();
    const user = page.getByLabel('User name');
    await expect(user.or(page.getByRole('button', { name: 'Give access' }))).toBeVisible();
    if (!(await user.isVisible())) return;
    await user.fill('demo@scandock.test');
    await page.getByLabel('Password').fill('demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Give access' })).toBeVisible();
  }

  /** Through Exact's pages and back; gives access to these companies. */
  async login(companies: readonly number[]): Promise<void> {
    const { page } = this;
    await this.toConsent();
    for (const box of await page.locator('input[name=division]').all()) {
      await box.setChecked(companies.includes(Number(await box.getAttribute('value'))));
    }
    await page.getByRole('button', { name: 'Give access' }).click();
    await page.waitForURL('**/admin/exact');
  }

  /** Gives access, and stops before the page that Exact then sends to: as if it did not open. */
  async leftOnTheWay(): Promise<string> {
    const { page } = this;
    const sent = { to: '' };
    await this.toConsent();
    await page.route('**/api/oauth2/auth', async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      sent.to = answer.headers()['location'] ?? '';
      await route.fulfill({ status: 200, body: 'No such site' });
    });
    await page.getByRole('button', { name: 'Give access' }).click();
    await expect(page.getByText('No such site')).toBeVisible();
    await page.unroute('**/api/oauth2/auth');
    return sent.to;
  }

  async choose(code: number): Promise<void> {
    await this.page.locator(`input[name=division][value="${code}"]`).check();
    await this.page.getByRole('button', { name: 'Use this division' }).click();
  }
}
