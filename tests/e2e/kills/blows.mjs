// SIGKILL at moments that the dice choose: one end, the other, both at once, and again while one is starting.

const pauseMost = 1000;
const startMost = 45;  // about as long as a start takes

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Blows {
  #daemons;
  #dice;
  counts = { office: 0, centre: 0, both: 0, starting: 0 };

  constructor({ city, office, dice }) {
    this.#daemons = { office: office.daemon, centre: city.centre };
    this.#dice = dice;
  }

  get kills() {
    return this.counts.office + this.counts.centre;
  }

  async strike() {
    await pause(this.#dice.below(pauseMost));
    const fate = this.#dice.below(5);
    const victims = fate === 0 ? ['office', 'centre'] : [fate < 3 ? 'office' : 'centre'];
    if (fate === 0) this.counts.both += 1;
    await Promise.all(victims.map((name) => this.#fell(name)));
  }

  async #fell(name) {
    await this.#kill(name);
    while (this.#dice.oneIn(5)) {
      const started = this.#daemons[name].start().catch(() => {});  // it may have come up just before the blow
      await pause(this.#dice.below(startMost));
      await this.#kill(name);
      await started;
      this.counts.starting += 1;
    }
    await this.#daemons[name].start();
  }

  async #kill(name) {
    await this.#daemons[name].kill();
    this.counts[name] += 1;
  }
}
