import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Api } from './api';
import type { TimelineItem } from './api_types';
import type { Attachment, AttachmentList, AttachmentState } from './attachment_types';
import { Icon } from './icon';
import { spellSize } from './spell';
import { nameOf, t } from './words';

/** How much has come of the files that the entries of one assignment or case name. */
export interface FileStates {
  base: string;
  hidden: boolean;
  of: Map<string, AttachmentState>;
}

/** Read anew whenever `seen` is another one: what is looked at was told to have changed. Not asked where nothing is named. */
export function useFileStates(api: Api, base: string, seen: unknown, isNamed: boolean): FileStates {
  const list = useSignal<AttachmentList>({ items: [], hidden: false });
  useEffect(() => {
    let overtaken = false;
    if (isNamed) {
      void api.getInBackground<AttachmentList>(`${base}/attachments`).then((answer) => {
        if (answer.ok && !overtaken) list.value = answer.value;
      });
    }
    return () => {
      overtaken = true;
    };
  }, [base, seen, isNamed]);
  return { base, hidden: list.value.hidden, of: new Map(list.value.items.map((item) => [item.address, item])) };
}

export function namesFiles(items: TimelineItem[]): boolean {
  return items.some((item) => (item.attachments ?? []).length > 0);
}

/** The files of one entry, each with what of it is here. */
export function AttachedFiles({ files, states }: { files: Attachment[]; states: FileStates }) {
  if (files.length === 0) return null;
  return (
    <ul class="attached" aria-label={t('attach.label')}>
      {files.map((file) => (
        <AttachedFile key={file.address} file={file} state={states.of.get(file.address)} states={states} />
      ))}
    </ul>
  );
}

function AttachedFile({ file, state, states }: { file: Attachment; state: AttachmentState | undefined; states: FileStates }) {
  const open = state?.here === true && !states.hidden;
  return (
    <li data-testid="attached" data-here={String(state?.here === true)}>
      <Icon name="file" />
      {open ? (
        <a href={`${states.base}/attachments/${file.address}`} download={file.name} data-testid="attached-link">
          {file.name}
        </a>
      ) : (
        <span class="attach-name">{file.name}</span>
      )}
      <span class="attach-size">{spellSize(file.size)}</span>
      <span class="attach-class">{nameOf('attachment_class', file.class)}</span>
      <span class="attach-state">{spellState(state, states.hidden)}</span>
    </li>
  );
}

function spellState(state: AttachmentState | undefined, hidden: boolean): string {
  if (hidden) return t('attach.hidden');
  if (!state) return '';
  if (state.here) return t('attach.here');
  if (state.held === 0) return t('attach.not_here');
  return t('attach.coming', { percent: Math.floor((state.held * 100) / Math.max(1, state.size)) });
}
