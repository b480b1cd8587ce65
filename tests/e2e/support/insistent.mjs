// A page that does not give up: what was lost with a killed program is sent again, under the same id, until it is answered.
const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

export const isLost = (error) => lost.includes(error.code);

export class Insistent {
  #visitor;
  #outlasts;
  #hasGivenUp = false;
  /// Requests that may have been taken in while their answer never came.
  lostAnswers = 0;
  /// Answers that said no for a while.
  putOff = 0;

  /// `outlasts`: codes of refusals that are no last word, such as that of a full disk.
  constructor(visitor, outlasts = []) {
    this.#visitor = visitor;
    this.#outlasts = outlasts;
  }

  giveUp() {
    this.#hasGivenUp = true;
  }

  async post(url, form) {
    while (!this.#hasGivenUp) {
      const answer = await this.#try(url, form);
      if (answer && !this.#outlasts.includes(answer.body?.error?.code)) return answer;
      if (answer) this.putOff += 1;
      await new Promise((resolve) => setTimeout(resolve, answer ? 50 : 5));
    }
    throw new Error(`${url}: nobody asks any more`);
  }

  async #try(url, form) {
    try {
      return await this.#visitor.post(url, form);
    } catch (error) {
      if (!isLost(error)) throw error;
      if (error.code !== 'ECONNREFUSED') this.lostAnswers += 1;
      return null;
    }
  }
}
