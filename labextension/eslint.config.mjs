import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // api.ts is generated from the OpenAPI document
  { ignores: ['lib/', 'src/api.ts'] },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json' }
    },
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 60],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true }
      ]
    }
  },
  {
    // a suite is one function per describe: only its tests need to be short
    files: ['src/**/*.spec.{ts,tsx}'],
    rules: { 'max-lines-per-function': 'off' }
  }
);
