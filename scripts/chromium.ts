import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

const testFonts = [
  '@expo-google-fonts/noto-sans-ethiopic/400Regular',
  '@expo-google-fonts/noto-sans-ethiopic/700Bold',
  '@expo-google-fonts/noto-sans-arabic/400Regular',
  '@expo-google-fonts/noto-sans-arabic/700Bold',
  'dejavu-fonts-ttf/ttf', // ● ◐ ○ ✓ ✗ and arrows
];

type Unpacked = { executablePath: string; env: Record<string, string> };

/** The browser of the tests: Chromium out of its npm package, or Debian's. Runs as root and as an ordinary user. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await prepareChromium();
  // Without the package's own args: they put all pages in one process and switch web security off.
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    headless: true,
    chromiumSandbox: false,
  });
}

/** Have a Chromium that can start, or throw what to install. */
export async function prepareChromium(): Promise<Unpacked> {
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedFromNpm();
  for (const executablePath of ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']) {
    if (existsSync(executablePath)) return { executablePath, env: {} };
  }
  throw new Error(
    'The browser tests need Chromium, and npm has none for this machine. On Debian: apt-get install chromium. ' +
      'Elsewhere: install Google Chrome. The other tests run with: npm test -- --project engines --project store --project cli',
  );
}

async function unpackedFromNpm(): Promise<Unpacked> {
  const manifest = join(dirname(require.resolve('@sparticuz/chromium')), '../package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  // One folder a version: the package reuses whatever it finds, without asking how old it is.
  const folder = join(root, '.cache/chromium', version);
  if (!existsSync(folder)) await unpack(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      FONTCONFIG_FILE: fontsIn(folder),
      ...(hasLibraries() ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }),
    },
  };
}

/** Unpack beside the place and rename, so that an unpacking cut short leaves nothing that looks whole. */
async function unpack(folder: string): Promise<void> {
  console.error('Unpacking Chromium for the browser tests…');
  const workplace = `${folder}.${process.pid}`;
  mkdirSync(workplace, { recursive: true });
  const before = {
    TMPDIR: process.env['TMPDIR'],
    VERCEL: process.env['VERCEL'],
    LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'],
    FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'],
  };
  // VERCEL=1 makes the package unpack the system libraries it brings along as well.
  Object.assign(process.env, { TMPDIR: workplace, VERCEL: '1' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  try {
    renameSync(workplace, folder);
  } catch {
    // Another run was first.
    rmSync(workplace, { recursive: true, force: true });
  }
}

/** Does the machine have what Chromium links to? (Debian: libnss3, libnspr4, libexpat1) */
function hasLibraries(): boolean {
  return ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].every(
    (library) => globSync(`{/lib,/usr/lib,/lib64,/usr/lib64}/{,x86_64-linux-gnu/}${library}`).length > 0,
  );
}

/** The same fonts on every machine, so that pictures and widths in tests do not depend on what is installed. */
function fontsIn(folder: string): string {
  const file = join(folder, 'fonts.conf');
  // The package brings Latin, Greek and Cyrillic only; phones have the rest of their own.
  const folders = [join(folder, 'fonts'), ...testFonts.map((one) => join(root, 'node_modules', one))];
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${folders.map((one) => `  <dir>${one}</dir>`).join('\n')}
  <!-- Its empty circles come out filled. -->
  <selectfont><rejectfont><glob>*/DejaVuMathTeXGyre.ttf</glob></rejectfont></selectfont>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}
