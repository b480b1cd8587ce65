import { useSignal } from '@preact/signals';

import type { FormModel } from '../shared/form_model';
import { msOf } from '../shared/instant';
import { spellAge } from '../shared/spell';
import { t } from '../shared/words';
import type { UnitOverview } from './central_types';
import type { Desk } from './desk';
import { findUnits, isSilent } from './units';

/** The unit that gets the case, with what it has already and when it was last heard of. */
export function UnitChooser({ form, desk }: { form: FormModel; desk: Desk }) {
  const text = useSignal('');
  const units = desk.units.value ?? [];
  const found = findUnits(units, text.value);
  const chosen = form.text('unit');
  // What is chosen stays in sight, whatever is searched for.
  const shown = found.some(({ code }) => code === chosen) ? found : [...units.filter(({ code }) => code === chosen), ...found];
  const faulty = form.faults.value.includes('unit');
  return (
    <fieldset class="field" aria-invalid={faulty} data-testid="field-unit">
      <legend>
        {t('dispatch.unit')}
        <span class="required">{t('form.required')}</span>
      </legend>
      <label class="visually-hidden" for="search-unit">
        {t('units.search')}
      </label>
      <input id="search-unit" type="search" autocomplete="off" placeholder={t('units.search')} data-testid="search-unit" onInput={(event) => (text.value = event.currentTarget.value)} />
      <ul class="options">
        {shown.map((unit) => (
          <UnitOption key={unit.id} unit={unit} form={form} desk={desk} />
        ))}
        {shown.length === 0 ? <li class="hint">{t('units.none_found')}</li> : null}
      </ul>
      {faulty ? <p class="fault">{t('chooser.missing_unit')}</p> : null}
    </fieldset>
  );
}

function UnitOption({ unit, form, desk }: { unit: UnitOverview; form: FormModel; desk: Desk }) {
  const chosen = form.text('unit') === unit.code;
  return (
    <li>
      <label class={chosen ? 'option chosen' : 'option'}>
        <input type="radio" name="unit" value={unit.code} checked={chosen} data-testid={`option-unit-${unit.code}`} onChange={() => form.set('unit', unit.code)} />
        <span class="option-name">{unit.name}</span>
        <span class="load">{t('units.load', { open: unit.open, awaiting: unit.awaiting })}</span>
        <LastContact unit={unit} desk={desk} />
      </label>
    </li>
  );
}

/** When the unit was last heard of; a silent one gets its work later than one thinks. */
export function LastContact({ unit, desk }: { unit: UnitOverview; desk: Desk }) {
  const now = desk.now.value;
  const { state, last_exchange_at: last } = unit.node;
  if (now === null) return null;
  if (state !== 'enrolled') return <span class="contact silent">{t('units.no_node')}</span>;
  const silent = isSilent(unit, now);
  return (
    <span class={silent ? 'contact silent' : 'contact'}>
      {last === null ? t('units.never_heard') : spellAge(now.estimate - msOf(last))}
    </span>
  );
}
