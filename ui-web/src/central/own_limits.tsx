import type { FormModel } from '../shared/form_model';
import { Icon } from '../shared/icon';
import { nameOf, t } from '../shared/words';
import { kLimitClocks, kLimitUnits, limitField, ownLimits } from './case_body';

/** Limits that this case brings with it; where none is given, those of the measures count. */
export function OwnLimits({ form }: { form: FormModel }) {
  const count = ownLimits(form.fields.value).length;
  return (
    <details class="own-limits" data-testid="own-limits">
      <summary>
        {count > 0 ? t('limits.title_count', { count }) : t('limits.title')}
        <Icon name="chevron" />
      </summary>
      <p class="hint">{t('limits.hint')}</p>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{t('limits.clock')}</th>
            <th scope="col">{t('clock.limit')}</th>
            <th scope="col">{t('limits.unit')}</th>
            <th scope="col">{t('limits.statute')}</th>
          </tr>
        </thead>
        <tbody>
          {kLimitClocks.map((clock) => (
            <LimitRow key={clock} form={form} clock={clock} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function LimitRow({ form, clock }: { form: FormModel; clock: string }) {
  const name = nameOf('clock', clock);
  const count = limitField(clock, 'count');
  const unit = limitField(clock, 'unit');
  const statute = limitField(clock, 'statute');
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <input
          type="number"
          min={1}
          name={count}
          value={form.text(count)}
          aria-label={`${name} ${t('clock.limit')}`}
          aria-invalid={form.faults.value.includes(count)}
          data-testid={`field-${count}`}
          onInput={(event) => form.set(count, event.currentTarget.value)}
        />
      </td>
      <td>
        <select name={unit} value={form.text(unit) || 'wd'} aria-label={`${name} ${t('limits.unit')}`} onChange={(event) => form.set(unit, event.currentTarget.value)}>
          {kLimitUnits.map((word) => (
            <option key={word} value={word}>
              {nameOf('limit_unit', word)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="text"
          autocomplete="off"
          name={statute}
          value={form.text(statute)}
          placeholder={t('limits.statute_hint')}
          aria-label={`${name} ${t('limits.statute')}`}
          onInput={(event) => form.set(statute, event.currentTarget.value)}
        />
      </td>
    </tr>
  );
}
