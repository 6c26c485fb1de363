// The other end of the limit's wire, in a process of its own as the hub is: takes bytes, puts them
// on the disk, sends them back. The one argument is the file that it writes over and over.

import { RawLog } from './raw-log.ts';
import { isRawSocket, serveRaw } from './raw-socket.ts';

const [, , file] = process.argv;
if (file === undefined) throw new Error('usage: echo.ts FILE');

const log = new RawLog(file);
const server = serveRaw();
server.on('connection', (socket) => {
  if (!isRawSocket(socket)) throw new Error('not a socket');
  socket.on('message', (bytes) => {
    log.write(bytes);
    socket.send(bytes);
  });
});
server.on('listening', () => {
  const address = server.address();
  const isKnown = typeof address === 'object' && address !== null && 'port' in address;
  console.log(`echo on ${isKnown ? String(address.port) : 'no port'}`);
});
process.once('SIGTERM', () => {
  process.exit(0);
});
