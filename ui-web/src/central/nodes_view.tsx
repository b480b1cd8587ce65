import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

import { ProblemText } from '../shared/problem_text';
import { QrCode } from '../shared/qr_code';
import { spellMoment } from '../shared/spell';
import { nameOf, t } from '../shared/words';
import { mayChange } from './authority';
import type { Desk } from './desk';
import { Nodes, type IssuedCode, type UnitNode } from './nodes';

/** Taking offices in: a code, the fingerprint that a person hears and types, and the end of a node that was lost. */
export function NodesView({ desk }: { desk: Desk }) {
  const nodes = useMemo(() => new Nodes(desk.session), [desk]);
  const live = desk.units.value;
  useEffect(() => void nodes.read(), [nodes, live]);
  const list = nodes.list.value;
  const all = list?.nodes ?? [];
  const waits = all.some(({ state }) => state === 'waiting');
  // Opens by itself for whoever is to confirm, and does not close under their hands.
  const open = useSignal(false);
  useEffect(() => {
    if (waits) open.value = true;
  }, [waits, open]);
  const problem = nodes.problem.value;
  return (
    <details class="card nodes" data-testid="nodes" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{t('nodes.title')}</summary>
      <p>{t('nodes.what_for')}</p>
      {list ? <p data-testid="city-fingerprint">{t('nodes.city_fingerprint', { fingerprint: list.city_fingerprint })}</p> : null}
      {problem?.step === 'read' ? <ProblemText problem={problem.problem} /> : null}
      {mayChange(desk) ? (
        <>
          <Issuing nodes={nodes} desk={desk} />
          <Comparing nodes={nodes} />
        </>
      ) : null}
      {all.map((node) => (
        <Line key={node.id} node={node} nodes={nodes} desk={desk} />
      ))}
    </details>
  );
}

function Issuing({ nodes, desk }: { nodes: Nodes; desk: Desk }) {
  const unit = useSignal('');
  const issued = nodes.issued.value;
  const problem = nodes.problem.value;
  const submit = (event: Event) => {
    event.preventDefault();
    if (unit.value !== '') void nodes.issue(unit.value);
  };
  return (
    <form onSubmit={submit} data-testid="nodes-issue">
      <p>
        <label for="nodes-unit">{t('nodes.unit')}</label>
        <select id="nodes-unit" required value={unit.value} onChange={(event) => (unit.value = event.currentTarget.value)} data-testid="nodes-unit">
          <option value="" />
          {(desk.units.value ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </p>
      {problem?.step === 'code' ? <ProblemText problem={problem.problem} /> : null}
      <button type="submit" disabled={nodes.busy.value} data-testid="nodes-code">
        {t('nodes.issue')}
      </button>
      {issued ? <Code issued={issued} /> : null}
    </form>
  );
}

function Code({ issued }: { issued: IssuedCode }) {
  return (
    <section class="issued" data-testid="nodes-issued">
      <p>
        <strong class="number">{issued.code}</strong>
      </p>
      <p class="hint">{t('nodes.code_lives', { when: spellMoment(issued.expires_at, null) })}</p>
      <QrCode rows={issued.qr} label={t('nodes.qr')} />
      <p class="number">{issued.scan}</p>
    </section>
  );
}

function Comparing({ nodes }: { nodes: Nodes }) {
  const heard = useSignal('');
  const problem = nodes.problem.value;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await nodes.confirm(heard.value)) heard.value = '';
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid="nodes-compare">
      <p>
        <label for="nodes-heard">{t('nodes.heard')}</label>
        <input
          id="nodes-heard"
          required
          autocomplete="off"
          value={heard.value}
          onInput={(event) => (heard.value = event.currentTarget.value)}
          data-testid="nodes-heard"
        />
      </p>
      {problem?.step === 'compare' ? <ProblemText problem={problem.problem} testid="nodes-problem" /> : null}
      <button type="submit" class="primary" disabled={nodes.busy.value} data-testid="nodes-confirm">
        {t('nodes.confirm')}
      </button>
    </form>
  );
}

interface LineProps {
  node: UnitNode;
  nodes: Nodes;
  desk: Desk;
}

function Line({ node, nodes, desk }: LineProps) {
  const now = desk.now.value?.estimate ?? null;
  return (
    <section class="proposal" data-testid="node" data-state={node.state}>
      <p>
        <strong>{node.unit.name}</strong> <span class="number">{node.fingerprint}</span> · {nameOf('node_state', node.state)}
      </p>
      <p class="hint">
        {t('nodes.asked', { when: spellMoment(node.asked_at, now) })}
        {node.confirmed_at ? ` · ${t('nodes.confirmed', { when: spellMoment(node.confirmed_at, now), name: node.confirmed_by?.name ?? '' })}` : ''}
        {node.revoked_at ? ` · ${t('nodes.revoked', { when: spellMoment(node.revoked_at, now), why: node.revoked_why })}` : ''}
      </p>
      {node.state === 'waiting' && mayChange(desk) ? (
        <button type="button" disabled={nodes.busy.value} onClick={() => void nodes.refuse(node.fingerprint)} data-testid="nodes-refuse">
          {t('nodes.refuse')}
        </button>
      ) : null}
      {node.state === 'enrolled' && mayChange(desk) ? <Revoking node={node} nodes={nodes} /> : null}
    </section>
  );
}

/** The unit's code, typed once more, is the second word. */
function Revoking({ node, nodes }: { node: UnitNode; nodes: Nodes }) {
  const unit = useSignal('');
  const why = useSignal('');
  const problem = nodes.problem.value;
  const submit = (event: Event) => {
    event.preventDefault();
    void nodes.revoke(node.id, unit.value, why.value);
  };
  return (
    <details>
      <summary>{t('nodes.revoke')}</summary>
      <form onSubmit={submit} data-testid="nodes-revoke">
        <p>{t('nodes.revoke_effect')}</p>
        <p>
          <label for={`revoke-unit-${node.id}`}>{t('nodes.revoke_unit', { code: node.unit.code })}</label>
          <input id={`revoke-unit-${node.id}`} required value={unit.value} onInput={(event) => (unit.value = event.currentTarget.value)} />
        </p>
        <p>
          <label for={`revoke-why-${node.id}`}>{t('nodes.revoke_why')}</label>
          <input id={`revoke-why-${node.id}`} required value={why.value} onInput={(event) => (why.value = event.currentTarget.value)} />
        </p>
        {problem?.step === 'revoke' ? <ProblemText problem={problem.problem} /> : null}
        <button type="submit" disabled={nodes.busy.value}>
          {t('nodes.revoke')}
        </button>
      </form>
    </details>
  );
}
