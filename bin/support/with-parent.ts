// Loaded into every child before its own program: when the parent is gone, however it went, the
// child ends as if it had been asked to. Nobody would stop it any more, and it holds a port.

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
