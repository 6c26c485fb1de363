// The part of the house's laws that a linter can see. Type-aware, because the mistakes that lose
// data (a promise nobody waits for) are invisible without types. Laws on imports, sizes and
// leftovers live in tests/architecture.

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const PURE = ['src/lib/{domain,scan,workflows,ledger,protocol}/**/*.ts'];
const TESTS = ['**/*.test.ts', 'tests/**/*.ts'];

/** Floors 1 to 3 run under a virtual clock: the machine must be unreachable from there. */
const CLOCK = 'floors 1 to 3 are pure: take it in as a Clock or Random (domain/ports.ts)';
const IMPURE_GLOBALS = [
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  ...['requestAnimationFrame', 'crypto', 'fetch', 'WebSocket', 'process', 'console', 'Promise'],
  ...['window', 'document', 'navigator', 'indexedDB', 'localStorage', 'globalThis', 'self'],
].map((name) => ({ name, message: `${name}: ${CLOCK}` }));

/** A plugin touches the machine only through what its manifest was granted. */
const GRANTED = 'plugins reach the machine through host.granted only (see plugins/contract.ts)';
const PLUGIN_GLOBALS = [
  ...['navigator', 'document', 'window', 'self', 'globalThis', 'fetch', 'WebSocket'],
  ...['indexedDB', 'localStorage', 'sessionStorage', 'XMLHttpRequest', 'Date', 'performance'],
].map((name) => ({ name, message: `${name}: ${GRANTED}` }));

const TYPE_RULES = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/require-await': 'error',
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/ban-ts-comment': 'error',
};

export default defineConfig(
  {
    ignores: [
      '**/node_modules/**',
      'build/**',
      '.svelte-kit/**',
      'data/**',
      'test-results/**',
      'tests/architecture/samples/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // TypeScript checks names better, and knows the types that live nowhere at run time.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      // One program that holds everything: of two, each would read and check what both share.
      parserOptions: { project: ['./tsconfig.node.json'] },
    },
    rules: TYPE_RULES,
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-at-debug-tags': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-target-blank': 'error',
      // One application at one root: links are plain paths.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: `Math.random: ${CLOCK}` },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'AwaitExpression', message: `await: ${CLOCK}` },
        { selector: ':function[async=true]', message: `async: ${CLOCK}` },
        { selector: 'ImportExpression', message: `import(): ${CLOCK}` },
      ],
    },
  },
  {
    files: ['src/lib/plugins/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-restricted-globals': ['error', ...PLUGIN_GLOBALS] },
  },
  {
    files: TESTS,
    rules: {
      // A test may look where it likes, and await what a mock gives at once.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
);
