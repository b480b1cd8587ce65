import { askOf, isOver, type Period } from '../shared/assessment_period';
import { Notes, Publications, spellPerson, Vetoes } from '../shared/assessment_history';
import type { Proposal, SupervisionNote, UnitAssessment, Veto } from '../shared/assessment_types';
import { Choice, Selection, TextField } from '../shared/form_fields';
import { isBlank, type Fields } from '../shared/form_model';
import { spellExactly } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import { kSupervisionGrounds } from './decision_body';
import { RequestForm, type World } from './request_form';

/** What is done about a unit's assessment. Each request answers with the assessment as it is then. */
interface HistoryProps extends World {
  one: UnitAssessment;
  period: Period;
  take: (one: UnitAssessment) => void;
}

export function UnitHistory(props: HistoryProps) {
  const { one, desk } = props;
  const changes = mayChange(desk);
  return (
    <>
      <Notes notes={one.notes} {...(changes ? { below: (note: SupervisionNote) => <ProposalForm {...props} note={note} /> } : {})} />
      {changes ? <NoteForm {...props} /> : null}
      <Proposals {...props} />
      <Vetoes vetoes={one.vetoes} {...(changes ? { below: (veto: Veto) => <StepForm {...props} veto={veto} /> } : {})} />
      <Publications publications={one.publications} />
      {changes ? <PublishForm {...props} /> : null}
    </>
  );
}

interface SendProps extends HistoryProps {
  kind: string;
  door: string;
  title: string;
  required: string[];
  body: (fields: Fields) => Fields;
  submitLabel: string;
  confirm?: () => string;
  children: Parameters<typeof RequestForm>[0]['fields'];
}

/** The frame of all of them: the unit's door, the period, the fresh assessment afterwards. */
function UnitForm({ one, period, take, desk, requests, kind, door, title, required, body, submitLabel, confirm, children }: SendProps) {
  return (
    <RequestForm
      desk={desk}
      requests={requests}
      subject={`assessment-${one.unit.id ?? ''}-${period.from}-${period.to}`}
      kind={kind}
      title={title}
      path={`/api/assessment/units/${encodeURIComponent(one.unit.id ?? '')}/${door}`}
      missing={(fields) => required.filter((name) => isBlank(fields[name]))}
      body={(fields) => ({ ...askOf(period), ...body(fields) })}
      submitLabel={submitLabel}
      takesFocus={false}
      {...(confirm ? { confirm } : {})}
      done={(answered) => take((answered as unknown as { assessment: UnitAssessment }).assessment)}
      fields={children}
    />
  );
}

function NoteForm(props: HistoryProps) {
  return (
    <details class="assessment-form" data-testid="note-on-unit">
      <summary>{t('assessment.note_unit')}</summary>
      <UnitForm {...props} kind="note" door="notes" title={t('assessment.note_unit')} required={['ground', 'text']} body={(fields) => fields} submitLabel={t('assessment.note_submit')}>
        {(form) => (
          <>
            <Selection form={form} name="ground" label="assessment.ground" vocabulary="supervision_ground" options={kSupervisionGrounds} required />
            <TextField form={form} name="text" label="assessment.text" rows={3} required />
          </>
        )}
      </UnitForm>
    </details>
  );
}

const isSame = (a: { epoch: string; seq: string }, b: { epoch: string; seq: string }) => a.epoch === b.epoch && a.seq === b.seq;

function ProposalForm({ note, ...props }: HistoryProps & { note: SupervisionNote }) {
  const proposed = (props.one.proposals ?? []).some((proposal) => proposal.standing === 'pending' && isSame(proposal.cause, note.at));
  const vetoed = props.one.vetoes.some((veto) => veto.state !== 'withdrawn' && isSame(veto.cause.at, note.at));
  if (proposed || vetoed) return null;
  return (
    <details class="assessment-form" data-testid="propose-veto">
      <summary>{t('assessment.propose')}</summary>
      <UnitForm
        {...props}
        kind={`propose-${note.at.epoch}-${note.at.seq}`}
        door="veto-proposals"
        title={t('assessment.propose')}
        required={['reason']}
        body={(fields) => ({ ...fields, cause: note.at })}
        submitLabel={t('assessment.propose_submit')}
        confirm={() => t('assessment.propose_confirm', { unit: props.one.unit.name })}
      >
        {(form) => <TextField form={form} name="reason" label="assessment.veto_reason" rows={3} required />}
      </UnitForm>
    </details>
  );
}

