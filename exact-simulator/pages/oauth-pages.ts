/*
 * The two pages a newcomer meets when they link Exact: sign in, and choose companies. They say
 * plainly that this is the simulator, so nobody types a real password.
 */
import { DEMO_PASSWORD, DEMO_USER_NAME } from '../oauth/registration.ts';
import { escapeHtml, page } from './layout.ts';

export interface Company {
  code: number;
  name: string;
}

const CARRIED = ['client_id', 'redirect_uri', 'response_type', 'state', 'force_login'];

function carried(asked: URLSearchParams): string {
  return CARRIED.filter((name) => asked.has(name))
    .map((name) => {
      const value = escapeHtml(asked.get(name) ?? '');
      return `<input type="hidden" name="${name}" value="${value}">`;
    })
    .join('');
}

const tag = '<p class="tag">Exact Online simulator</p>';

function notice(error: string | undefined): string {
  return error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`;
}

export function loginPage(asked: URLSearchParams, error?: string): string {
  return page(
    'Sign in',
    `<div class="sheet">${tag}<h1>Sign in</h1>
    <p class="soft">This is a stand-in for Exact Online. Use <code>${DEMO_USER_NAME}</code> with
    password <code>${DEMO_PASSWORD}</code>, never a real account.</p>${notice(error)}
    <form method="post" action="/api/oauth2/auth">${carried(asked)}
    <input type="hidden" name="step" value="login">
    <label for="user">User name</label>
    <input id="user" name="user" type="text" autocomplete="username" required autofocus>
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required>
    <button type="submit">Sign in</button></form></div>`,
    true,
  );
}

/** What the app may do, as its registration says (Exact KB, scopes). */
function scopeList(scopes: readonly (readonly [scope: string, level: string])[]): string {
  const items = scopes.map(([scope, level]) => {
    const name = scope.replace('.', ' ');
    return `<li>${name.charAt(0).toUpperCase()}${name.slice(1)}
      <span class="soft">${level === 'manage' ? 'read and change' : 'read'}</span></li>`;
  });
  return `<details><summary>What it may do (${scopes.length} scopes)</summary>
    <ul>${items.join('')}</ul></details><p></p>`;
}

export function consentPage(
  asked: URLSearchParams,
  companies: Company[],
  scopes: readonly (readonly [scope: string, level: string])[],
  error?: string,
): string {
  const choices = companies
    .map(
      (company, n) => `<label class="choice"><input type="checkbox" name="division"
      value="${company.code}"${n === 0 ? ' checked' : ''}>
      <span>${escapeHtml(company.name)} <span class="soft">${company.code}</span></span></label>`,
    )
    .join('');
  return page(
    'Give access',
    `<div class="sheet">${tag}<h1>Scandock asks for access</h1>
    <p>It wants to read items, stock and orders, and to book what was scanned, in the companies
    you choose here.</p>${scopeList(scopes)}${notice(error)}
    <form method="post" action="/api/oauth2/auth">${carried(asked)}
    <input type="hidden" name="step" value="consent">
    <fieldset style="border:0;padding:0;margin:0"><legend class="soft">Companies</legend>
    ${choices}</fieldset>
    <div class="row"><button type="submit" name="choice" value="allow">Give access</button>
    <button class="quiet" type="submit" name="choice" value="refuse" formnovalidate>Refuse</button>
    </div></form></div>`,
    true,
  );
}

export function refusedPage(problem: string): string {
  return page(
    'Not possible',
    `<div class="sheet">${tag}<h1>${escapeHtml(problem)}</h1>
    <p class="soft">The app that sent you here is not registered like this. Check its client id
    and its redirect URI.</p></div>`,
    true,
  );
}
