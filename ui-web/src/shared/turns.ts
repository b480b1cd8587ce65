/** Answers to repeated readings may overtake each other: only one that was asked for after the last one shown is news. */
export class Turns {
  private begun = 0;
  private shown = 0;

  begin(): number {
    return ++this.begun;
  }

  /** True if what was read in `turn` may be shown; what was asked for before it may not any more. */
  mayShow(turn: number): boolean {
    if (turn <= this.shown) return false;
    this.shown = turn;
    return true;
  }

  /** What is shown now is newer than anything under way. */
  outdate(): void {
    this.shown = this.begun;
  }
}
