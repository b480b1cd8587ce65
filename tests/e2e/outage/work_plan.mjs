// Who does what to which assignment while the link is down, drawn by a seed.
import assert from 'node:assert/strict';

/// The offline acts of the office. Withdrawals come on top: each meets a decision that the office does not know of.
export const mix = { acknowledgement: 90, contact: 105, resolution: 75, extension_application: 30 };

export class WorkPlan {
  /// `candidates`: assignments that a unit may resolve and ask more time for.
  constructor(candidates, dice) {
    const drawn = dice.shuffled(candidates);
    assert.ok(drawn.length >= 125, `only ${drawn.length} assignments to work on`);
    /// An application each before the outage, decided during it.
    this.applied = drawn.slice(0, 20);
    /// Of those, the ones whose application the office withdraws, not knowing of the decision.
    this.withdrawn = this.applied.slice(0, 12);
    /// Of those, the ones that had one extension before: with the decision their number is used up, and the office
    /// applies a third time.
    this.thirdTime = this.applied.slice(0, 6);
    this.worked = drawn.slice(20, 125);
    /// Taken back by the centre while the office resolves them.
    this.taken = this.worked.slice(0, 5);
  }

  get all() {
    return [...this.applied, ...this.worked];
  }

  /// Assignments of which some act will not get its way.
  get contested() {
    return [...this.withdrawn, ...this.taken];
  }

  /// {assignment, kind} of every offline act, the withdrawals among them; each assignment's own in their order. Of the
  /// last `quiet` none is on a contested assignment: the first replies of the centre would tell of its end.
  steps(dice, quiet) {
    const withdrawn = this.withdrawn.map((id) =>
      stepsOf(id, ['withdrawal', this.thirdTime.includes(id) && 'extension_application']));
    const worked = this.worked.map((id, n) =>
      stepsOf(id, [n < 90 && 'acknowledgement', 'contact', n < 75 && 'resolution', n >= 81 && 'extension_application']));
    const [taken, rest] = [worked.slice(0, this.taken.length), dice.interleaved(worked.slice(this.taken.length))];
    const steps = [...dice.interleaved([...withdrawn, ...taken, rest.slice(0, -quiet)]), ...rest.slice(-quiet)];
    for (const [kind, count] of Object.entries(mix)) {
      assert.equal(steps.filter((step) => step.kind === kind).length, count, kind);
    }
    return steps;
  }
}

function stepsOf(assignment, kinds) {
  return kinds.filter(Boolean).map((kind) => ({ assignment, kind }));
}