function Proposals(props: HistoryProps) {
  const proposals = (props.one.proposals ?? []).filter(({ standing }) => standing !== 'confirmed');
  if (proposals.length === 0) return null;
  return (
    <section aria-labelledby="assessment-proposals">
      <h2 id="assessment-proposals">{t('assessment.proposals')}</h2>
      <ol class="assessment-list">
        {proposals.map((proposal) => (
          <li key={proposal.id} class="card" data-testid="proposal" data-standing={proposal.standing}>
            <h3>{nameOf('proposal_standing', proposal.standing)}</h3>
            <p class="entry-when">
              <span>{spellPerson(proposal.staff)}</span>
              <time dateTime={proposal.at}>{spellExactly(proposal.at)}</time>
            </p>
            <p>{proposal.reason}</p>
            {proposal.standing === 'pending' && mayChange(props.desk) ? <RulingForm {...props} proposal={proposal} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Not for whoever proposed it: the server holds to that, the page says it first. */
function RulingForm({ proposal, ...props }: HistoryProps & { proposal: Proposal }) {
  if (props.desk.session.view.value?.staff.id === proposal.staff.id) return <p class="hint">{t('assessment.second_person')}</p>;
  return (
    <UnitForm
      {...props}
      kind={`rule-${proposal.id}`}
      door="veto-rulings"
      title={t('assessment.rule')}
      required={['confirmed']}
      body={({ confirmed }) => ({ proposal: proposal.id, confirmed: confirmed === 'confirmed' })}
      submitLabel={t('assessment.rule_submit')}
      confirm={() => t('assessment.rule_confirm', { unit: props.one.unit.name })}
    >
      {(form) => <Choice form={form} name="confirmed" label="assessment.rule" vocabulary="proposal_ruling" options={['confirmed', 'denied']} required />}
    </UnitForm>
  );
}

const kMoves = ['referred', 'outcome', 'rejected', 'withdrawn'];

function StepForm({ veto, ...props }: HistoryProps & { veto: Veto }) {
  if (veto.state === 'withdrawn') return null;
  const requiredOf = (move: string) => (move === 'referred' ? ['move', 'number', 'date'] : ['move', 'text']);
  return (
    <details class="assessment-form" data-testid="veto-step-form">
      <summary>{t('assessment.step')}</summary>
      <UnitForm
        {...props}
        kind={`step-${veto.at.epoch}-${veto.at.seq}`}
        door="veto-steps"
        title={t('assessment.step')}
        required={['move']}
        body={(fields) => ({ ...fields, veto: veto.at })}
        submitLabel={t('assessment.step_submit')}
      >
        {(form) => {
          const move = form.text('move');
          const required = requiredOf(move);
          return (
            <>
              <Choice form={form} name="move" label="assessment.step" vocabulary="veto_move" options={kMoves} required />
              {move === 'referred' ? (
                <>
                  <TextField form={form} name="number" label="assessment.paper_number" required />
                  <TextField form={form} name="date" label="assessment.paper_date" hint="assessment.paper_date_hint" required />
                  <TextField form={form} name="evidence" label="assessment.evidence" />
                </>
              ) : null}
              <TextField form={form} name="text" label="assessment.text" rows={3} required={required.includes('text')} />
            </>
          );
        }}
      </UnitForm>
    </details>
  );
}

/** Before the period is over nothing is published; what was published is corrected, never replaced. */
function PublishForm(props: HistoryProps) {
  const { one, period, desk } = props;
  const now = desk.now.value?.estimate ?? null;
  const corrects = one.publications.length > 0;
  if (now === null || !isOver(period, now)) return <p class="hint">{t('assessment.publish_later')}</p>;
  if (corrects && !one.changed) return <p class="hint">{t('assessment.publish_same')}</p>;
  return (
    <UnitForm
      {...props}
      kind="publish"
      door="publications"
      title={t(corrects ? 'assessment.correct' : 'assessment.publish')}
      required={corrects ? ['reason'] : []}
      body={(fields) => fields}
      submitLabel={t(corrects ? 'assessment.correct' : 'assessment.publish')}
      confirm={() => t('assessment.publish_confirm', { unit: one.unit.name, from: period.from, to: period.to })}
    >
      {(form) => (corrects ? <TextField form={form} name="reason" label="assessment.correct_reason" rows={2} required /> : <p class="hint">{t('assessment.publish_hint')}</p>)}
    </UnitForm>
  );
}
