// Open cases as another system exports them, for seeding an office by way of `fieldnode-central import`.
import fs from 'node:fs';

import { Chance } from './chance.mjs';
import { madeText } from './made_text.mjs';
import { madeAssignment } from './made_work.mjs';

export const unitCode = 'D0001';

/// The mapping that `writeCases` goes with.
export const mapping = `source = "made"
timezone = "CST-8"
time_formats = ["%Y-%m-%dT%H:%M"]
required = ["title", "category", "kind", "unit"]
[columns]
external_id = "id"
opened_at = "opened"
title = "title"
text = "text"
[category]
column = "category"
values = { A1 = "A1", A2 = "A2", A3 = "A3", A4 = "A4", A5 = "A5" }
[kind]
column = "kind"
values = { help = "help", complaint = "complaint", report = "report", opinion = "opinion" }
[unit]
column = "unit"
unlisted = "reject"
names = { ${unitCode} = "滨河街道办事处" }
[place]
street = "address"
[contact]
name = "name"
phone = "phone"
`;

const header = 'id,opened,title,text,category,kind,unit,address,name,phone';

const line = (one) =>
  [one.no, one.issued_at.slice(0, 16), one.title, one.text, one.category, one.kind, unitCode, one.contact.address,
    one.contact.name, one.contact.phone].join(',');

/// `assignments`: an iterable of made ones.
export function writeCases(file, assignments) {
  const out = fs.openSync(file, 'w');
  let part = [header];
  const flush = () => {
    fs.writeSync(out, `${part.join('\n')}\n`);
    part = [];
  };
  for (const one of assignments) {
    part.push(line(one));
    if (part.length === 2000) flush();
  }
  if (part.length > 0) flush();
  fs.closeSync(out);
}

/// `count` assignments. Long texts come from a pool: making a million of them anew would take longer than seeding.
export function* madeAssignments(count) {
  const chance = new Chance(0xb01c);
  const texts = Array.from({ length: 2000 }, () => madeText(chance, 270 + chance.below(61)));
  const models = Array.from({ length: 2000 }, (_, i) => madeAssignment(chance, 1, i, chance.below(6000)));
  for (let i = 0; i < count; i += 1) {
    const model = models[chance.below(models.length)];
    const title = models[chance.below(models.length)].title;
    yield { ...model, no: `GD${String(i + 1).padStart(9, '0')}`, title, text: texts[chance.below(texts.length)] };
  }
}

/// `count` assignments of which no two say the same: words from a pool would pack, in a long batch, to their number in it.
export function* distinctAssignments(count) {
  const chance = new Chance(0xd15c);
  for (let i = 0; i < count; i += 1) yield madeAssignment(chance, 1, i + 1, chance.below(6000));
}
