// The centre's policies and calendars as its page meets them: a calendar that names 28 September changes a day that is
// past, everything else moves three assignments.
import { FixtureCentre } from './central_server.mjs';
import { instant, kStart } from './fixture_data.mjs';
import { error } from './fixture_desk.mjs';

const kBook = {
  policy: { version: 'measures-v1', limits: { acknowledge: '2h', contact: '3wd', return: '1wd', resolve: '5wd', resolve_consultation: '3wd' }, drift_ppm: 1000 },
  calendar: { notices: ['2025/2024-11-12', '2026/2025-11-04'], first_day: '2018-01-01', last_day: '2027-12-31', provisional_from: '2026-12-21' },
};

export class RulesCentre extends FixtureCentre {
  constructor() {
    super();
    this.published = [];
    this.proposals = [];
  }

  answer(door, url, body) {
    if (door === 'GET /api/rules') return { status: 200, body: this.rules() };
    if (door === 'POST /api/rules/preview') return this.preview(body);
    if (door === 'POST /api/rules') return this.publish(body);
    if (url.pathname.startsWith('/api/rules/proposals/')) return this.rule(url.pathname.split('/')[4], body);
    return super.answer(door, url, body);
  }

  rules() {
    const units = this.units.map(({ id, code, name }) => ({ unit: { id, code, name }, told: true, applied: null }));
    return { in_force: kBook, published: this.published, proposals: this.proposals, units };
  }

  preview({ kind, document }) {
    const text = parse(document);
    if (!text?.version) return error(422, 'bad_policy', '政策文件有一处不正确，未作任何更改。', 'The text: version must be given.');
    const needsSecond = document.includes('2026-09-28');
    const [unit] = this.units;
    const moved = { assignment: '71', unit: unit.id, case_number: 'SF202609280017', title: '水质发黄', clock: 'contact' };
    const [before, after] = [instant(kStart + 86_400_000), instant(kStart - 86_400_000)];
    return {
      status: 200,
      body: {
        kind, version: text.version, published: false, first_changed_day: needsSecond ? '2026-09-28' : null,
        needs_second: needsSecond, open: 921, earlier: 3, later: 0, overdue: 1,
        units: [{ unit, earlier: 3, later: 0, overdue: 1 }], moved: [{ ...moved, before, after, overdue: true }],
      },
    };
  }

  publish({ kind, document }) {
    const { version } = parse(document);
    const { id, name } = this.staff;
    const text = { kind, version, document };
    if (!document.includes('2026-09-28')) {
      const record = { ...text, number: this.published.length + 1, staff: { id, name }, second: null, published_at: instant(kStart) };
      this.published.push(record);
      return { status: 201, body: { published: record, proposal: null } };
    }
    const proposal = { ...text, id: String(this.proposals.length + 1), staff: { id, name }, proposed_at: instant(kStart) };
    this.proposals.push(proposal);
    return { status: 202, body: { published: null, proposal } };
  }

  rule(id, { confirmed }) {
    const proposal = this.proposals.find((one) => one.id === id);
    this.proposals = this.proposals.filter((one) => one !== proposal);
    if (confirmed) this.published.push({ ...proposal, number: this.published.length + 1, second: this.staff, published_at: instant(kStart) });
    return { status: 200, body: { proposal } };
  }
}

function parse(document) {
  try {
    return JSON.parse(document);
  } catch {
    return null;
  }
}
