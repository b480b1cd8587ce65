import { AttachmentField } from '../shared/attachment_field';
import { AttachedFiles, useFileStates } from '../shared/attachment_list';
import { attachmentsBody, filesAreComing, filesOf, kFilesField } from '../shared/attachment_types';
import { t } from '../shared/words';
import { mayChange } from './authority';
import type { CaseView } from './central_types';
import { RequestForm, type World } from './request_form';
import { aboutCase } from './requests';

/** The files of a case, and the way to attach more as long as something can become of them. */
export function CaseFiles({ one, ...world }: World & { one: CaseView }) {
  const base = `/api/cases/${encodeURIComponent(one.id)}`;
  const last = world.requests.last.value;
  const states = useFileStates(world.desk.session.api, base, last?.kind === 'attachments' ? last : one, true);
  const takesMore = mayChange(world.desk) && ['new', 'incomplete', 'dispatched'].includes(one.state);
  if (states.of.size === 0 && !takesMore) return null;
  return (
    <section class="case-files" aria-labelledby="case-files-title" data-testid="case-files">
      <h2 id="case-files-title">{t('case_files.title')}</h2>
      <AttachedFiles files={Array.from(states.of.values())} states={states} />
      {takesMore ? (
        <RequestForm
          {...world}
          subject={aboutCase(one.id)}
          kind="attachments"
          title={t('case_files.hint')}
          path={`${base}/attachments`}
          missing={(fields) => (filesOf(fields).length === 0 || filesAreComing(fields) ? [kFilesField] : [])}
          body={attachmentsBody}
          submitLabel={t('case_files.add')}
          takesFocus={false}
          fields={(form) => <AttachmentField form={form} uploads={world.desk.uploads} base={base} usual="handling" />}
        />
      ) : null}
    </section>
  );
}
