import { nameOf, t, type MessageKey, type Params } from './words';
import type { FormModel } from './form_model';

/** The fields of a form: a real label each, the fault beside it, every change kept. */
interface FieldProps {
  form: FormModel;
  name: string;
  label: MessageKey;
  hint?: MessageKey;
  hintParams?: Params;
  required?: boolean;
}

/** More than one form may stand on a page. */
function idOf({ form, name }: Pick<FieldProps, 'form' | 'name'>, part = 'field'): string {
  return `${part}-${form.subject}-${form.kind}-${name}`;
}

function isFaulty(form: FormModel, name: string): boolean {
  return form.faults.value.includes(name);
}

function describedBy(field: FieldProps): string | undefined {
  const { form, name, hint } = field;
  const ids = [hint ? idOf(field, 'hint') : '', isFaulty(form, name) ? idOf(field, 'fault') : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Caption({ label, required }: { label: MessageKey; required: boolean | undefined }) {
  return (
    <>
      {t(label)}
      {required ? <span class="required">{t('form.required')}</span> : null}
    </>
  );
}

function Remarks(field: FieldProps) {
  const { form, name, hint, hintParams } = field;
  return (
    <>
      {hint ? (
        <p class="hint" id={idOf(field, 'hint')}>
          {t(hint, hintParams)}
        </p>
      ) : null}
      {isFaulty(form, name) ? (
        <p class="fault" id={idOf(field, 'fault')}>
          {t('form.missing')}
        </p>
      ) : null}
    </>
  );
}

/** `rows` above 1 makes it a text area. */
export function TextField(props: FieldProps & { rows?: number; type?: 'text' | 'number' | 'tel' }) {
  const { form, name, label, required, rows = 1, type = 'text' } = props;
  const shared = {
    id: idOf(props),
    name,
    value: form.text(name),
    'aria-invalid': isFaulty(form, name),
    'aria-describedby': describedBy(props),
    'aria-required': required ?? false,
    'data-testid': `field-${name}`,
    onInput: (event: Event) => form.set(name, (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value),
  };
  return (
    <div class={type === 'number' ? 'field short' : 'field'}>
      <label for={idOf(props)}>
        <Caption label={label} required={required} />
      </label>
      {rows > 1 ? <textarea rows={rows} {...shared} /> : null}
      {rows === 1 && type === 'number' ? <input type="number" min={1} {...shared} /> : null}
      {rows === 1 && type === 'tel' ? <input type="tel" autocomplete="off" {...shared} /> : null}
      {rows === 1 && type === 'text' ? <input type="text" autocomplete="off" {...shared} /> : null}
      <Remarks {...props} />
    </div>
  );
}

interface OptionsProps extends FieldProps {
  vocabulary: string;
  options: readonly string[];
}

/** One of a few: all of them in sight. */
export function Choice(props: OptionsProps) {
  const { form, name, label, required, vocabulary, options } = props;
  return (
    <fieldset class="field" aria-describedby={describedBy(props)} data-testid={`field-${name}`}>
      <legend>
        <Caption label={label} required={required} />
      </legend>
      <div class="choices">
        {options.map((option) => (
          <label key={option} class={form.text(name) === option ? 'choice chosen' : 'choice'}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={form.text(name) === option}
              data-testid={`option-${name}-${option}`}
              onChange={() => form.set(name, option)}
            />
            <span>{nameOf(vocabulary, option)}</span>
          </label>
        ))}
      </div>
      <Remarks {...props} />
    </fieldset>
  );
}

/** One of many. */
export function Selection(props: OptionsProps) {
  const { form, name, label, required, vocabulary, options } = props;
  return (
    <div class="field">
      <label for={idOf(props)}>
        <Caption label={label} required={required} />
      </label>
      <select
        id={idOf(props)}
        name={name}
        value={form.text(name)}
        aria-invalid={isFaulty(form, name)}
        aria-describedby={describedBy(props)}
        data-testid={`field-${name}`}
        onChange={(event) => form.set(name, event.currentTarget.value)}
      >
        <option value="">{t('form.choose')}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(vocabulary, option)}
          </option>
        ))}
      </select>
      <Remarks {...props} />
    </div>
  );
}

export function Tick(field: FieldProps) {
  const { form, name, label, hint } = field;
  return (
    <div class="field tick">
      <label>
        <input
          type="checkbox"
          name={name}
          checked={form.isSet(name)}
          data-testid={`field-${name}`}
          aria-describedby={describedBy(field)}
          onChange={(event) => form.set(name, event.currentTarget.checked)}
        />
        <span>{t(label)}</span>
      </label>
      {hint ? (
        <p class="hint" id={idOf(field, 'hint')}>
          {t(hint)}
        </p>
      ) : null}
    </div>
  );
}
