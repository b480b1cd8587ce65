// A relay before the centre that cuts: the last piece of the way, without delay of its own.
import net from 'node:net';

export class Relay {
  #open = new Set();
  connections = 0;
  upBytes = 0;

  async listen(host, port, target) {
    this.server = net.createServer((client) => {
      this.connections += 1;
      const centre = net.connect(target, host);
      for (const socket of [client, centre]) {
        this.#open.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => {});
        socket.on('close', () => this.#open.delete(socket));
      }
      client.on('data', (data) => (this.upBytes += data.length));
      client.on('close', () => centre.destroy());
      centre.on('close', () => client.destroy());
      client.pipe(centre).pipe(client);
    });
    await new Promise((resolve) => this.server.listen(port, host, resolve));
    return this;
  }

  /// Every connection is reset, as a line does it whose far end has restarted.
  cut() {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
