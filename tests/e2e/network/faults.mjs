// Every way in which a network can fail, a row each: how it is begun, how it ends, what the office's page says meanwhile.
//   begin(place)   the fault is on; returns how it ends. `place`: {city, office, link, between, portals, dice}
//   fails          {codes, says} of what the status tells; nothing: work goes through all the same
//   meets(place)   how often the fault has been met; without it the page's word shows that it was
//   meanwhile      what else must hold while it lasts; `place` with the act that waits
//   again          it takes a second act to be met
import assert from 'node:assert/strict';

import { passOn } from '../support/go_between.mjs';
import { eventually } from '../support/program.mjs';

const retried = { codes: ['connection_lost'], says: ['tried again'] };
const silent = { codes: ['timeout'], says: ['a new one is tried'] };
const portal = ['login page', 'sign in there', 'ask who runs the network'];

function linkIn(mode) {
  return {
    begin: ({ link }) => {
      link.set(mode);
      return () => link.set('pass');
    },
    meets: ({ link }) => link.counters.met[mode],
  };
}

function answeredBy(kind) {
  return {
    begin: ({ link, between, portals }) => {
      link.leadTo(portals.ports[kind]);
      return () => link.leadTo(between.port);
    },
    meets: ({ portals }) => portals.met[kind],
  };
}

/// `treat(errand, place, count)`: what happens to each request.
function treated(treat) {
  let met = 0;
  return {
    begin: (place) => {
      place.between.treat = (errand) => treat(errand, place, met++);
      return () => {
        place.between.treat = passOn;
        place.link.cutAll();
      };
    },
    meets: () => met,
  };
}

const answered = (status, headers = {}, body = '<html>proxy</html>') =>
  treated((errand) => errand.answer({ status, headers: { 'content-type': 'text/html', ...headers }, body }));

const proxySays = (status, says, headers) => ({
  name: `a proxy answers ${status}`,
  ...answered(status, headers),
  fails: { codes: ['http_error'], says: [`${status}`, ...says] },
});

/// What the office was told to wait is kept, whatever its own pace says.
async function assertWaits({ office }) {
  const { link } = await office.visitor.get('/api/status');
  assert.ok(link.next_attempt_in_ms > 30_000, `told to wait 60 s, the next attempt is in ${link.next_attempt_in_ms} ms`);
}

const busy = (status) => ({ ...proxySays(status, ['busy', 'asked again by itself'], { 'retry-after': '60' }), meanwhile: assertWaits });

/// One request waits until a later one has passed, and only then comes to the centre.
function overtaken() {
  let late = null;
  return treated(async (errand) => {
    if (late === null) {
      late = errand;
      errand.cut();
      return;
    }
    await passOn(errand);
    if (late === 'sent') return;
    const { body } = late;
    late = 'sent';
    await errand.askAlone(body);
  });
}

const oldReply = (name) => ({
  name,
  ...treated((errand, { between, dice }) => errand.answer(dice.pick(between.history).reply)),
  fails: { codes: ['reply_not_ours'], says: ['thrown away', 'in the centre\'s place'] },
});

const oldRequests = (name) => ({
  name,
  ...treated(async (errand, { between, dice }) => {
    for (let n = 0; n < 5; n += 1) await errand.askAlone(dice.pick(between.history).body);
    await passOn(errand);
  }),
});

export const quickFaults = [
  { name: 'nobody listens',
    begin: async ({ link }) => { await link.unplug(); return () => link.listen(); },
    fails: { codes: ['unreachable'], says: ['check cable'] } },
  { name: 'connections are reset at once', ...linkIn('refuse'), fails: retried },
  { name: 'reset in mid-request', ...linkIn('cut-request') },
  { name: 'cut in mid-reply',
    ...treated(async (errand) => { const reply = await errand.ask(); await errand.answerCut(reply, reply.body.length >> 1); }),
    fails: retried },
  { name: 'a login page without TLS on the port', ...answeredBy('plain'), fails: { codes: ['tls_failed'], says: ['check', 'sync port'] } },
  { name: 'a login page with its own certificate', ...answeredBy('foreign'), fails: { codes: ['wrong_ca'], says: ['ask its operator'] } },
  { name: 'a rogue authority that signs the right name', ...answeredBy('rogue'), fails: { codes: ['wrong_ca'], says: ['listening in'] } },
  { name: 'an expired certificate of the centre', ...answeredBy('expired'), fails: { codes: ['certificate_dates'], says: ['expired', 'ask its operator'] } },
  { name: 'the certificate of another server', ...answeredBy('elsewhere'), fails: { codes: ['wrong_host'], says: ['check the address'] } },
  { name: 'a page of HTML, rightly certified', ...answered(200), fails: { codes: ['bad_content_type'], says: portal } },
  { name: 'a redirect to a login', ...answered(302, { location: 'https://login.example/' }), fails: { codes: ['redirected'], says: portal } },
  proxySays(401, ['another login', 'ask who runs the network']),
  proxySays(407, ['another login', 'ask who runs the network']),
  proxySays(404, ['check that this is the address']),
  proxySays(413, ['this size', 'ask who runs the network']),
  busy(429),
  busy(503),
  proxySays(500, ['asked again by itself', 'operator']),
  proxySays(502, ['asked again by itself', 'operator']),
  { name: 'the reply is lost',
    ...treated(async (errand) => { await errand.ask(); errand.cut(); }),
    meanwhile: ({ city, act }) => eventually('the centre holds the act all the same', async () =>
      (await city.timeline(act.assignment)).some((item) => item.list === 'act' && `${item.epoch}:${item.seq}` === act.key)),
    fails: retried },
  oldReply('an old reply comes again'),
  { name: 'each request comes twice', ...treated(async (errand) => { await errand.ask(); await passOn(errand); }) },
  oldRequests('old requests come again'),
  { name: 'a request is overtaken by the next', ...overtaken(), again: true },
];

/// What was recorded before the centre's clock went on by hours.
export const laterFaults = [oldReply('a reply of hours ago comes again'), oldRequests('requests of hours ago come again')];

/// Nobody is told of these: the silence has to last until it is noticed. Each has an office of its own.
export const silentFaults = [
  { name: 'a black hole', ...linkIn('black-hole'), fails: silent },
  { name: 'replies come when nobody waits any more', ...linkIn('delay'), fails: silent },
  { name: 'a centre that takes requests and never answers', ...treated(() => {}), fails: silent },
  { name: 'connections forgotten on the way, half open', ...linkIn('forget') },
  { name: 'a reply of 100 bytes a second',
    ...treated(async (errand) => {
      const reply = await errand.ask();
      errand.response.writeHead(reply.status, { 'content-type': reply.headers['content-type'], 'content-length': reply.body.length });
      for (let at = 0; at < reply.body.length; at += 25) {
        errand.response.write(reply.body.subarray(at, at + 25));
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      errand.response.end();
    }) },
];
