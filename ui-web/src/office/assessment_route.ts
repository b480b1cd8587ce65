import { signal } from '@preact/signals';

import { kAssessment } from './route';

/** In the address `#/assessment/2026-10-01..2026-10-31/acknowledge.late_proven`; null anywhere else. */
export interface AssessmentRoute {
  /** Empty: the month that it is. */
  period: string;
  /** The cell whose clocks are looked at; empty: none. */
  cell: string;
}

export const assessmentRoute = signal<AssessmentRoute | null>(null);

export function startAssessmentRouting(): void {
  const follow = () => {
    assessmentRoute.value = readAssessmentRoute(location.hash);
  };
  window.addEventListener('hashchange', follow);
  follow();
}

export function readAssessmentRoute(hash: string): AssessmentRoute | null {
  const [place, period = '', cell = ''] = hash.replace(/^#\/?/, '').split('/');
  return place === kAssessment ? { period, cell } : null;
}

export function assessmentHash(period: string, cell: string): string {
  return `#/${[kAssessment, period, period && cell].filter((part) => part !== '').join('/')}`;
}
