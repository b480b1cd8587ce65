import assert from 'node:assert/strict';
import { test } from 'node:test';

import { actBody, missingFields } from '../src/office/act_body';
import { attachmentsBody, filesAreComing, filesOf, textOfFiles, type FormFile } from '../src/shared/attachment_types';
import { spellSize } from '../src/shared/spell';

const kHere: FormFile = { upload: 'u-1', name: 'a.jpg', size: 9, class: 'handling', address: 'ab' };
const kComing: FormFile = { ...kHere, upload: 'u-2', address: null };

test('files of a draft come back as they were kept', () => {
  assert.deepEqual(filesOf({ attachments: textOfFiles([kHere, kComing]) }), [kHere, kComing]);
  assert.equal(textOfFiles([]), '');
  for (const attachments of [undefined, '', 'no list', '{}', 7]) assert.deepEqual(filesOf({ attachments }), []);
});

test('an act waits for what is coming, and names what is there', () => {
  const fields = { note: 'x', attachments: textOfFiles([kHere, kComing]) };
  assert.equal(filesAreComing(fields), true);
  assert.deepEqual(missingFields('note', fields, 'complaint'), ['attachments']);
  const sent = { note: 'x', attachments: textOfFiles([kHere]) };
  assert.deepEqual(missingFields('note', sent, 'complaint'), []);
  assert.deepEqual(actBody('note', sent, 'complaint'), { note: 'x', attachments: [{ address: 'ab', name: 'a.jpg', class: 'handling' }] });
  assert.deepEqual(attachmentsBody({ note: 'x' }), {});
});

test('the size of a photo is not nothing', () => {
  assert.equal(spellSize(300), '1 kB');
  assert.equal(spellSize(1024 * 500), '500 kB');
  assert.equal(spellSize(5 * 2 ** 20), '5 MB');
});
