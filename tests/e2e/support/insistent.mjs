// A page that does not give up: what was lost with a killed program is sent again, under the same id, until it is answered.
const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

export const isLost = (error) => lost.includes(error.code);

export class Insistent {
  #visitor;
  /// Requests that may have been taken in while their answer never came.
  lostAnswers = 0;

  constructor(visitor) {
    this.#visitor = visitor;
  }

  async post(url, form) {
    for (;;) {
      try {
        return await this.#visitor.post(url, form);
      } catch (error) {
        if (!isLost(error)) throw error;
        if (error.code !== 'ECONNREFUSED') this.lostAnswers += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}
