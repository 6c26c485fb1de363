// Ambient types of the SvelteKit app. Empty on purpose: errors are Faults, not App.Error extensions.
declare global {
  namespace App {}
}

export {};
