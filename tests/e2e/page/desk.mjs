// A clerk's hands and eyes at the office's page.
import path from 'node:path';

/// Keeps, in the page itself, every truth that was ever shown of an act, however short.
function keepWhatIsShown() {
  window.shownTruths = {};
  const look = () => {
    for (const item of document.querySelectorAll('[data-testid=timeline-item][data-list=act]')) {
      const truth = item.querySelector('[data-truth]')?.dataset.truth;
      const shown = (window.shownTruths[item.dataset.seq] ??= []);
      if (truth && shown[shown.length - 1] !== truth) shown.push(truth);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}

export class Desk {
  /// `problems` gathers what a page may never do.
  constructor(page, { shots, problems }) {
    Object.assign(this, { page, shots, problems });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => /Content Security Policy/.test(message.text()) && problems.push(message.text()));
  }

  static async open(context, url, options) {
    const desk = new Desk(await context.newPage(), options);
    await desk.page.addInitScript(keepWhatIsShown);
    await desk.page.goto(url);
    return desk;
  }

  id(name) {
    return this.page.getByTestId(name);
  }

  async #enter(name, password) {
    await this.id('login-name').fill(name);
    await this.id('login-password').fill(password);
    await this.id('login-submit').click();
  }

  async signIn(name, oneTime, password) {
    await this.#enter(name, oneTime);
    await this.id('new-password').fill(password);
    await this.id('new-password-again').fill(password);
    await this.id('new-password-submit').click();
    await this.id('assignment-row').first().waitFor();
  }

  /// With the password that `signIn` has set.
  async signInAgain(name, password) {
    await this.#enter(name, password);
    await this.id('assignment-row').first().waitFor();
  }

  async openAssignment(id) {
    await this.page.locator(`[data-testid=assignment-row][data-id="${id}"]`).click();
    await this.page.locator(`[data-testid=assignment][data-id="${id}"]`).waitFor();
  }

  /// Waits until the newest act of `kind` is shown as `truth`. Returns its line.
  async shows(kind, truth, timeout = 60_000) {
    const line = this.page.locator(`[data-testid=timeline-item][data-kind=${kind}]`).filter({ has: this.page.locator(`[data-truth=${truth}]`) });
    await line.first().waitFor({ timeout });
    return line.first();
  }

  /// Waits for a fact of the band, as `band-link` and `offline`.
  async tells(fact, state) {
    await this.page.locator(`[data-testid=${fact}][data-state=${state}]`).waitFor({ timeout: 60_000 });
  }

  async acknowledge() {
    await this.id('action-acknowledgement').click();
  }

  async contact() {
    await this.id('action-contact').click();
    await this.id('option-channel-telephone').check();
    await this.id('option-outcome-reached').check();
    await this.id('field-spoke_with').fill('本人');
    await this.id('field-note').fill('已电话说明处理安排');
    await this.id('form-submit').click();
  }

  async fillResolution(answer) {
    await this.id('action-resolution').click();
    await this.id('option-verified-yes').check();
    await this.id('option-solved-yes').check();
    await this.id('field-note').fill('现场修复路灯');
    await this.id('field-public_answer').fill(answer);
  }

  submit() {
    return this.id('form-submit').click();
  }

  /// Every truth that this page ever showed of the act with number `seq`, since it was last loaded.
  shownOf(seq) {
    return this.page.evaluate((of) => window.shownTruths[of] ?? [], seq);
  }

  async shoot(name) {
    await this.page.waitForTimeout(250);
    await this.page.screenshot({ path: path.join(this.shots, `e2e-${name}.png`) });
  }
}
