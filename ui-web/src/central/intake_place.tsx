import { Choice, TextField, Tick } from '../shared/form_fields';
import type { FormModel } from '../shared/form_model';
import { isBlank } from '../shared/form_model';
import { Icon } from '../shared/icon';
import { ProblemText } from '../shared/problem_text';
import { t } from '../shared/words';
import { mayChange } from './authority';
import { intakeBody, kCaseKinds, kCategories, requiredOfIntake } from './case_body';
import { ContactFields } from './case_fields';
import { CasePane } from './case_pane';
import { RequestForm, type World } from './request_form';
import type { Answered } from './requests';
import { aboutCase } from './requests';
import { goTo, linkTo, route } from './route';

/** Taking a case in while the caller is on the line; what was taken in stands on the right, to be dispatched or refused. */
export function IntakePlace(world: World) {
  return (
    <>
      <section class="list-pane intake-pane" aria-labelledby="intake-title">
        <div class="list-scroll">
          <h1 id="intake-title" class="visually-hidden">
            {t('intake.heading')}
          </h1>
          {mayChange(world.desk) ? <IntakeForm {...world} /> : <p class="empty">{t('role.may_not')}</p>}
        </div>
      </section>
      <main class="detail-pane" id="detail" tabIndex={-1}>
        {route.value.id === null ? <Explanation /> : <TakenIn {...world} />}
      </main>
    </>
  );
}

function Explanation() {
  return (
    <section class="empty tall">
      <Icon name="inbox" />
      <p>{t('intake.explanation')}</p>
      <p>{t('intake.explanation_refusal')}</p>
    </section>
  );
}

function TakenIn(world: World) {
  const shown = world.desk.shownCase.value.value;
  const problem = world.desk.shownCase.problem.value;
  return (
    <>
      <a class="back" href={linkTo({ id: null })} data-testid="back">
        <Icon name="arrow_left" />
        {t('intake.another')}
      </a>
      {shown === null && problem ? <ProblemText problem={problem} /> : null}
      {shown === null && !problem ? <p class="empty">{t('list.reading')}</p> : null}
      {shown ? <CasePane key={shown.id} one={shown} {...world} /> : null}
    </>
  );
}

function IntakeForm({ desk, requests }: World) {
  const done = ({ case: made }: Answered) => {
    if (!made) return;
    requests.last.value = { subject: aboutCase(made.id), kind: 'intake', answered: {} };
    if (route.value.place === 'intake') goTo({ id: made.id });
  };
  return (
    <RequestForm
      desk={desk}
      requests={requests}
      subject="intake"
      kind="intake"
      title={t('intake.heading')}
      path="/api/cases"
      missing={(fields) => requiredOfIntake().filter((name) => isBlank(fields[name]))}
      body={intakeBody}
      submitLabel={t('intake.submit')}
      done={done}
      fields={(form) => <IntakeFields form={form} />}
    />
  );
}

function IntakeFields({ form }: { form: FormModel }) {
  const confidential = form.text('category') === 'A3' || form.text('category') === 'A5';
  return (
    <>
      <TextField form={form} name="title" label="intake.title" required />
      <TextField form={form} name="text" label="intake.text" rows={4} />
      <TextField form={form} name="place" label="intake.place" />
      <Choice form={form} name="category" label="facts.category" vocabulary="category" options={kCategories} required />
      <Choice form={form} name="kind" label="facts.kind" vocabulary="case_kind" options={kCaseKinds} required />
      <div class="pair">
        <Tick form={form} name="urgent" label="facts.urgent" hint="intake.urgent_hint" />
        <Tick form={form} name="confidential" label="facts.confidential" hint={confidential ? 'intake.confidential_default' : 'intake.confidential_hint'} />
      </div>
      <fieldset class="contact-fields">
        <legend>{t('intake.contact')}</legend>
        <ContactFields form={form} />
        <p class="hint">{t('intake.contact_hint')}</p>
      </fieldset>
    </>
  );
}
