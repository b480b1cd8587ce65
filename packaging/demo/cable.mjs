// The cable between an office and the centre: what comes in at one address goes out at the other. While this process
// runs the cable is plugged; ending it pulls the cable. node cable.mjs FROM TO NAME; NAME is only seen in the list of
// processes.
import net from 'node:net';

const [from, to] = process.argv.slice(2).map((address) => {
  const [host, port] = address.split(':');
  return { host, port: Number(port) };
});

const server = net.createServer((office) => {
  const centre = net.connect(to);
  for (const [here, there] of [[office, centre], [centre, office]]) {
    here.on('error', () => there.destroy());
    here.on('close', () => there.destroy());
    here.pipe(there);
  }
});

server.on('error', (error) => {
  console.error(`the cable cannot listen at ${from.host}:${from.port}: ${error.message}`);
  process.exit(1);
});
server.listen(from);
