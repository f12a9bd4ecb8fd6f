export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { inInstrumentation } = await import('./actions/in-instrumentation');
    await inInstrumentation('x');
  }
}
