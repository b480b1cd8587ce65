// Server certificates that somebody could show in the centre's place.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

function openssl(args) {
  const done = spawnSync('openssl', args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`openssl ${args.join(' ')}: ${done.error?.message ?? done.stderr}`);
}

const newKey = (file) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];

/// An authority that has nothing to do with the city.
export function rogueAuthority(dir) {
  const at = (name) => path.join(dir, name);
  openssl(['req', '-x509', ...newKey(at('rogue-ca.key')), '-out', at('rogue-ca.pem'), '-subj', '/CN=rogue', '-days', '30']);
  return { key: at('rogue-ca.key'), certificate: at('rogue-ca.pem') };
}

/// What a TLS server shows: {key, cert}, the authority's certificate in the chain. `days` -1: it expired yesterday.
export function serverCertificate(dir, name, authority, { names = 'IP:127.0.0.1', days = 30 } = {}) {
  const at = (suffix) => path.join(dir, `${name}${suffix}`);
  openssl(['req', ...newKey(at('.key')), '-out', at('.csr'), '-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`]);
  openssl(['x509', '-req', '-in', at('.csr'), '-CA', authority.certificate, '-CAkey', authority.key, '-days', String(days),
    '-copy_extensions', 'copy', '-out', at('.pem')]);
  return { key: fs.readFileSync(at('.key')), cert: Buffer.concat([at('.pem'), authority.certificate].map((file) => fs.readFileSync(file))) };
}
