/** A number worth a look, with its name; `tone` colours it where it says a state. */
export function Figure({ name, value, tone = '' }: { name: string; value: number | string; tone?: string }) {
  return (
    <div class={`figure ${tone}`}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
