// W as small as its content allows before compression: numbers as varints, an assignment of which both ends know by its
// number at the office, an act's id by the order, an instant by its distance to the one before.
import { asJson } from './made_work.mjs';

class Packer {
  #bytes = [];

  number(value) {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) | 128);
    this.#bytes.push(rest);
    return this;
  }

  /// Small whatever its sign.
  distance(value) {
    return this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value) {
    const bytes = Buffer.from(value, 'utf8');
    this.number(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  finish() {
    return Buffer.from(this.#bytes);
  }
}

const types = ['ack', 'note', 'resolve', 'extend'];
const minutes = (text) => Math.round(Date.parse(text) / 60_000);

/// What the office says.
export function packedActs(acts) {
  const packer = new Packer();
  let before = minutes(acts[0].at);
  for (const act of acts) {
    packer.number(types.indexOf(act.type)).number(act.index).number(Number(act.by.slice(-3)));
    packer.distance(minutes(act.at) - before);
    before = minutes(act.at);
    if (act.channel) packer.text(act.channel);
    if (act.result) packer.text(act.result).number(act.satisfied ? 1 : 0);
    if (act.until) packer.distance(minutes(act.until) - before);
    if (act.text) packer.text(act.text);
  }
  return packer.finish();
}

/// What the centre says. The clocks of an assignment follow from its category and are not sent.
export function packedNews(fresh, decisions) {
  const packer = new Packer();
  let before = minutes(fresh[0].issued_at);
  for (const one of fresh) {
    packer.number(Number(one.no.slice(-7))).text(one.title).text(one.text);
    packer.text(one.contact.name).number(Number(one.contact.phone)).text(one.contact.address).number(one.contact.secret ? 1 : 0);
    packer.text(one.category).text(one.kind).text(one.source).number(one.priority).number(Number(one.region));
    for (const degrees of one.geo) packer.number(Math.round(degrees * 1e6));
    packer.distance(minutes(one.issued_at) - before).number(minutes(one.due) - minutes(one.issued_at));
    before = minutes(one.issued_at);
  }
  for (const one of decisions) {
    packer.number(one.index).number(Number(one.by.slice(1))).distance(minutes(one.at) - before);
    packer.number(one.approved ? 1 : 0).distance(minutes(one.due) - minutes(one.at)).text(one.text);
    before = minutes(one.at);
  }
  return packer.finish();
}

export const jsonSizes = (work) => ({
  up: Buffer.byteLength(asJson(work.acts)),
  down: Buffer.byteLength(asJson(work.fresh)) + Buffer.byteLength(asJson(work.decisions)),
});
