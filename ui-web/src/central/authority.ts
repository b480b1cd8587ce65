import type { Desk } from './desk';

/** Others may read. The server holds to this; the page only says it before somebody has filled in a form. */
export function mayChange(desk: Desk): boolean {
  const role = desk.session.view.value?.staff.role;
  return role === 'operator' || role === 'supervisor';
}
