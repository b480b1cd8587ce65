import { AttachmentField } from '../shared/attachment_field';
import { AttachedFiles, useFileStates } from '../shared/attachment_list';
import { attachmentsBody, filesAreComing, filesOf, kFilesField } from '../shared/attachment_types';
import { TruthLabel } from '../shared/truth_label';
import { t } from '../shared/words';
import { mayChange } from './authority';
import type { CaseView } from './central_types';
import { RequestForm, type World } from './request_form';
import { aboutCase } from './requests';
import { linkTo, replaceRoute, route } from './route';

const kForm = 'attachments';

/** The files of a case, and the way to attach more as long as something can become of them. */
export function CaseFiles({ one, ...world }: World & { one: CaseView }) {
  const base = `/api/cases/${encodeURIComponent(one.id)}`;
  const last = world.requests.last.value;
  const states = useFileStates(world.desk.session.api, base, last?.kind === kForm ? last : one, true);
  const takesMore = mayChange(world.desk) && ['new', 'incomplete', 'dispatched'].includes(one.state);
  if (states.of.size === 0 && !takesMore) return null;
  return (
    <section class="case-files" aria-labelledby="case-files-title" data-testid="case-files">
      <h2 id="case-files-title">{t('case_files.title')}</h2>
      <AttachedFiles files={Array.from(states.of.values())} states={states} />
      {takesMore ? <MoreFiles one={one} base={base} {...world} /> : null}
    </section>
  );
}

function MoreFiles({ one, base, ...world }: World & { one: CaseView; base: string }) {
  const subject = aboutCase(one.id);
  const { form, on } = route.value;
  if (form !== kForm || on !== null) return <WayToForm subject={subject} {...world} />;
  const close = () => {
    if (route.value.form === kForm) replaceRoute({ form: null, on: null });
  };
  return (
    <RequestForm
      {...world}
      subject={subject}
      kind={kForm}
      title={t('case_files.hint')}
      path={`${base}/attachments`}
      missing={(fields) => (filesOf(fields).length === 0 || filesAreComing(fields) ? [kFilesField] : [])}
      body={attachmentsBody}
      submitLabel={t('case_files.add')}
      leave={close}
      done={close}
      fields={(model) => <AttachmentField form={model} uploads={world.desk.uploads} base={base} usual="handling" />}
    />
  );
}

/** Files that were chosen and not added yet are not forgotten. */
function WayToForm({ subject, desk }: World & { subject: string }) {
  const drafts = desk.session.drafts.value;
  void drafts.changes.value;
  const waits = drafts.kindsOf(subject).includes(kForm);
  return (
    <p class="row">
      <a class="button small" href={linkTo({ form: kForm, on: null })} data-testid="attach-open">
        {t(waits ? 'form.go_on' : 'case_files.ask')}
      </a>
      {waits ? <TruthLabel state="unsaved" /> : null}
    </p>
  );
}
