import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Instant, Problem } from '../shared/api_types';
import type { Person } from '../shared/assessment_types';
import { TextField, Selection } from '../shared/form_fields';
import { isBlank, type FormModel } from '../shared/form_model';
import { ProblemText } from '../shared/problem_text';
import { spellExactly } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { kSupervisionGrounds } from './decision_body';
import { RequestForm, type World } from './request_form';

interface OperatorNote {
  about: Person;
  ground: string;
  text: string;
  staff: Person;
  at: Instant;
}

interface NotesAnswer {
  notes: OperatorNote[];
  people: Person[];
}

/** Supervision of the platform's own people (Q1): read by supervisors and auditors, written by supervisors. */
export function OperatorNotes(world: World) {
  const role = world.desk.session.view.value?.staff.role;
  const answer = useSignal<NotesAnswer | null>(null);
  const problem = useSignal<Problem | null>(null);
  const reads = role === 'supervisor' || role === 'auditor';
  useEffect(() => {
    if (!reads) return;
    void world.desk.session.api.get<NotesAnswer>('/api/operator-notes').then((read) => {
      if (read.ok) answer.value = read.value;
      else problem.value = read.problem;
    });
  }, [reads]);
  if (!reads) return null;
  return (
    <details class="assessment-form operator-notes" data-testid="operator-notes">
      <summary>{t('assessment.operators', { count: answer.value?.notes.length ?? 0 })}</summary>
      {problem.value ? <ProblemText problem={problem.value} /> : null}
      <ol class="assessment-list">
        {(answer.value?.notes ?? []).map((note) => (
          <li key={`${note.at}${note.about.id}`} class="card" data-testid="operator-note">
            <h3>{`${note.about.name} · ${nameOf('supervision_ground', note.ground)}`}</h3>
            <p class="entry-when">
              <span>{note.staff.name}</span>
              <time dateTime={note.at}>{spellExactly(note.at)}</time>
            </p>
            <p>{note.text}</p>
          </li>
        ))}
      </ol>
      {role === 'supervisor' && answer.value ? <NoteForm {...world} people={answer.value.people} take={(fresh) => (answer.value = fresh)} /> : null}
    </details>
  );
}

function NoteForm({ people, take, ...world }: World & { people: Person[]; take: (answer: NotesAnswer) => void }) {
  return (
    <RequestForm
      {...world}
      subject="operators"
      kind="note"
      title={t('assessment.note_operator')}
      path="/api/operator-notes"
      missing={(fields) => ['about', 'ground', 'text'].filter((name) => isBlank(fields[name]))}
      body={(fields) => fields}
      submitLabel={t('assessment.note_submit')}
      takesFocus={false}
      done={(answered) => take(answered as unknown as NotesAnswer)}
      fields={(form) => (
        <>
          <People form={form} people={people} />
          <Selection form={form} name="ground" label="assessment.ground" vocabulary="supervision_ground" options={kSupervisionGrounds} required />
          <TextField form={form} name="text" label="assessment.text" rows={3} required />
        </>
      )}
    />
  );
}

function People({ form, people }: { form: FormModel; people: Person[] }) {
  return (
    <div class="field">
      <label for="operator-about">{t('assessment.about')}</label>
      <select id="operator-about" name="about" value={form.text('about')} data-testid="field-about" onChange={(event) => form.set('about', event.currentTarget.value)}>
        <option value="">{t('form.choose')}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
