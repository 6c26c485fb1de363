// `npm run build`: builds the product, whether or not it is built already.

import { build } from './support/build.ts';

const result = build();
if (result.ok) console.log(`Built in ${(result.tookMs / 1000).toFixed(1)} s.`);
else {
  console.error(result.output);
  console.error('The build failed; what it says stands above.');
  process.exitCode = 1;
}
