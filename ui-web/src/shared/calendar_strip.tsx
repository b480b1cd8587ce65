import type { DeadlineClock } from './api_types';
import { calendarOf, type CalendarDay } from './calendar_days';
import { nameOf, t } from './words';

const kWeekdays = ['1', '2', '3', '4', '5', '6', '0'];

/** The days of a limit as a small calendar: which counted, which did not, and where it ends. */
export function CalendarStrip({ clock, today }: { clock: DeadlineClock; today: number | null }) {
  const weeks = calendarOf(clock);
  if (weeks === null) return null;
  return (
    <table class="calendar-strip" data-testid="calendar-strip">
      <caption>{t('calendar.caption')}</caption>
      <thead>
        <tr>
          {kWeekdays.map((day) => (
            <th key={day} scope="col">
              {nameOf('weekday_short', day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.number}>
            {week.map((day) => (
              <Day key={day.number} day={day} today={day.number === today} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the colour of a day says stands in words, too. */
function Day({ day, today }: { day: CalendarDay; today: boolean }) {
  if (day.mark === 'outside') return <td class="outside">{day.day}</td>;
  const classes = [day.mark, day.last ? 'last' : '', today ? 'today' : ''].filter(Boolean).join(' ');
  const words = [nameOf('day_mark', day.mark), day.count > 0 ? t('calendar.nth', { count: day.count }) : '', day.last ? t('calendar.last') : ''];
  return (
    <td class={classes} data-mark={day.mark} data-count={day.count || undefined} title={words.filter(Boolean).join(' · ')}>
      <span class="day-number">{day.day === 1 ? `${day.month}/${day.day}` : day.day}</span>
      <span class="day-mark">{day.count > 0 && day.mark !== 'makeup' ? day.count : nameOf('day_sign', day.mark) + (day.count || '')}</span>
      <span class="visually-hidden">{words.filter(Boolean).join(', ')}</span>
    </td>
  );
}
