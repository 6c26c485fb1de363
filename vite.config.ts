// Builds the kiosk and the hub, and serves them while they are written. Tests have their own
// configuration, so that a machine without the development packages can still build.

import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** `vite dev` shows the hub the server it may hang its sockets on, as bin/serve.ts does. */
function lendHttpServer(): Plugin {
  return {
    name: 'scandock-http',
    apply: 'serve',
    configureServer(server) {
      Reflect.set(globalThis, Symbol.for('scandock.http'), server.httpServer);
    },
  };
}

export default defineConfig({
  plugins: [sveltekit(), lendHttpServer()],
  server: { host: '127.0.0.1', port: 3000, strictPort: true },
});
