import { signal } from '@preact/signals';

import zh from '../../messages/zh-CN.json';
import type centralZh from '../../messages/central.zh-CN.json';
import type { Sentence } from './api_types';

/** What the page says, in the language that the reader chose. */
export type Language = 'zh' | 'en';
/** Words of all pages, common or one page's own. */
export type MessageKey = keyof typeof zh | keyof typeof centralZh;
export type Params = Record<string, string | number>;

const kStorageKey = 'fieldnode.language';
const kMessages: Record<Language, Record<string, string>> = { zh, en: {} };
/** The English words of a page; few readers want them, so the first load is without. */
const kEnglish = '/en.json';

export const language = signal<Language>('zh');

/** Words of the page's own, which come before the common ones: another page need not load them. */
export function addWords(of: Language, own: Record<string, string>): void {
  kMessages[of] = { ...kMessages[of], ...own };
}

/** Takes up the language chosen earlier on this PC; Chinese where none was, or where the English words do not come. */
export async function restoreLanguage(): Promise<void> {
  try {
    if (localStorage.getItem(kStorageKey) === 'en' && (await hasEnglish())) language.value = 'en';
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  showLanguage();
}

/** The language stays as it is where the English words do not come. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  if (chosen === 'en' && !(await hasEnglish())) return;
  language.value = chosen;
  try {
    localStorage.setItem(kStorageKey, chosen);
  } catch {
    // The choice holds for this page at least.
  }
  showLanguage();
}

async function hasEnglish(): Promise<boolean> {
  if (Object.keys(kMessages.en).length > 0) return true;
  try {
    const answer = await fetch(kEnglish, { credentials: 'same-origin' });
    if (answer.ok) addWords('en', (await answer.json()) as Record<string, string>);
    return answer.ok;
  } catch {
    return false; // the server is away, or something else answers in its place
  }
}

let titleMark = '';

/** What stands before the title of the page, such as a count of what presses. */
export function markTitle(mark: string): void {
  titleMark = mark;
  showLanguage();
}

function showLanguage(): void {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
  document.title = titleMark + t('app.title');
}

/** The message, with `{name}` replaced by the parameter of that name. */
export function t(key: MessageKey, params: Params = {}): string {
  return fill(kMessages[language.value][key] ?? key, params);
}

/** The name of a word of a closed vocabulary; a word of a newer version shows as it stands. */
export function nameOf(vocabulary: string, word: string): string {
  return kMessages[language.value][`${vocabulary}.${word}`] ?? word;
}

/** True if this version has a name for the word. */
export function hasName(vocabulary: string, word: string): boolean {
  return `${vocabulary}.${word}` in kMessages.zh;
}

/** A sentence of the server; the few that come in one language only are shown as they are. */
export function say(sentence: Sentence | string): string {
  if (typeof sentence === 'string') return sentence;
  return language.value === 'zh' ? sentence.zh || sentence.en : sentence.en || sentence.zh;
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
