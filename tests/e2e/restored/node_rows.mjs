// The office's half of PROTOCOL's table "What a restore comes to".
import assert from 'node:assert/strict';

import { Daemon, beside, eventually, must, Visitor } from '../support/program.mjs';
import { password } from '../support/city.mjs';
import { agree, alarmOf, assertNotes, note, noteInForce } from './both_ends.mjs';

async function lose(office, machine, backup, meanwhile = async () => {}) {
  await office.kill();
  machine.restore(backup);
  await meanwhile();
  await office.start();
}

/// Older, all was sent.
export async function older({ city, office, machine, id }) {
  await noteInForce(office, id, '备份之前');
  const backup = machine.backUp();
  await noteInForce(office, id, '备份之后');
  await lose(office, machine, backup);
  await assertNotes(city, office, id, ['备份之前', '备份之后']);
  await noteInForce(office, id, '恢复之后');
  await assertNotes(city, office, id, ['备份之前', '备份之后', '恢复之后']);
}

/// Older, with acts that were not sent when the backup was made: one of them went out afterwards, one never did.
export async function olderWithUnsent({ city, office, machine, id }) {
  office.link.set('refuse');
  await note(office, id, '未发送');
  const backup = machine.backUp();
  office.link.set('pass');
  office.nudge();
  await eventually('it goes out', async () => (await office.lastAct(id)).truth === 'in_force');
  await lose(office, machine, backup);
  await assertNotes(city, office, id, ['未发送']);

  office.link.set('refuse');
  await note(office, id, '一直未发送');
  const late = machine.backUp();
  await lose(office, machine, late, async () => office.link.set('pass'));
  await assertNotes(city, office, id, ['未发送', '一直未发送']);
}

/// Restored, and written to before it hears of the centre.
export async function writtenBeforeContact({ city, office, machine, id }) {
  office.link.set('refuse');
  await note(office, id, '备份中');
  const backup = machine.backUp();
  await lose(office, machine, backup);
  await note(office, id, '恢复后离线');
  assert.equal((await office.lastAct(id)).truth, 'saved');
  office.link.set('pass');
  await assertNotes(city, office, id, ['备份中', '恢复后离线']);
}

class Copy {
  constructor(dir) {
    this.dir = dir;
  }

  async start() {
    this.daemon = await new Daemon('fieldnode', ['serve', '--dir', this.dir, '--page', '127.0.0.1:0']).start();
    this.visitor = await new Visitor(this.daemon.ready.page).signIn('王芳', password);
    return this;
  }

  nudge() {
    void beside('fieldnode', ['sync', '--dir', this.dir]);
  }

  async timeline(id) {
    return (await this.visitor.get(`/api/assignments/${id}`)).assignment.timeline;
  }

  async lastAct(id) {
    return (await this.timeline(id)).filter((item) => item.list === 'act').at(-1);
  }
}

const alarmed = (copy, code) => eventually(`${code} is shown`, async () => {
  copy.nudge();
  return (await alarmOf(copy))?.code === code;
}, { everyMs: 300 });

/// Cloned: the second that sends is stopped; chosen, it sends its own, and the first is stopped.
export async function cloned({ city, office, machine, id }) {
  await office.stop();
  const copy = await new Copy(machine.copy()).start();
  await office.start();
  await noteInForce(office, id, '原件');
  await note(copy, id, '副本');
  await alarmed(copy, 'journal_fork');

  must('fieldnode', ['epoch', 'new', '--dir', copy.dir]);
  await assertNotes(city, copy, id, ['原件', '副本']);
  await note(office, id, '原件后来');
  await alarmed(office, 'journal_superseded');
  must('fieldnode', ['epoch', 'new', '--dir', office.dir]);
  await assertNotes(city, office, id, ['原件', '副本', '原件后来']);
  await copy.daemon.stop();
  await agree(city, office, id);
}

/// Its files were put back, and nobody told it: its next act stands where the centre holds another.
export async function putBackInSilence({ city, office, machine, id }) {
  await office.stop();
  const copy = machine.copy();
  await office.start();
  await noteInForce(office, id, '放回之前');
  await office.stop();
  machine.putBack(copy);
  await office.start();
  await note(office, id, '放回之后');
  await alarmed(office, 'journal_fork');
  must('fieldnode', ['epoch', 'new', '--dir', office.dir]);
  await assertNotes(city, office, id, ['放回之前', '放回之后']);
}
