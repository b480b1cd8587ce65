import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { FormModel } from '../shared/form_model';
import { nameOf, t, type MessageKey } from '../shared/words';
import { takesMerge as mayTake } from './case_body';
import type { CaseName, CaseState, CaseView } from './central_types';
import type { Desk } from './desk';

type Candidate = CaseName & { place: string; state: CaseState };

interface CaseChooserProps {
  form: FormModel;
  name: string;
  label: MessageKey;
  /** The case that is no choice, and whose similar cases are. */
  one: CaseView;
  desk: Desk;
  /** Only cases that another may be merged into. */
  takesMerge?: boolean;
}

const kFound = 8;
const kTypingMs = 250;

/** Another case: one of the similar ones, or found by number, title or place. */
export function CaseChooser({ form, name, label, one, desk, takesMerge = false }: CaseChooserProps) {
  const found = useSignal<Candidate[] | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const read = async (text: string) => {
    const answer = await desk.session.api.get<{ items: Candidate[] }>(`/api/cases?limit=${kFound}&q=${encodeURIComponent(text)}`);
    if (answer.ok) found.value = answer.value.items;
  };
  const search = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() === '') found.value = null;
    else timer.current = setTimeout(() => void read(text.trim()), kTypingMs);
  };
  const choices = (found.value ?? one.similar).filter((other) => other.id !== one.id && (!takesMerge || mayTake(other)));
  const chosen = form.text(name);
  const unseen = chosen !== '' && !choices.some((other) => other.id === chosen);
  const choose = (id: string, spelt: string) => {
    form.set(`${name}_name`, spelt);
    form.set(name, id);
  };
  return (
    <fieldset class="field" aria-invalid={form.faults.value.includes(name)} data-testid={`field-${name}`}>
      <legend>
        {t(label)}
        <span class="required">{t('form.required')}</span>
      </legend>
      <label class="visually-hidden" for={`search-${name}`}>
        {t('cases.search')}
      </label>
      <input id={`search-${name}`} type="search" autocomplete="off" placeholder={t('cases.search')} data-testid={`search-${name}`} onInput={(event) => search(event.currentTarget.value)} />
      <ul class="options">
        {unseen ? <Option form={form} name={name} id={chosen} spelt={form.text(`${name}_name`)} choose={choose} /> : null}
        {choices.map((other) => (
          <Option
            key={other.id}
            form={form}
            name={name}
            id={other.id}
            spelt={`${other.number} ${other.title}`}
            more={`${other.place} · ${nameOf('case_state', other.state)}`}
            choose={choose}
          />
        ))}
        {choices.length === 0 && !unseen ? <li class="hint">{t(found.value ? 'cases.none_found' : 'chooser.search_first')}</li> : null}
      </ul>
      {form.faults.value.includes(name) ? <p class="fault">{t('chooser.missing_case')}</p> : null}
    </fieldset>
  );
}

interface OptionProps {
  form: FormModel;
  name: string;
  id: string;
  spelt: string;
  more?: string;
  choose: (id: string, spelt: string) => void;
}

function Option({ form, name, id, spelt, more, choose }: OptionProps) {
  const chosen = form.text(name) === id;
  return (
    <li>
      <label class={chosen ? 'option chosen' : 'option'}>
        <input type="radio" name={name} value={id} checked={chosen} data-testid={`option-${name}-${id}`} onChange={() => choose(id, spelt)} />
        <span>
          {spelt}
          {more ? <span class="hint"> {more}</span> : null}
        </span>
      </label>
    </li>
  );
}
