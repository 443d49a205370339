import { defineConfig } from 'vitest/config';

// Lab's packages import .svg files and each other without file endings: Vite has to process them.
export default defineConfig({
  plugins: [
    {
      name: 'svg-as-text',
      enforce: 'pre',
      transform(code: string, id: string) {
        return id.endsWith('.svg')
          ? `export default ${JSON.stringify(code)};`
          : undefined;
      }
    }
  ],
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.spec.{ts,tsx}'],
    css: false,
    server: { deps: { inline: [/@jupyterlab/, /@jupyter\//, /@lumino/] } }
  }
});
