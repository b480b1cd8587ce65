import type { Fields } from './form_model';

/** What an attachment shows: who is meant by it, or what it proves. */
export const kAttachmentClasses = ['handling', 'contact', 'identity'] as const;
export type AttachmentClass = (typeof kAttachmentClasses)[number];

/** A file as an entry names it. */
export interface Attachment {
  address: string;
  name: string;
  size: number;
  class: string;
}

/** The same with how much of it has come. */
export interface AttachmentState extends Attachment {
  held: number;
  here: boolean;
}

export interface AttachmentList {
  items: AttachmentState[];
  /** True after a take-back or a return: the files are shown no more. */
  hidden: boolean;
}

/** A file in a form: on its way to the server, or there and then with its address. */
export interface FormFile {
  upload: string;
  name: string;
  size: number;
  class: AttachmentClass;
  address: string | null;
}

/** The field of a form's draft that holds its files, as a text. */
export const kFilesField = 'attachments';

/** Nothing for what is no list: an older version's, or somebody else's text. */
export function filesOf(fields: Fields): FormFile[] {
  const text = fields[kFilesField];
  if (typeof text !== 'string' || text === '') return [];
  try {
    const files = JSON.parse(text) as unknown;
    return Array.isArray(files) ? (files as FormFile[]) : [];
  } catch {
    return [];
  }
}

export function textOfFiles(files: FormFile[]): string {
  return files.length === 0 ? '' : JSON.stringify(files);
}

/** True while a file of the form has not come whole: the act must wait for it. */
export function filesAreComing(fields: Fields): boolean {
  return filesOf(fields).some((file) => file.address === null);
}

/** What is sent of them. */
export function attachmentsBody(fields: Fields): Fields {
  const files = filesOf(fields);
  if (files.length === 0) return {};
  return { attachments: files.map(({ address, name, class: kind }) => ({ address, name, class: kind })) };
}
