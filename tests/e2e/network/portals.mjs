// Servers that answer in the centre's place: the login page of a network, with every certificate that it could show.
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

import { rogueAuthority, serverCertificate } from '../support/certificates.mjs';

const page = '<!DOCTYPE html><html><title>Wi-Fi</title><body>Please sign in to use this network.</body></html>';

function welcome(request, response) {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
}

export class Portals {
  #servers = [];
  /// By kind: where it listens, and how often somebody connected.
  ports = {};
  met = {};

  async open(city) {
    const ours = { key: path.join(city.centreDir, 'ca.key'), certificate: path.join(city.centreDir, 'ca.pem') };
    const rogue = rogueAuthority(city.dir);
    const shown = (name, authority, options) => https.createServer(serverCertificate(city.dir, name, authority, options), welcome);
    await this.#listen('plain', http.createServer(welcome));
    await this.#listen('foreign', shown('portal', rogue, { names: 'DNS:login.example' }));
    await this.#listen('rogue', shown('rogue', rogue));
    await this.#listen('expired', shown('expired', ours, { days: -1 }));
    await this.#listen('elsewhere', shown('elsewhere', ours, { names: 'DNS:other.example' }));
    return this;
  }

  async #listen(kind, server) {
    this.met[kind] = 0;
    server.on('connection', () => (this.met[kind] += 1));
    server.on('clientError', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n'));
    server.on('tlsClientError', () => {});
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.ports[kind] = server.address().port;
    this.#servers.push(server);
  }

  async close() {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}
