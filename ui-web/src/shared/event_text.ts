/** One event of a text/event-stream. */
export interface ServerEvent {
  type: string;
  data: string;
  id: string | null;
}

/**
 * Reads a text/event-stream piece by piece. The browser's own EventSource is not used because it hides the heartbeat
 * comments, and three missed beats are how a silent death of the connection is noticed.
 */
export class EventText {
  private rest = '';
  private type = '';
  private data: string[] = [];
  private id: string | null = null;

  /** The events that `chunk` completes. */
  take(chunk: string): ServerEvent[] {
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    const events: ServerEvent[] = [];
    for (const line of lines) {
      const event = this.line(line);
      if (event) events.push(event);
    }
    return events;
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.finish();
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.type = value;
    if (name === 'data') this.data.push(value);
    if (name === 'id') this.id = value;
    return null;
  }

  private finish(): ServerEvent | null {
    const event = { type: this.type || 'message', data: this.data.join('\n'), id: this.id };
    const said = this.type !== '' || this.data.length > 0;
    this.type = '';
    this.data = [];
    return said ? event : null;
  }
}
