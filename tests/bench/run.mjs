// Prints the figures of goals: node run.mjs [--quick] [--rounds=N] [NAME ...]; a name is a file of
// figures/ without its end.
import { Figures } from './support/figures.mjs';
import { stopAll } from './support/served.mjs';
import { names } from './support/settings.mjs';

const groups = ['size', 'live', 'acts', 'list', 'work', 'cuts', 'catchup', 'sim'];

const wanted = names.length > 0 ? names : groups;
const unknown = wanted.filter((name) => !groups.includes(name));
if (unknown.length > 0) {
  console.error(`bench: there is no group '${unknown[0]}'; there are ${groups.join(', ')}`);
  process.exit(2);
}

for (const name of wanted) {
  const figures = new Figures(name);
  try {
    const { run } = await import(`./figures/${name}.mjs`);
    if ((await run(figures)) !== 'written') figures.write();
  } catch (error) {
    console.error(`bench: ${name} failed: ${error.stack}`);
    process.exitCode = 1;
  } finally {
    await stopAll();
  }
}
