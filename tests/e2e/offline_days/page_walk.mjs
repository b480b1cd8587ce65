// A clerk looks at the office's page while its clock is dead, and again when everything is delivered.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Desk } from '../page/desk.mjs';

const password = '浏览器里的长密码';

/// What each clock that still counts says, in the list or on the assignment in sight.
async function countdowns(desk) {
  const chips = desk.page.locator('[data-testid=clock-chip]:is([data-tone=over], [data-tone=today], [data-tone=calm]) .chip-left');
  return chips.allTextContents();
}

export class PageWalk {
  #signedInBefore = false;
  problems = [];

  constructor(withBrowser, shots) {
    Object.assign(this, { withBrowser, shots });
  }

  async #visit(days, name, look) {
    await days.clocks.apart(() =>
      this.withBrowser(async (context) => {
        const desk = await Desk.open(context, days.office.daemon.ready.page, { shots: this.shots, problems: this.problems });
        await this.#signIn(desk, days.office);
        await desk.shoot(`days-${name}`);
        await look(desk);
      }),
    );
  }

  async #signIn(desk, office) {
    if (!this.#signedInBefore) await desk.signIn('李静', office.secondLogin, password);
    else await desk.signInAgain('李静', password);
    this.#signedInBefore = true;
  }

  /// `check` reads what stands about the clocks of each.
  async #shootEach(desk, days, name, orders, check = () => {}) {
    for (const order of orders) {
      await desk.openAssignment(days.idOf(order));
      await desk.shoot(`days-${name}-${order}`);
      check(await desk.page.locator('.clocks').innerText());
    }
  }

  async #shootWarnings(desk, name) {
    await desk.id('warnings-open').click();
    await desk.id('warning-group').first().waitFor();
    await desk.shoot(`days-${name}-warnings`);
    await desk.id('warnings-close').click();
  }

  /// The real-time clock stands at 1970: only what is left at most is known.
  whileTheClockIsDead(days) {
    return this.#visit(days, 'dead-clock', async (desk) => {
      await desk.tells('band-clock', 'floor');
      await desk.tells('band-link', 'offline');
      const words = await countdowns(desk);
      assert.ok(words.length >= 8, `${words.length} clocks in sight`);
      for (const said of words) assert.match(said, /^(至多剩|至少超) /, 'no clock here knows more');
      const noDay = (said) => assert.doesNotMatch(said, /今天|明天|昨天/, 'nobody here knows which day it is');
      await this.#shootEach(desk, days, 'dead-clock', ['drain', 'fence', 'market', 'school'], noDay);
      await this.#shootWarnings(desk, 'dead-clock');
    });
  }

  afterwards(days) {
    return this.#visit(days, 'delivered', async (desk) => {
      await desk.tells('band-clock', 'anchored');
      await desk.tells('band-link', 'online');
      for (const said of await countdowns(desk)) assert.match(said, /^(剩|超) /);
      await this.#shootEach(desk, days, 'delivered', ['fence', 'market', 'heating']);
    });
  }
}

/// Nothing where there is no browser; `tell` is given the reason.
export async function openPageWalk(root, tell) {
  const shots = process.env.FIELDNODE_SHOTS ?? path.join(os.tmpdir(), 'fieldnode-shots');
  mkdirSync(shots, { recursive: true });
  if (!existsSync(path.join(root, 'ui-web/node_modules/playwright-core'))) return tell('no look at the page: playwright-core is not installed');
  const { browserProgram, withBrowser } = await import('../../../ui-web/test/browser/browser.mjs');
  return browserProgram() ? new PageWalk(withBrowser, shots) : tell('no look at the page: no chromium here');
}
