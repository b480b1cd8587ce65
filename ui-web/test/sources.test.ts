import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import centralEn from '../messages/central.en.json';
import centralZh from '../messages/central.zh-CN.json';
import en from '../messages/en.json';
import zh from '../messages/zh-CN.json';

/** The common words, and those of one page that come before them. */
const kFiles: [string, Record<string, string>, Record<string, string>][] = [
  ['common', zh, en],
  ['central', centralZh, centralEn],
];
const kAllWords: Record<string, string> = { ...zh, ...centralZh };

/** Run from ui-web: the sources themselves are read. */
function sourcesUnder(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap<[string, string]>((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesUnder(name);
    return /\.(tsx?|css|html)$/.test(name) ? [[name, readFileSync(name, 'utf8')]] : [];
  });
}

const kSources = sourcesUnder('src');

/** Not there in Chromium 86, or a clock that an office's PC may have wrong. */
const kBanned: [RegExp, string][] = [
  [/\bDate\.now\b|new Date\(\)/, "the PC's clock is never asked"],
  [/\.at\(-/, 'Array.at came with 92'],
  [/Object\.hasOwn\b/, 'came with 93'],
  [/\bstructuredClone\b/, 'came with 98'],
  [/\brandomUUID\(/, 'came with 92'],
  [/AbortSignal\.(timeout|any)/, 'came with 103'],
  [/\.findLast/, 'came with 97'],
  [/:(is|where|has)\(|@layer|@container|\binset:|aspect-ratio:|accent-color:|\binert\b/, 'CSS after 86'],
  [/style="|style='|https?:\/\//, 'nothing inline, nothing from elsewhere'],
];

test('nothing that Chromium 86 lacks, and no clock of the PC', () => {
  assert.ok(kSources.length > 30, 'the sources were found');
  for (const [name, text] of kSources) {
    for (const [pattern, why] of kBanned) assert.doesNotMatch(text, pattern, `${name}: ${why}`);
  }
});

test('both languages have the same messages with the same parameters', () => {
  const parameters = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [name, chinese, english] of kFiles) {
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort(), name);
    for (const [key, text] of Object.entries(chinese)) {
      // Chinese dates need no parameter less than English ones: each uses what it is given.
      assert.deepEqual(new Set(parameters(text)), new Set(parameters(english[key] ?? '')), key);
    }
  }
});

function codeOf(folders: RegExp): string {
  return kSources.filter(([name]) => folders.test(name)).map(([, text]) => text).join('\n');
}

test('every message is used, and every key that is used is there', () => {
  const pages: [Record<string, string>, RegExp][] = [[zh, /./], [centralZh, /central|shared/]];
  for (const [messages, folders] of pages) {
    const code = codeOf(folders);
    const vocabularies = new Set([...code.matchAll(/(?:nameOf|hasName)\('(\w+)'|vocabulary(?:=|: )["'](\w+)["']/g)].map((found) => found[1] ?? found[2]));
    for (const vocabulary of code.matchAll(/: '(\w+)',$|\? '(\w+)' : kVocabularies/gm)) vocabularies.add(vocabulary[1] ?? vocabulary[2] ?? '');
    for (const key of Object.keys(messages)) {
      const used = code.includes(`'${key}'`) || code.includes(`"${key}"`) || vocabularies.has(key.split('.')[0] ?? '');
      assert.ok(used || key.endsWith('_hint'), `${key} is used nowhere`);
    }
  }
  for (const found of codeOf(/office/).matchAll(/\bt\('([\w.]+)'/g)) assert.ok((found[1] ?? '') in zh, `${found[1]} has no text`);
  for (const found of codeOf(/./).matchAll(/\bt\('([\w.]+)'/g)) assert.ok((found[1] ?? '') in kAllWords, `${found[1]} has no text`);
});

test('a word of one page that is also a common one says something else', () => {
  for (const [key, text] of Object.entries(centralZh)) assert.notEqual((zh as Record<string, string>)[key], text, key);
});

test('every word that the API may say has a name', () => {
  const words: Record<string, string[]> = {
    truth: ['unsaved', 'saved', 'delivered', 'in_force', 'refused', 'awaiting_ruling'],
    clock: ['acknowledge', 'contact', 'return', 'resolve'],
    clock_state: ['running', 'paused', 'met', 'ended', 'void'],
    stage: ['undispatched', 'open', 'contacted', 'resolved', 'unconfirmed', 'closed', 'returned', 'taken_back', 'redone'],
    standing: ['no_effect', 'conflict', 'void', 'stands', 'set_aside', 'adopted', 'repeated', 'withdrawn'],
    clock_class: ['anchored', 'carried', 'floor', 'central'],
    waiting: ['extension_application', 'special_application', 'return_application', 'unreachable', 'conflict'],
    case_state: ['new', 'incomplete', 'dispatched', 'closed', 'refused', 'merged'],
    similar_why: ['telephone', 'place', 'words'],
    node_state: ['none', 'enrolled', 'revoked'],
    role: ['clerk', 'supervisor', 'system', 'data', 'auditor', 'operator'],
  };
  for (const [vocabulary, names] of Object.entries(words)) {
    for (const name of names) assert.ok(`${vocabulary}.${name}` in kAllWords, `${vocabulary}.${name}`);
  }
});
